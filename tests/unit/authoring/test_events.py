"""Events: where people meet, in the time of their own city; and posts about each of them."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from amplify.domain.wanted import expand
from amplify.domain.written import Written
from amplify.ports.author import Typeset, UnusableText

Read = Callable[..., Written]
Set = Callable[..., Typeset]
HARBOUR = """\
harbour:
  city: {en: Harbour Town}
  at: D 19:00
  zone: Europe/Vilnius
  source: {name: Friends of the Harbour}
"""
REMINDERS = """\
id: reminders
kind: event
channels: [mastodon-en]
text: {en: "{{ event.line }}"}
each:
  at-the-harbour: {event: harbour, at: {before: 3h}}
  on-the-hill: {event: hill, at: D 12:00}
"""


def slots(written: Written) -> dict[str, datetime]:
    return {wanted.key.occurrence: wanted.due for wanted in expand(written, lambda _: ())}


def test_an_event_is_an_instant_shown_by_the_clocks_of_its_city(read: Read, typeset: Set):
    assert read().events["harbour"].begins == datetime(2027, 5, 21, 16, tzinfo=UTC)
    assert typeset("{{ event.harbour.city }}: {{ event.harbour.day }}, {{ event.harbour.time }}").body.text == (
        "Harbour Town: 21 May 2027, 19:00–20:30"
    )
    assert typeset("{{ event.harbour.place }} ({{ event.harbour.source }})").body.text == (
        "The old pier (Friends of the Harbour)"
    )


def test_a_line_says_what_there_is_to_say_and_the_day_where_it_is_another(typeset: Set):
    assert typeset("{{ event.harbour }}").body.text == "Harbour Town, 19:00–20:30: Vigil, The old pier"
    assert typeset("{{ event.hill.line }}").body.text == "Hill Town, 18:30"
    assert typeset("{{ event.eve.line }}").body.text == "Eve Town, 20 May 2027, 17:00: Concert"
    shown = typeset("{{ event.harbour.line }}", channel="mastodon-be").body.text
    assert shown == "Горад ля гавані, 19:00–20:30: Пільнаванне, Стары прычал"


def test_events_are_listed_in_the_order_in_which_they_begin(typeset: Set):
    listed = typeset("{% for event in events %}{{ event.city }} {{ event.time }}\n{% endfor %}").body.text
    assert listed.splitlines() == ["Eve Town 17:00", "Harbour Town 19:00–20:30", "Hill Town 18:30"]


def test_a_list_is_written_line_below_line_as_it_shall_be_read(typeset: Set):
    text = """\
Tonight:

{# one line each #}
{% for event in events %}
  {% if event.city != "Eve Town" -%}
    {{ event.city }}
  {% endif %}
{% endfor %}

Come {% if days_left %}soon{% else %}now{% endif %}
and stay.
"""
    assert typeset(text).body.text == "Tonight:\n\nHarbour Town\nHill Town\n\nCome now\nand stay."


def test_a_mistake_behind_such_lines_is_still_told_with_its_line(typeset: Set):
    with pytest.raises(UnusableText) as told:
        typeset("{% if days_left %}\nSoon.\n{% endif %}\n{{ evnt.line }}\n")
    assert told.value.line == 4


@pytest.mark.parametrize("text", ["{{ event.harbour.city }}", "{% for event in events %}{{ event.city }}{% endfor %}"])
def test_what_is_only_proposed_sends_nobody_anywhere(read: Read, author, text: str):
    post = f"id: come\nkind: event\nat: D 9:00\nchannels: [mastodon-en]\ntext: {{en: '{text}'}}\n"
    written = read({"config/events.yaml": HARBOUR + "  status: proposed\n", "posts/day.yaml": post})
    assert written.problems == ()
    [one] = written.posts
    with pytest.raises(UnusableText) as told:
        author.typeset(written, one, one.parts[0], written.channels["mastodon-en"], {}, 0)
    assert str(told.value) == "event harbour is `proposed`, so nobody may be sent there yet"
    assert "write `status: confirmed`" in told.value.hint


def test_a_list_of_no_events_is_no_post(read: Read, author):
    post = "id: come\nkind: event\nat: D 9:00\nchannels: [mastodon-en]\ntext: {en: 'Come. {% for event in events %}{{ event }}{% endfor %}'}\n"
    written = read({"config/events.yaml": None, "posts/day.yaml": post})
    [one] = written.posts
    with pytest.raises(UnusableText) as told:
        author.typeset(written, one, one.parts[0], written.channels["mastodon-en"], {}, 0)
    assert told.value.code == "no-events"


def test_a_row_about_an_event_goes_out_before_it_begins(read: Read):
    written = read({"posts/day.yaml": REMINDERS})
    assert written.problems == ()
    assert slots(written) == {
        "at-the-harbour": datetime(2027, 5, 21, 13, tzinfo=UTC),
        "on-the-hill": datetime(2027, 5, 21, 10, tzinfo=UTC),
    }


def test_in_a_row_about_an_event_that_event_is_the_one(typeset: Set):
    assert typeset("{{ event.city }}: {{ event.time }}", event="hill").body.text == "Hill Town: 18:30"
    with pytest.raises(UnusableText) as told:
        typeset("{{ event.town }}", event="hill")
    assert told.value.hint == "known here: city, day, line, place, source, time, what"


def test_when_an_event_moves_what_goes_by_it_moves_with_it(read: Read):
    later = read({"posts/day.yaml": REMINDERS, "config/events.yaml": HARBOUR.replace("19:00", "20:15")})
    assert later.held_posts == {"reminders"}  # the hill is gone
    alone = REMINDERS[: REMINDERS.index("  on-the-hill")]
    moved = read({"posts/day.yaml": alone, "config/events.yaml": HARBOUR.replace("19:00", "20:15")})
    assert slots(moved) == {"at-the-harbour": datetime(2027, 5, 21, 14, 15, tzinfo=UTC)}


def test_without_a_campaign_no_event_is_complained_of(read: Read):
    problems = read({"config/campaign.yaml": "{{", "posts/day.yaml": REMINDERS}).problems
    assert {problem.place.file for problem in problems} == {"config/campaign.yaml"}

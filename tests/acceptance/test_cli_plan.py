"""amplify plan as people read it: on a terminal, in a pull request, in a calendar."""

import os
import subprocess
import sys
from datetime import UTC, datetime

import pytest
from icalendar import Calendar
from markdown_it import MarkdownIt

from .conftest import SECRETS, Town

TEXT, PAGE, FILE = [], ["--format", "markdown"], ["--format", "ics"]
MORE = """\
- id: last-lamps
  kind: countdown
  at: D-1 23:30
  channels: [mastodon-en]
  text: {en: One night to go.}
- id: winter
  kind: thanks
  at: 2027-12-01 09:00
  channels: [mastodon-en, bluesky-en]
  text: {en: Thank you for every lamp.}
"""
WALK = """\
- id: walk
  kind: thread
  at: D 12:00
  channels: [mastodon-en, bluesky-en]
  thread: [{id: one, text: {en: We meet.}}, {id: two, text: {en: We walk.}}, {id: three, text: {en: We sing.}}]
"""
FIRST_AID = "- id: {0}\n  kind: call\n  at: D-3 {1}\n  channels: [mastodon-en]\n  text: {{en: Words of {0}.}}\n"


def add(town: Town, posts: str, name: str = "more") -> None:
    town.write(f"posts/{name}.yaml", posts)


def events(town: Town) -> dict[str, list]:
    """By post, as a calendar program reads them."""
    said = town.amplify("plan", *FILE)
    assert said.code == 0
    found: dict[str, list] = {}
    for event in Calendar.from_ical(said.out).walk("VEVENT"):
        found.setdefault(event["SUMMARY"].rpartition("D: ")[2].split(":")[0], []).append(event)
    return found


@pytest.mark.parametrize("form", [TEXT, PAGE])
def test_a_second_plan_is_empty_and_says_so_in_one_sentence(applied: Town, form: list[str]) -> None:
    said = applied.amplify("plan", *form).out
    assert said.endswith("Nothing to apply: what is written is what the ledger knows, 4 deliveries.\n")
    assert "create" not in said.replace("`", "")
    if form is TEXT:
        assert said.count("\n") == 1
    assert applied.amplify("plan", "--exit-code", *form).code == 0


@pytest.mark.parametrize(
    ("form", "diff"),
    [(TEXT, "Come with [-a-] {+the+} lamp."), (PAGE, "Come with <del>a</del> <ins>the</ins> lamp.")],
)
def test_one_word_touches_exactly_its_deliveries(applied: Town, form: list[str], diff: str) -> None:
    applied.change("posts/all.yaml", "**a lamp**", "**the lamp**")
    changed = [change for change in applied.json("plan")["changes"] if change["action"] != "keep"]
    assert {change["action"] for change in changed} == {"reword"}
    assert {change["key"] for change in changed} == {
        f"2027/evening@{c}-en" for c in ("mastodon", "bluesky", "telegram")
    }
    said = applied.amplify("plan", *form).out
    assert diff in said
    assert "3 to reword, 1 as they are" in said
    assert "morning" not in said


def test_one_word_in_a_calendar_is_the_same_event_with_the_new_words(applied: Town) -> None:
    (before,) = events(applied)["evening"]
    applied.change("posts/all.yaml", "**a lamp**", "**the lamp**")
    (after,) = events(applied)["evening"]
    assert after["UID"] == before["UID"]
    assert "Come with the lamp." in after["DESCRIPTION"]
    assert "reworded; needs 2 approvals; editor, reviewer may" in after["DESCRIPTION"]


def test_what_needs_a_hand_comes_first_with_its_whole_reason(town: Town) -> None:
    add(town, MORE)
    town.change("posts/all.yaml", "Two days to go", "Two days to go " * 40)
    for form in (TEXT, PAGE):
        said = town.amplify("plan", *form).out
        assert said.index("Needs a hand: 1 delivery") < said.index("too long for Mastodon") < said.index("New: 6 del")
    (event,) = events(town)["morning"]
    assert event["SUMMARY"].startswith("BLOCKED: morning")


def test_a_post_on_many_channels_and_a_thread_are_a_line_each(town: Town) -> None:
    add(town, WALK)
    lines = town.amplify("plan").out.splitlines()
    (evening,) = [line for line in lines if "evening" in line]
    assert "bluesky-en, mastodon-en, telegram-en" in evening
    (walk,) = [line for line in lines if " walk" in line]
    assert "walk, 3 parts" in walk
    assert [line for line in lines if "10 deliveries: 10 to create." in line]


def test_the_times_of_followers_stand_beside_those_of_the_campaign(town: Town) -> None:
    add(town, MORE)
    said = town.amplify("plan", "--zone", "Europe/Minsk", "--zone", "America/New_York").out
    assert "Times are those of Europe/Vienna; beside them Europe/Minsk, America/New_York." in said
    (evening,) = [line for line in said.splitlines() if "evening" in line]
    assert "19:00  20:00 Minsk  13:00 New York" in evening
    (late,) = [line for line in said.splitlines() if "last-lamps" in line]
    assert "23:30  00:30 (Fri) Minsk  17:30 New York" in late
    (winter,) = [line for line in said.splitlines() if "winter" in line]
    assert "09:00  11:00 Minsk  03:00 New York" in winter


@pytest.mark.parametrize(
    ("typed", "meant"), [("Minsk", "Europe/Minsk"), ("Europe/Mynsk", "Europe/Minsk"), ("new york", "America/New_York")]
)
def test_a_mistyped_zone_is_told_with_the_nearest_one(town: Town, typed: str, meant: str) -> None:
    said = town.amplify("plan", "--zone", typed)
    assert said.code == 2
    assert f"no time zone is called “{typed}”; did you mean `{meant}`?" in said.err


def test_how_late_a_post_may_go_is_told_and_that_midnight_ends_a_countdown(town: Town) -> None:
    add(town, MORE)
    said = town.amplify("plan").out
    assert "Each may go out up to 45 minutes late" in said
    (late,) = [line for line in said.splitlines() if "last-lamps" in line]
    assert late.endswith("not after midnight")
    assert said.count("not after midnight") == 2
    seen = events(town)
    assert "May go out until 00:00." in seen["last-lamps"][0]["DESCRIPTION"]
    assert "May go out until 19:45." in seen["evening"][0]["DESCRIPTION"]


def test_a_full_day_is_told_with_what_is_used_and_what_is_too_close(town: Town) -> None:
    add(town, "".join(FIRST_AID.format(f"aid-{hour}", f"{hour}:00") for hour in range(10, 14)))
    add(town, FIRST_AID.format("aid-again", "13:30"), "again")
    said = town.amplify("plan").out
    assert "Tuesday 18 May 2027 (D-3)  5 of 4 posts; 1 less than 60 minutes behind another: mastodon-en" in said
    assert "All other days have room: at most 1 of 4 posts a day" in said
    town.change("posts/again.yaml", "13:30", "14:30")
    assert "(D-3)  5 of 4 posts: mastodon-en" in town.amplify("plan").out
    assert "Full days" in town.amplify("plan", *PAGE).out


def test_a_day_with_room_is_told_in_one_line(town: Town) -> None:
    assert "No day is full: at most 1 of 4 posts a day, as on Wednesday 19 May 2027 (D-2)" in town.amplify("plan").out


def test_a_calendar_shows_local_times_on_both_sides_of_a_clock_change(town: Town) -> None:
    add(town, MORE)
    seen = events(town)
    starts = {post: event.decoded("DTSTART") for post, (event,) in seen.items()}
    assert starts["evening"].astimezone(UTC) == datetime(2027, 5, 21, 17, tzinfo=UTC)
    assert starts["winter"].astimezone(UTC) == datetime(2027, 12, 1, 8, tzinfo=UTC)
    assert seen["winter"][0]["DTSTART"].params["TZID"] == "Europe/Vienna"
    file = Calendar.from_ical(town.amplify("plan", *FILE).out)
    (zone,) = file.walk("VTIMEZONE")
    assert zone["TZID"] == "Europe/Vienna"
    assert zone.to_tz().utcoffset(datetime(2027, 12, 1, 9)).total_seconds() == 3600
    assert zone.to_tz().utcoffset(datetime(2027, 5, 21, 9)).total_seconds() == 7200


def test_an_event_moves_with_its_post_and_is_struck_out_with_it(applied: Town) -> None:
    (before,) = events(applied)["evening"]
    assert before["STATUS"] == "TENTATIVE"
    applied.change("posts/all.yaml", "at: D 19:00", "at: D 20:00")
    (moved,) = events(applied)["evening"]
    assert moved["UID"] == before["UID"]
    assert moved.decoded("DTSTART").hour == 20
    assert "moved, was Fri 21 May 19:00" in moved["DESCRIPTION"]
    applied.write("posts/all.yaml", "[]\n")
    (gone,) = events(applied)["evening"]
    assert (gone["UID"], gone["STATUS"]) == (before["UID"], "CANCELLED")


def test_a_calendar_says_who_has_said_yes_and_who_may(applied: Town) -> None:
    applied.amplify("approve", "evening", "--by", "editor", "--yes")
    (event,) = events(applied)["evening"]
    assert "planned; needs 1 more approval; editor said yes; reviewer may" in event["DESCRIPTION"]
    applied.amplify("approve", "evening", "--by", "reviewer", "--yes")
    (event,) = events(applied)["evening"]
    assert event["STATUS"] == "CONFIRMED"


def test_a_calendar_is_one_whatever_a_post_says(town: Town) -> None:
    town.change("posts/all.yaml", "Two days to go,", "END:VEVENT\n      BEGIN:VEVENT;\\n \\,")
    words = [sys.executable, "-m", "amplify", "plan", *FILE, "--campaign", str(town.root)]
    lines = subprocess.run(words, env={**os.environ, **SECRETS}, stdout=subprocess.PIPE, check=True).stdout.split(
        b"\r\n"
    )
    assert (lines[0], lines[-2:]) == (b"BEGIN:VCALENDAR", [b"END:VCALENDAR", b""])
    assert max(map(len, lines)) <= 75
    assert lines.count(b"END:VEVENT") == 2
    (event,) = events(town)["morning"]
    assert "END:VEVENT\nBEGIN:VEVENT;\\n \\, clean your lamps." in event["DESCRIPTION"]


def test_words_of_a_post_cannot_break_the_page(town: Town) -> None:
    town.change("posts/all.yaml", "Two days to go, clean your lamps.", "a | b `c` <b>d</b> \\| e\n      | --- |")
    seen = MarkdownIt("commonmark").enable("table").render(town.amplify("plan", *PAGE).out)
    assert seen.count("<table>") == seen.count("</table>") == 2
    assert "a | b `c` &lt;b&gt;d&lt;/b&gt;" in seen


def test_a_plan_is_json_or_a_page_never_both(town: Town) -> None:
    said = town.amplify("plan", "--json", *FILE)
    assert said.code == 2
    assert "choose one: --json or --format ics" in said.err

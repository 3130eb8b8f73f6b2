"""Every form in which a post may be written."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from amplify.domain.post import Kind, Post, Repeat
from amplify.domain.problem import Severity
from amplify.domain.wanted import expand
from amplify.domain.when import parse_when
from amplify.domain.written import Written

Read = Callable[..., Written]


def post(read: Read, text: str, **files: str) -> Post:
    written = read({"posts/day.yaml": text, **{f"posts/templates/{name}.j2": body for name, body in files.items()}})
    assert [str(problem) for problem in written.problems] == []
    return written.posts[0]


BASE = "id: evening\nkind: quote\nchannels: telegram\n"
TEXT = "text: {en: Come.}\n"


def test_one_time_makes_no_occurrence(read: Read):
    made = post(read, BASE + TEXT + "at: D–7 9:00\n")
    assert (made.at, made.occurs) == ((parse_when("D-7 09:00"),), False)


def test_a_list_of_times_makes_occurrences_even_of_one(read: Read):
    made = post(read, BASE + TEXT + "at: [D-7 09:00]\n")
    assert (made.at, made.occurs) == ((parse_when("D-7 09:00"),), True)


def test_each_language_may_have_its_own_time(read: Read):
    made = post(read, BASE + TEXT + "at: {en: D 09:00, be: D 16:00}\n")
    assert made.at == {"en": (parse_when("D 09:00"),), "be": (parse_when("D 16:00"),)}
    assert not made.occurs


def test_rows_have_times_and_variables_of_their_own(read: Read):
    rows = "each:\n  bakers: {at: D-2 18:00, with: {group: {en: Bakers}}}\n  smiths: {at: D-1 18:00, with: {group: Smiths}}\n"
    made = post(read, BASE + "template: call\n" + rows, call="{{ group }}: come.")
    assert [row.label for row in made.each] == ["bakers", "smiths"]
    assert made.each[0].at == (parse_when("D-2 18:00"),)
    assert [row.values for row in made.each] == [{"group": {"en": "Bakers"}}, {"group": "Smiths"}]
    assert made.template == "call"


def test_a_repetition_keeps_its_rule_and_its_ends(read: Read):
    made = post(read, BASE + TEXT + "repeat: {cron: 0 9 * * mon, from: 2027-04-01, until: 2027-06-30}\n")
    assert made.repeat == Repeat(cron="0 9 * * mon", since=date(2027, 4, 1), until=date(2027, 6, 30))


def test_a_part_may_differ_on_one_network_and_goes_before_the_post(read: Read):
    made = post(
        read,
        "id: appeal\nkind: thread\nat: D 10:00\nchannels: [mastodon-en]\non: {mastodon: {visibility: unlisted}}\n"
        "thread:\n  - {id: first, text: {en: One}}\n"
        "  - {id: second, text: {en: Two}, on: {mastodon: {visibility: public, warning: {en: fire}, text: {en: 2}}}}\n",
    )
    first, second = expand(replace(read({}), posts=(made,)), lambda _: ())
    assert (first.part.text["en"], first.settings) == ("One", {"visibility": "unlisted"})
    assert (second.part.text["en"], second.settings) == ("2", {"visibility": "public", "warning": "fire"})


def test_what_a_part_says_of_a_network_is_looked_at_where_it_stands(read: Read):
    text = (
        "id: appeal\nkind: thread\nat: D 10:00\nchannels: [mastodon-en]\n"
        "thread:\n  - id: first\n    text: {en: One}\n    on: {mastodon: {volume: high}}\n"
    )
    (problem,) = read({"posts/day.yaml": text}).problems
    assert (problem.code, problem.place.line, problem.message) == ("unknown-key", 8, "mastodon does not know `volume`")


def test_a_thread_has_parts_with_names(read: Read):
    made = post(
        read,
        "id: appeal\nkind: thread\nat: D 10:00\nchannels: telegram\nnumbered: true\n"
        "thread:\n  - {id: first, text: {en: One}}\n  - id: second\n    text:\n      en: Two\n",
    )
    assert [(part.id, part.text["en"], part.place.line) for part in made.parts] == [
        ("first", "One", 7),
        ("second", "Two", 8),
    ]
    assert made.is_thread
    assert made.numbered


def test_a_channel_may_have_its_own_words_and_settings(read: Read):
    made = post(
        read,
        "id: evening\nkind: quote\nat: D 9:00\nchannels: [mastodon, telegram]\ntext: {en: Come.}\n"
        "on:\n  mastodon-be: {text: {be: Прыходзьце.}}\n"
        "  mastodon: {visibility: unlisted, warning: {en: fire}}\n  telegram: {silent: true, button: petition}\n",
    )
    assert made.on["mastodon-be"].text == {"be": "Прыходзьце."}
    assert made.on["mastodon"].warning == {"en": "fire"}
    assert made.on["mastodon"].settings == {"visibility": "unlisted"}
    assert made.on["telegram"].settings == {"silent": "true", "button": "petition"}


def test_all_channels_narrowed_to_one_language(read: Read):
    made = post(read, "id: a\nkind: call\nat: D 9:00\nchannels: all\nlanguages: [en]\n" + TEXT)
    assert made.channels == ("mastodon-en", "telegram-en")


def test_a_draft_keeps_every_language_back(read: Read):
    made = post(read, "id: a\nkind: call\nat: D 9:00\nchannels: all\ndraft: true\n" + TEXT)
    assert made.drafts == {"en", "be"}


def test_one_language_may_be_kept_back(read: Read):
    made = post(read, "id: a\nkind: call\nat: D 9:00\nchannels: all\ndrafts: [be]\n" + TEXT)
    assert made.drafts == {"be"}


def test_only_what_may_be_urgent_is(read: Read):
    assert post(read, BASE.replace("quote", "safety") + TEXT + "at: D 9:00\nurgent: true\n").kind is Kind.SAFETY


def test_a_missing_language_holds_its_own_channel_only(read: Read):
    written = read({"posts/day.yaml": "id: a\nkind: call\nat: D 9:00\nchannels: mastodon\n" + TEXT})
    assert [(p.code, p.post, p.channel) for p in written.problems] == [("missing-text", "a", "mastodon-be")]
    assert [made.id for made in written.posts] == ["a"]
    assert written.held_posts == set()


def test_a_variable_without_a_word_in_a_language_holds_its_channel_only(read: Read):
    text = "id: a\nkind: call\nat: D 9:00\nchannels: mastodon\nwith: {group: {en: Bakers}}\ntemplate: call\n"
    written = read({"posts/day.yaml": text, "posts/templates/call.j2": "{{ group }}"})
    assert [(p.code, p.channel, p.place.line, p.place.column) for p in written.problems] == [
        ("missing-text", "mastodon-be", 5, 8)
    ]


def test_a_night_on_which_clocks_change_is_warned_of_where_the_time_stands(read: Read):
    written = read({"posts/day.yaml": BASE + TEXT + "at: [2027-03-28 02:30, 2027-10-31 02:30]\n"})
    assert [(p.severity, p.code, p.place.line, p.place.column) for p in written.problems] == [
        (Severity.WARNING, "dst", 5, 6),
        (Severity.WARNING, "dst", 5, 24),
    ]
    assert "2027-03-28 02:30 does not exist in Europe/Vienna; it goes out at 03:30" in written.problems[0].message
    assert [made.id for made in written.posts] == ["evening"]


def test_a_repetition_names_the_nights_on_which_clocks_change(read: Read):
    rule = "repeat: {every: sunday 02:30, from: 2027-03-01, until: 2027-11-30}\n"
    [problem] = read({"posts/day.yaml": BASE + TEXT + rule}).problems
    assert problem.code == "dst"
    assert problem.place.line == 5
    assert "2027-03-28 02:30" in problem.message
    assert "2027-10-31 02:30" in problem.message


def test_a_former_id_that_is_still_in_use_holds_the_post(read: Read):
    second = "id: night\nformerly: evening\nkind: quote\nat: D 9:00\nchannels: telegram\n" + TEXT
    written = read({"posts/night.yaml": second})
    assert written.held_posts == {"night"}
    assert [problem.code for problem in written.problems] == ["former-id-in-use"]


def test_an_author_is_a_coordinator_or_the_nearest_one_is_named(read: Read):
    assert post(read, BASE + TEXT + "at: D 09:00\nauthor: editor\n").author == "editor"
    written = read({"posts/day.yaml": BASE + TEXT + "at: D 09:00\nauthor: edtior\n"})
    (problem,) = written.problems
    assert (problem.code, problem.place.line, problem.hint) == ("unknown-author", 6, "did you mean `editor`?")
    assert written.held_posts == {"evening"}

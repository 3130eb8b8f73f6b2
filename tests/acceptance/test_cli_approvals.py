"""Yeses as people give them: to everything that waits, with all that helps to decide, never to one's own post."""

import pytest

from protecting import protect

from .conftest import Said, Town

MORNING = "2027/morning@mastodon-en"
FIGURES = """\
lamps:
  label: {en: Lamps lit}
  value: 1496
  qualifier: more_than
  as_of: 2027-05-01
  source: {name: Lamp & Wick, url: "https://lantern.example/lamps"}
"""
NUMBER = """\
- id: number
  kind: correction
  urgent: true
  at: D-1 09:00
  channels: [mastodon-en]
  text: {en: "{{ figure.lamps.line }}"}
"""
RISKY = 'E3: {verbatim: "Dangerous words.", risk: high}\n'
SAME_EVERYWHERE = """\
- id: hello
  kind: statement
  at: D-3 09:00
  channels: all
  text: {en: Hello.}
"""


@pytest.fixture
def three(town: Town) -> Town:
    """A third coordinator, and nothing applied yet."""
    town.change("config/campaign.yaml", "reviewer: {}", "reviewer: {}, third: {}")
    return town


def said_yes(town: Town, by: str, *words: str) -> set[str]:
    """The deliveries that somebody said yes to by this command."""
    rows = town.json("approve", *words, "--by", by, "--yes")["deliveries"]
    return {row["key"] for row in rows if by in {yes["by"] for yes in row["approvals"]}}


def in_order(said: Said, *words: str) -> bool:
    places = [said.out.index(word) for word in words]
    return places == sorted(places)


def test_without_a_name_everything_that_waits_is_asked_about_in_the_order_of_the_slots(applied: Town):
    said = applied.amplify("approve", "--by", "editor", typed="y\ny\ny\n")
    assert said.code == 0
    assert in_order(said, "morning  Wed 19 May 2027 09:00 (in 5 days)", "(1 of 3)", "evening  Fri 21 May 2027 19:00")
    assert applied.amplify("approve", "--by", "editor").out.startswith("Nothing waits for a yes by editor.")
    assert len(said_yes(applied, "reviewer", "--all")) == 4
    assert applied.json("status", "--all")["counts"]["approved"] == 4


def test_one_card_shows_what_several_channels_say_alike(applied: Town):
    applied.write("posts/all.yaml", SAME_EVERYWHERE)
    applied.json("apply")
    said = applied.amplify("approve", "--by", "editor", typed="y\n")
    assert said.out.count("Hello.") == 1
    assert "bluesky-en, mastodon-en, telegram-en" in said.out
    assert "editor says yes to 3 deliveries?" in said.out
    assert {row["still_needed"] for row in applied.json("approve", "--by", "reviewer", "--yes")["deliveries"]} == {0}


def test_a_no_leaves_one_out_and_all_takes_what_follows_and_shows_it(applied: Town):
    said = applied.amplify("approve", "--by", "editor", typed="n\nall\n")
    assert said.code == 0
    assert said.out.count("Come with a lamp.") == 2
    waits = {row["key"]: row["said"] for row in applied.json("status", "--all")["waiting"]}
    assert waits.pop(MORNING) == []
    assert all(said == [{"by": "editor", "note": ""}] for said in waits.values())


def test_quit_keeps_what_was_said_so_far(applied: Town):
    assert applied.amplify("approve", "--by", "editor", typed="what?\ny\nq\n").code == 0
    waits = {row["key"]: len(row["said"]) for row in applied.json("status", "--all")["waiting"]}
    assert (waits.pop(MORNING), sum(waits.values())) == (1, 0)
    applied.json("revoke", "morning", "--by", "editor", "--yes")
    assert applied.amplify("approve", "--by", "editor", typed="quit\n").code == 1


def test_until_and_digest_narrow_what_is_asked_about(applied: Town):
    assert said_yes(applied, "editor", "--until", "D-1") == {MORNING}
    digest = applied.json("approve", "--by", "reviewer", "--until", "D-1", "--digest", digest_of(applied))
    assert [row["state"] for row in digest["deliveries"]] == ["approved"]
    assert applied.amplify("approve", "morning", "--all", "--by", "editor", "--yes").code == 2


def digest_of(town: Town) -> str:
    return str(town.json("approve", "morning", "--by", "editor", "--yes")["deliveries"][0]["digest"])


def test_nobody_approves_what_they_wrote_and_hears_who_may(three: Town):
    three.change("posts/all.yaml", "- id: morning\n", "- id: morning\n  author: editor\n")
    three.json("apply")
    for name in ("morning", MORNING):
        said = three.amplify("approve", name, "--by", "editor", "--yes")
        assert said.code == 1
        assert "editor wrote morning, and nobody approves their own post: reviewer or third may" in said.err
    everything = three.amplify("approve", "--by", "editor", "--yes")
    assert "morning" not in everything.out
    assert "1 delivery waits for somebody else's yes." in everything.out
    assert said_yes(three, "reviewer", "morning") == {MORNING}
    assert "needs 1 more yes: third may (editor wrote it)" in three.amplify("approve", "morning", "--by", "third").out
    assert said_yes(three, "third", "morning") == {MORNING}
    assert three.json("status", "--all", "--post", "morning")["deliveries"][0]["state"] == "approved"


def test_a_note_is_shown_to_the_next_person_and_in_the_status(applied: Town):
    applied.json("approve", "morning", "--by", "editor", "--yes", "--note", "the family agrees")
    assert "needs 1 yes (editor said yes: “the family agrees”): reviewer may" in applied.amplify("status", "--all").out
    shown = applied.amplify("approve", "morning", "--by", "reviewer", typed="y\n").out
    assert "editor said yes, Fri 14 May 2027 09:00: “the family agrees”" in shown
    (row,) = applied.json("approve", "morning", "--by", "editor", "--yes")["deliveries"]
    assert [(yes["by"], yes["note"]) for yes in row["approvals"]] == [
        ("editor", "the family agrees"),
        ("reviewer", ""),
    ]


def test_what_has_changed_since_the_last_yes_is_shown_word_by_word(applied: Town):
    said_yes(applied, "editor", "morning")
    applied.change("posts/all.yaml", "clean your lamps", "trim your lamps")
    applied.change("posts/all.yaml", "D-2 09:00", "D-2 10:00")
    applied.json("apply")
    shown = applied.amplify("approve", "morning", "--by", "reviewer", typed="y\n").out
    assert "Since editor said yes: … days to go, [-clean-] {+trim+} your lamps." in shown
    assert "the time was Wed 19 May 2027 09:00" in shown


def test_figures_are_shown_with_their_date_and_source_and_urgency_is_said(applied: Town):
    applied.write("config/figures.yaml", FIGURES)
    applied.write("posts/all.yaml", NUMBER)
    applied.json("apply")
    shown = applied.amplify("approve", "number", "--by", "reviewer", typed="y\n").out
    assert "URGENT" in shown
    assert "figure lamps more than 1496, as of 01 May 2027, Lamp & Wick https://lantern.example/lamps" in shown
    assert "needs 2 more yeses: editor or reviewer may" in shown
    applied.change("config/figures.yaml", "2027-05-01", "2027-01-01")
    applied.json("apply")
    assert "139 days old by then, 45 allowed" in applied.amplify("approve", "number", "--by", "editor", typed="n\n").out


def test_a_dangerous_excerpt_and_a_person_are_pointed_out(applied: Town):
    applied.write("config/excerpts.yaml", RISKY)
    applied.change("posts/all.yaml", "Two days to go", "{{ excerpt.E3 }} Two days to go")
    applied.change(
        "posts/all.yaml", "- id: morning\n  kind: statement", "- id: morning\n  kind: profile\n  person: p-1"
    )
    applied.change("posts/all.yaml", "Two days to go", "Lampa Lighter: two days to go")
    protect(applied.root, consents={"p-1": {"name": "Lampa Lighter"}})
    applied.json("apply")
    shown = applied.amplify("approve", "morning", "--by", "reviewer", typed="n\n").out
    assert "High risk: E3" in shown
    assert "It is about a person" in shown

"""The ledger is lost and a new one made: nobody doubles a post at midnight, and nobody overlooks the loss."""

from contextlib import closing
from datetime import timedelta

import pytest

from amplify.bootstrap import open_app
from amplify.testing.ledger_scenes import NOON

from .conftest import NOW, Town

UNKNOWN = "does not know what was published before"


@pytest.fixture
def anew(applied: Town) -> Town:
    """Six days later without a ledger: the time of `morning` has passed."""
    for file in (applied.root / "var").glob("amplify.db*"):
        file.unlink()
    applied.set_clock(NOW + timedelta(days=6))
    applied.json("apply")
    return applied


def rows(town: Town, post: str) -> list[tuple[str, str]]:
    return [(row["state"], row["reason"]) for row in town.json("status", "--all", "--post", post)["deliveries"]]


def test_what_was_due_before_is_missed_and_its_reason_says_where_to_look(anew: Town):
    ((state, reason),) = rows(anew, "morning")
    assert state == "missed"
    assert UNKNOWN in reason
    assert "look at the account first; `amplify restore` brings a backup back" in reason
    assert "amplify now" not in reason
    told = anew.amplify("status").out
    assert "amplify now morning --not-published-yet --by NAME" in " ".join(told.split())


def test_one_tired_command_doubles_nothing(anew: Town):
    said = anew.amplify("now", "morning", "--by", "editor", "--yes")
    assert (said.code, UNKNOWN.replace("what", "whether morning") in said.err) == (1, True)
    assert "--not-published-yet" in said.err
    assert rows(anew, "morning")[0][0] == "missed"


@pytest.mark.parametrize("typed", ["n\n", "y\nn\n"])
def test_whoever_is_asked_is_asked_whether_they_have_looked(anew: Town, typed: str):
    said = anew.amplify("now", "morning", "--by", "editor", typed=typed)
    assert said.code == 1
    assert "Look at mastodon-en first" in " ".join(said.err.split())
    assert "You have looked, and it is not public?" in said.out
    assert rows(anew, "morning")[0][0] == "missed"


def test_whoever_has_looked_may_send_it_and_the_record_says_so(anew: Town):
    anew.json("now", "morning", "--by", "editor", "--yes", "--not-published-yet")
    assert rows(anew, "morning")[0][0] == "planned"
    with closing(open_app(anew.root, environ={})) as app:
        reasons = [line.detail.get("reason") for line in app.ledger.history()]
    assert "now, by editor, who has looked and says that it was not public before" in reasons
    anew.json("now", "morning", "--by", "reviewer", "--yes")
    assert rows(anew, "morning")[0][0] == "approved"


def test_a_post_that_is_moved_in_the_files_waits_for_a_yes_that_is_told_to_look(anew: Town):
    anew.change("posts/all.yaml", "at: D-2 09:00", "at: D 09:00")
    assert "look at the account before you say yes" in str(anew.json("plan")["changes"])
    anew.json("apply")
    ((state, reason),) = rows(anew, "morning")
    assert (state, "look at the account before you say yes" in reason) == ("planned", True)
    asked = anew.amplify("approve", "morning", "--by", "editor", typed="n\n")
    assert "Look first:" in asked.out + asked.err


def test_what_is_still_to_come_is_planned_as_ever(anew: Town):
    assert {state for state, _ in rows(anew, "evening")} == {"planned"}


def test_what_is_written_too_late_into_a_ledger_that_knows_is_only_late(applied: Town):
    applied.set_clock(NOON)
    late = 'at: "2027-05-21 08:00", channels: [mastodon-en], text: {en: "Too late"}'
    applied.write("posts/late.yaml", f"- {{id: late, kind: statement, {late}}}\n")
    applied.json("apply")
    assert rows(applied, "late") == [
        ("missed", "its time had passed when it was first written; `amplify now` sends it")
    ]
    applied.json("now", "late", "--by", "editor", "--yes")
    assert rows(applied, "late")[0][0] == "planned"

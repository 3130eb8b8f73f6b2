"""amplify backup and restore as people type them."""

from datetime import timedelta

from amplify.testing.ledger_scenes import NOON

from .conftest import NOW, Town

KEY = "2027/morning@mastodon-en"


def states(town: Town) -> set[str]:
    return {row["state"] for row in town.json("status", "--all", "--post", "morning")["deliveries"]}


def test_a_copy_is_named_by_the_time_and_proven(applied: Town):
    said = applied.amplify("backup")
    assert said.code == 0
    assert "amplify-2027-05-14T070000Z.db" in said.out
    assert "the copy is whole" in said.out
    copy = applied.root / "var" / "backups" / "amplify-2027-05-14T070000Z.db"
    assert copy.stat().st_mode & 0o777 == 0o600
    again = applied.amplify("backup")
    assert (again.code, "never writes over another file" in again.err) == (1, True)


def test_a_copy_put_back_says_what_may_be_public_meanwhile(applied: Town):
    applied.json("approve", "morning", "--by", "editor", "--yes")
    applied.json("approve", "morning", "--by", "reviewer", "--yes")
    copy = applied.json("backup")["file"]
    applied.set_clock(NOON)
    refused = applied.amplify("restore", copy, "--by", "editor", typed="n\n")
    assert (refused.code, states(applied)) == (1, {"approved"})
    said = applied.amplify("restore", copy, "--by", "editor", "--yes")
    assert said.code == 0, said.err
    assert "1 delivery was due since and may be public" in said.out
    assert "Every yes has to be given again" in said.out
    assert states(applied) == {"unconfirmed"}
    assert f"amplify resolve {KEY} --absent" in applied.amplify("status").out
    assert applied.json("verify")["ok"] is True
    assert [file.name for file in (applied.root / "var" / "backups").iterdir()] == ["amplify-2027-05-14T070000Z.db"]


def test_only_a_coordinator_puts_a_copy_back(applied: Town):
    copy = applied.json("backup")["file"]
    said = applied.amplify("restore", copy, "--by", "nobody", "--yes")
    assert (said.code, "is no coordinator" in said.err) == (1, True)


def test_a_ledger_that_is_gone_forgets_nothing_that_could_be_sent_late(applied: Town):
    """Without any copy: what was due before the new ledger first saw it is missed, never sent."""
    for file in (applied.root / "var").glob("amplify.db*"):
        file.unlink()
    applied.set_clock(NOW + timedelta(days=6))
    applied.json("apply")
    assert states(applied) == {"missed"}

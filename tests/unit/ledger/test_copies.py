"""Copies of a ledger: whole while somebody writes, and careful about what they cannot know when they come back."""

import sqlite3
import threading
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from amplify.domain.delivery import Event, ImpossibleMove, State
from amplify.ledger import back_up, open_ledger, restore
from amplify.ledger.migrations import released
from amplify.ledger.sqlite import SqliteLedger
from amplify.ports.ledger import Busy, LedgerError, Outcome
from amplify.services.resolve import resolve
from amplify.testing.ledger_scenes import NOON, approved, look, lost, named, planned, published, sending

LATER = NOON + timedelta(hours=3)


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path}/amplify.db"


def opened(url: str):
    return closing(open_ledger(url, campaign="a"))


def put_back(url: str, copy: Path, campaign: str = "a"):
    return restore(url, copy, campaign=campaign, by="editor", now=LATER, machine=LATER)


def test_a_copy_made_while_others_write_is_whole(url: str, tmp_path: Path):
    with opened(url) as ledger:
        enough = threading.Event()

        def write() -> None:
            number = 0
            while not enough.is_set():
                planned(ledger, named(f"post-{number}"))
                number += 1

        writer = threading.Thread(target=write)
        writer.start()
        try:
            lines = [back_up(url, tmp_path / f"{number}.db", campaign="a") for number in range(5)]
        finally:
            enough.set()
            writer.join()
    assert lines == sorted(lines)
    for number, counted in enumerate(lines):
        copy = tmp_path / f"{number}.db"
        assert copy.stat().st_mode & 0o777 == 0o600
        with opened(f"sqlite:///{copy}") as ledger:
            assert (ledger.verify(), len(ledger.history())) == ("", counted)


def test_a_copy_never_writes_over_a_file_and_leaves_nothing_else_behind(url: str, tmp_path: Path):
    with opened(url) as ledger:
        planned(ledger, named())
        (tmp_path / "copy.db").write_text("a diary")
        with pytest.raises(LedgerError, match="never writes over"):
            back_up(url, tmp_path / "copy.db", campaign="a")
        back_up(url, tmp_path / "second.db", campaign="a")
    assert (tmp_path / "copy.db").read_text() == "a diary"
    assert not list(tmp_path.glob("*.part*"))


def test_a_copy_by_an_older_amplify_is_brought_forward_and_leaves_nothing_else_behind(url: str, tmp_path: Path):
    copy, older = tmp_path / "copy.db", tuple(released())[:-1]
    with closing(SqliteLedger(copy, campaign="a", steps=older, patience=timedelta(seconds=1))) as ledger:
        planned(ledger, named())
    put_back(url, copy)
    with opened(url) as ledger:
        assert ledger.verify() == ""
    assert not list(tmp_path.glob("*.part*"))


def test_what_may_have_left_since_is_unconfirmed_and_every_yes_is_void(url: str, tmp_path: Path):
    tomorrow = NOON + timedelta(days=1)
    with opened(url) as ledger:
        due = approved(ledger, named("due"))
        waits = planned(ledger, named("waits"))
        ahead = approved(ledger, named("ahead"), due=tomorrow)
        gone = published(ledger, named("gone", channel="bluesky-en"))
        asked = lost(ledger, sending(ledger, named("asked", channel="telegram-en")))
        back_up(url, tmp_path / "copy.db", campaign="a")
        published_since = published(ledger, named("since", channel="bluesky-de"))
    done = put_back(url, tmp_path / "copy.db")
    assert [row.key.post for row in done.asked] == ["asked", "due", "waits"]
    with opened(url) as ledger:
        assert look(ledger, due.key).state is State.UNCONFIRMED
        assert look(ledger, waits.key).state is State.UNCONFIRMED
        row = look(ledger, asked.key)
        assert (row.state, row.envelope, row.lost_at, row.ticket) == (State.UNCONFIRMED, None, LATER, asked.ticket)
        assert look(ledger, ahead.key).state is State.PLANNED
        assert not ledger.approvals([due.key, ahead.key])
        assert look(ledger, gone.key) == gone
        assert ledger.delivery(published_since.key) is None
        assert ledger.verify() == ""
    assert done.aside is not None
    with opened(f"sqlite:///{done.aside}") as before:
        assert look(before, published_since.key) == published_since


def test_a_person_who_looks_in_vain_leads_to_a_new_yes_and_never_to_a_replay(url: str, tmp_path: Path):
    with opened(url) as ledger:
        row = approved(ledger, named())
        back_up(url, tmp_path / "copy.db", campaign="a")
    put_back(url, tmp_path / "copy.db")
    with opened(url) as ledger:
        for event in (Event.ABSENT, Event.REPLAY):
            with pytest.raises(ImpossibleMove, match="without envelope"):
                ledger.record(look(ledger, row.key), Outcome(event=event, now=LATER))
        assert resolve(row.key, ledger, published="", by="editor", now=LATER).state is State.PLANNED


def test_nothing_is_put_back_under_a_running_worker(url: str, tmp_path: Path):
    with opened(url) as ledger:
        approved(ledger, named())
        back_up(url, tmp_path / "copy.db", campaign="a")
        ledger.hold("worker")
        with pytest.raises(Busy, match="another worker"):
            put_back(url, tmp_path / "copy.db")
        assert look(ledger, named()).state is State.APPROVED


@pytest.mark.parametrize("damage", ["gone", "no database", "another ledger"])
def test_a_ledger_that_is_lost_or_damaged_is_replaced(url: str, tmp_path: Path, damage: str):
    with opened(url) as ledger:
        approved(ledger, named())
        back_up(url, tmp_path / "copy.db", campaign="a")
    file = tmp_path / "amplify.db"
    if damage == "gone":
        file.unlink()
    elif damage == "no database":
        file.write_bytes(b"scrambled eggs" * 1000)
    else:
        with closing(sqlite3.connect(file)) as raw:
            raw.execute("DROP TABLE approval")
    done = put_back(url, tmp_path / "copy.db")
    assert (done.aside is None) == (damage == "gone")
    with opened(url) as ledger:
        assert look(ledger, named()).state is State.UNCONFIRMED
        assert ledger.verify() == ""


def _of_another_campaign(copy: Path) -> None:
    copy.unlink()
    with closing(open_ledger(f"sqlite:///{copy}", campaign="b")):
        pass


def _changed(copy: Path) -> None:
    with closing(sqlite3.connect(copy)) as raw, raw:
        raw.execute("DROP TRIGGER history_is_never_changed")
        raw.execute("UPDATE history SET event = 'hold' WHERE seq = 2")


def _a_diary(copy: Path) -> None:
    copy.write_text("Dear diary, " * 500)


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        (Path.unlink, "there is no file"),
        (_of_another_campaign, "belongs to the campaign"),
        (_changed, "not whole: line 2"),
        (_a_diary, "is not a ledger"),
    ],
)
def test_a_copy_that_cannot_be_trusted_changes_nothing(url: str, tmp_path: Path, spoil, told: str):
    with opened(url) as ledger:
        row = approved(ledger, named())
        back_up(url, tmp_path / "copy.db", campaign="a")
        spoil(tmp_path / "copy.db")
        with pytest.raises(LedgerError, match=told):
            put_back(url, tmp_path / "copy.db")
        assert look(ledger, row.key) == row
        assert ledger.verify() == ""
    assert sorted(path.name for path in tmp_path.iterdir() if path.suffix == ".db") <= ["amplify.db", "copy.db"]

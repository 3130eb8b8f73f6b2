"""What is erased is gone from the bytes of the file, not only from what the ledger shows."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256
from pathlib import Path

import pytest

from amplify.domain.delivery import Event
from amplify.ledger import open_ledger
from amplify.ledger.archive import packed
from amplify.ledger.migrations import released
from amplify.ledger.sqlite import SqliteLedger
from amplify.ports.ledger import Ledger, LedgerError, Outcome
from amplify.testing.ledger_scenes import LEASE, NOON, claimed, look, named, new, published, receipt, sealed, yes

CANARY = "ochre-heron-over-the-lake"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "amplify.db"


@pytest.fixture
def ledger(file: Path) -> Iterator[Ledger]:
    """Others' posts, and one whose every word tells of the canary, in an older revision too."""
    with closing(open_ledger(f"sqlite:///{file}", campaign="a")) as ledger:
        for number in range(20):
            published(ledger, named(f"other-{number}"), str(number))
        told = replace(new(named()), text=f"The {CANARY}.", reason=f"the {CANARY} is not checked")
        ledger.apply({"posts/day.yaml": told.text.encode()}, [told], (), epoch=ledger.epoch(), now=NOON, by="editor")
        row = look(ledger, named())
        row = ledger.approve(row, replace(yes(row), note=f"I saw the {CANARY}"), enough=lambda _: True)
        envelope = replace(sealed(row), request={"status": row.text})
        row = claimed(ledger, row)
        row = ledger.begin(row, envelope, epoch=ledger.epoch(), lease_until=NOON + LEASE, now=NOON)
        ledger.record(row, Outcome(event=Event.CONFIRM, now=NOON, receipt=receipt("canary"), reason=f"the {CANARY}"))
        ledger.apply({}, (), (), epoch=ledger.epoch(), now=NOON, by="editor")
        yield ledger


def on_disk(file: Path) -> bytes:
    """The file, and what lies beside it."""
    beside = [each for each in file.parent.iterdir() if each.name.startswith(file.name)]
    return b"".join(each.read_bytes() for each in beside)


def erase(ledger: Ledger) -> None:
    thinned = ledger.revision_id() - 1
    ledger.erase([named()], {thinned: {}}, by="reviewer", now=NOON + timedelta(days=30))


def test_no_byte_of_erased_words_is_left_beside_or_in_the_file(ledger: Ledger, file: Path):
    revision = packed({"posts/day.yaml": f"The {CANARY}.".encode()})
    assert CANARY.encode() in on_disk(file)
    assert revision in on_disk(file)
    erase(ledger)
    assert CANARY.encode() not in on_disk(file)
    assert revision not in on_disk(file)
    ledger.close()
    assert CANARY.encode() not in on_disk(file)


def test_nothing_is_left_that_erased_words_could_be_guessed_from(ledger: Ledger, file: Path):
    digest = look(ledger, named()).digest
    others = [row.digest for row in ledger.deliveries() if row.key != named()]
    erase(ledger)
    with closing(sqlite3.connect(file)) as raw:
        kept = raw.execute("SELECT count(*) FROM approval WHERE key = ? AND digest = ?", [str(named()), digest])
        assert kept.fetchone() == (0,)
        salts = "SELECT count(*) FROM history WHERE key = ? AND salt IS NOT NULL AND event != 'purge'"
        assert raw.execute(salts, [str(named())]).fetchone() == (0,)
    assert [row.digest for row in ledger.deliveries() if row.key != named()] == others
    told = packed({"posts/day.yaml": f"The {CANARY}.".encode()})
    assert sha256(told).hexdigest().encode() not in on_disk(file)


def test_a_reader_who_keeps_the_file_busy_keeps_the_bytes_and_that_is_said(ledger: Ledger, file: Path):
    ledger.close()
    hasty = SqliteLedger(file, campaign="a", steps=released(), patience=timedelta(milliseconds=50))
    with closing(hasty), closing(sqlite3.connect(file, isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM delivery").fetchall()
        with pytest.raises(LedgerError, match="type the same again"):
            erase(hasty)
        reader.execute("COMMIT")
        assert look(hasty, named()).text == ""
        hasty.erase((), {}, by="reviewer", now=NOON)
        assert CANARY.encode() not in on_disk(file)
        assert hasty.verify() == ""


def test_a_record_that_is_not_whole_is_not_erased_from(ledger: Ledger, file: Path):
    with closing(sqlite3.connect(file)) as raw, raw:
        raw.execute("UPDATE approval SET who = 'nobody'")
    with pytest.raises(LedgerError, match="nothing was erased"):
        erase(ledger)
    assert CANARY in look(ledger, named()).text

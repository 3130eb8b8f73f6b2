"""The ledger on SQLite keeps every promise of a ledger, and its record shows every byte that was changed."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from amplify.domain.chain import seal
from amplify.ledger import open_ledger
from amplify.ports.ledger import Ledger
from amplify.testing.ledger_contract import LedgerContract
from amplify.testing.ledger_scenes import NOON, named, planned, published, yes

TEXTS = ("key", "event", "before", "after", "at", "content", "salt", "digest", "previous", "hash")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "var" / "amplify.db"


def opened(file: Path) -> Ledger:
    return open_ledger(f"sqlite:///{file}", campaign="Day of Solidarity")


class TestSqliteLedger(LedgerContract):
    @pytest.fixture
    def open_handle(self, file: Path) -> Callable[[], Ledger]:
        return lambda: opened(file)


def tampered(file: Path, *statements: str) -> str:
    """What verify() says after somebody has removed the triggers and edited the file."""
    with closing(sqlite3.connect(file)) as raw, raw:
        for (trigger,) in raw.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            raw.execute(f"DROP TRIGGER {trigger}")
        for statement in statements:
            raw.execute(statement)
    with closing(opened(file)) as ledger:
        return ledger.verify()


@pytest.fixture
def record(file: Path) -> Path:
    with closing(opened(file)) as ledger:
        published(ledger, named())
        planned(ledger, named("other"))
        assert ledger.verify() == ""
    return file


@pytest.mark.parametrize("column", TEXTS)
def test_a_changed_byte_is_found_and_its_line_named(record: Path, column: str):
    flipped = f"UPDATE history SET {column} = cast(x'ff' || substr({column}, 2) AS TEXT) WHERE seq = 4"  # noqa: S608 - our own columns
    said = tampered(record, flipped)
    assert "line 4 " in said
    assert "changed" in said


@pytest.mark.parametrize("seq", [1, 4, 8])
def test_a_changed_detail_is_found_in_any_line(record: Path, seq: int):
    with closing(sqlite3.connect(record)) as raw:
        (content,) = raw.execute("SELECT content FROM history WHERE seq = ?", (seq,)).fetchone()
    said = tampered(record, f"UPDATE history SET content = '{content} ' WHERE seq = {seq}")  # noqa: S608 - our own text
    assert f"what line {seq} of the record" in said


@pytest.mark.parametrize(("seq", "named_line"), [(4, "line 5 "), (8, "line 8 ")])
def test_a_line_forged_with_a_hash_of_its_own_is_found(record: Path, seq: int, named_line: str):
    """In the middle the next line no longer follows from it; at the end its hash is not the one noted."""
    with closing(sqlite3.connect(record)) as raw:
        raw.row_factory = sqlite3.Row
        row = raw.execute("SELECT * FROM history WHERE seq = ?", (seq,)).fetchone()
    kept = {name: row[name] for name in ("seq", "key", "event", "before", "after", "at", "salt", "previous")}
    forged = seal({"by": "somebody"}, **kept)
    said = tampered(
        record,
        f"UPDATE history SET content = '{forged.content}', digest = '{forged.digest}', hash = '{forged.hash}' "  # noqa: S608 - our own text
        f"WHERE seq = {seq}",
    )
    assert named_line in said
    assert "changed" in said


def test_a_removed_line_is_named(record: Path):
    assert "line 3 of the record was removed" in tampered(record, "DELETE FROM history WHERE seq = 3")


def test_lines_removed_at_the_end_are_missed(record: Path):
    assert "line 7 of the record was removed" in tampered(record, "DELETE FROM history WHERE seq > 6")


def test_a_line_put_behind_the_end_is_named(record: Path):
    copied = "INSERT INTO history SELECT 9, key, event, before, after, at, content, salt, digest, hash, hash"
    said = tampered(record, f"{copied} FROM history WHERE seq = 8")
    assert "line 9 of the record" in said


def test_a_line_put_in_between_is_named(record: Path):
    moved = "UPDATE history SET seq = seq + 100 WHERE seq > 4", "UPDATE history SET seq = seq - 99 WHERE seq > 100"
    copied = "INSERT INTO history SELECT 5, key, event, before, after, at, content, salt, digest, hash, hash"
    assert "line 5 of the record" in tampered(record, *moved, f"{copied} FROM history WHERE seq = 4")


def test_a_delivery_made_to_look_unpublished_is_named(record: Path):
    said = tampered(record, "UPDATE delivery SET state = 'approved' WHERE key LIKE '%stand%'")
    assert said == f"the delivery {named()} is approved, but the record says published"


def test_a_delivery_that_vanished_is_named(record: Path):
    said = tampered(record, "DELETE FROM delivery WHERE key LIKE '%other%'")
    assert said == f"the delivery {named('other')} is missing, but the record says planned"


@pytest.mark.parametrize(
    ("statement", "named_row"),
    [
        ("UPDATE delivery SET text = 'Other words.' WHERE key LIKE '%stand%'", f"the delivery {named()} was changed"),
        ("UPDATE approval SET who = 'nobody'", "the approval 1 was changed"),
        ("DELETE FROM approval", "the approval 1 was removed"),
        ("UPDATE revision SET files = x'00' WHERE id = 2", "the revision 2 was changed"),
        ("UPDATE account SET halted = ''", "the account of telegram-en was changed"),
        ("UPDATE stop SET lifted_at = at", "the stop 1 was changed"),
        ("INSERT INTO resume_vote VALUES (1, 'nobody', '')", "the vote for resuming 1 nobody was put in"),
        ("INSERT INTO account VALUES ('a', '', '', '', '', NULL, NULL, NULL)", "the account of a was put in"),
    ],
)
def test_a_row_that_decides_or_proves_is_named(file: Path, statement: str, named_row: str):
    with closing(opened(file)) as ledger:
        published(ledger, named())
        planned(ledger, named("other"))
        ledger.halt("telegram-en", "the token was refused", NOON)
        ledger.stop(reason="an arrest", by="editor", now=NOON, channel="", except_posts=frozenset())
    assert named_row in tampered(file, statement)


def test_a_row_that_was_changed_is_found_when_somebody_has_gone_on_with_it(file: Path):
    with closing(opened(file)) as ledger:
        row = planned(ledger, named())
    assert f"the delivery {named()} was changed" in tampered(
        file, "UPDATE delivery SET due = '2027-06-01T10:00:00.000000+00:00'"
    )
    with closing(opened(file)) as ledger:
        ledger.approve(row, yes(row), enough=lambda _: True)
        assert f"the delivery {named()} was changed before line 3 " in ledger.verify()


def test_what_guards_the_file_is_part_of_it(record: Path):
    assert "trigger delivery_keeps_its_ticket of the file" in tampered(record)


def test_words_that_were_removed_by_hand_are_missed(record: Path):
    """The file allows it, because a purge does it: but a purge says so on a line of its own."""
    with closing(sqlite3.connect(record)) as raw, raw:
        raw.execute("UPDATE history SET content = NULL, salt = NULL WHERE seq = 8")
    with closing(opened(record)) as ledger:
        assert "what line 8 of the record" in ledger.verify()
        assert "no line says by whom" in ledger.verify()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE history SET hash = 'x'",
        "UPDATE history SET content = 'x'",
        "UPDATE history SET event = 'confirm'",
        "DELETE FROM history",
        "INSERT OR REPLACE INTO history SELECT * FROM history WHERE seq = 3",
        "UPDATE delivery SET nonce = 'x'",
        "UPDATE delivery SET made_at = 'x'",
    ],
)
def test_the_file_itself_refuses_to_change_record_and_tickets(record: Path, statement: str):
    with closing(sqlite3.connect(record)) as raw, pytest.raises(sqlite3.IntegrityError):
        raw.execute(statement)

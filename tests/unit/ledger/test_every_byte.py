"""Whatever byte of a ledger's file is changed, `verify` or the opening names it, or nothing that counts has changed."""

import random
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from amplify.domain.delivery import Event
from amplify.domain.rendition import Limits
from amplify.ledger import open_ledger
from amplify.ledger.schema import metadata
from amplify.ports.ledger import Ledger, LedgerError, Outcome
from amplify.testing.ledger_proposals_contract import proposed
from amplify.testing.ledger_scenes import ACCOUNT, NOON, approved, lost, named, planned, published, sending, yes

#: What changes without a line, and proves and decides nothing.
LOOSE = {
    "delivery": {"version", "reason", "staged"},
    "account": {"limits"},
    "campaign": {"one", "epoch"},
}
POSITIONS, CELLS = 150, 100


def opened(file: Path) -> Ledger:
    return open_ledger(f"sqlite:///{file}", campaign="Day of Solidarity")


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A ledger with something in every table."""
    file = tmp_path_factory.mktemp("whole") / "amplify.db"
    with closing(opened(file)) as ledger:
        limits = Limits(text=500, unit="characters", read_at=NOON)
        ledger.bind(
            "mastodon-en", id=ACCOUNT, name="campaign", url="https://mastodon.example/@c", limits=limits, now=NOON
        )
        ledger.halt("telegram-en", "the token was refused", NOON)
        ledger.throttle(ACCOUNT, NOON, NOON)
        published(ledger, named("one"))
        lost(ledger, sending(ledger, named("two")))
        held = approved(ledger, named("three"))
        ledger.record(held, Outcome(event=Event.HOLD, now=NOON, reason="the figure is old"))
        row = planned(ledger, named("four"))
        ledger.approve(row, yes(row, note="the date is checked"), enough=lambda _: False)
        ledger.revoke(row.key, by="editor", now=NOON)
        ledger.stop(reason="an arrest", by="editor", now=NOON, channel="", except_posts=frozenset({"safety"}))
        ledger.resume(by="editor", now=NOON, people=2)
        ledger.settle(ledger.propose(proposed()).id, by="reviewer", accepted=True, reason="I looked", now=NOON)
        assert ledger.verify() == ""
    return file.read_bytes()


@pytest.fixture
def file(tmp_path: Path, whole: bytes) -> Path:
    copy = tmp_path / "amplify.db"
    copy.write_bytes(whole)
    return copy


def found(file: Path) -> str:
    """What is said of the file, by whoever says it first."""
    try:
        with closing(opened(file)) as ledger:
            return ledger.verify()
    except LedgerError as refused:
        return str(refused)


def counts(file: Path) -> dict[str, list[tuple[object, ...]]]:
    """Everything that decides or proves, and how the file is made."""
    with closing(sqlite3.connect(file)) as raw:
        raw.text_factory = bytes
        told = {}
        for name, table in metadata.tables.items():
            columns = ", ".join(f'typeof("{c.name}"), "{c.name}"' for c in table.c if c.name not in LOOSE.get(name, ()))
            told[name] = raw.execute(f"SELECT {columns} FROM {name} ORDER BY 2").fetchall()  # noqa: S608 - our own names
        told["made"] = raw.execute("SELECT type, name, sql FROM sqlite_master ORDER BY 2").fetchall()
        return told


def cells(file: Path) -> Iterator[tuple[str, str, int]]:
    """Every cell that is not empty, as table, column and row."""
    with closing(sqlite3.connect(file)) as raw:
        for name, table in metadata.tables.items():
            for column in table.c:
                if column.name not in LOOSE.get(name, ()):
                    query = f'SELECT rowid FROM {name} WHERE length("{column.name}") > 0'  # noqa: S608 - our own names
                    yield from ((name, column.name, row) for (row,) in raw.execute(query).fetchall())


def flip(raw: sqlite3.Connection, table: str, column: str, row: int, chance: random.Random) -> None:
    where = f"WHERE rowid = {row}"
    kind, cell = raw.execute(f'SELECT typeof("{column}"), "{column}" FROM {table} {where}').fetchone()  # noqa: S608 - our own names
    if kind == "integer":
        other = cell ^ (1 << chance.randrange(8, 16))
    else:
        cell = cell if kind == "blob" else cell.encode()
        at = chance.randrange(len(cell))
        other = cell[:at] + bytes([cell[at] ^ (1 << chance.randrange(8))]) + cell[at + 1 :]
    raw.execute(f'UPDATE {table} SET "{column}" = cast(? AS {kind}) {where}', [other])  # noqa: S608 - our own names


def test_a_flipped_byte_in_any_cell_is_named(file: Path, whole: bytes):
    unnoticed, chance, seen = [], random.Random(2027), list(cells(file))
    each_column_once = {(table, column): (table, column, row) for table, column, row in seen}.values()
    for table, column, row in [*each_column_once, *chance.sample(seen, CELLS)]:
        file.write_bytes(whole)
        with closing(sqlite3.connect(file, isolation_level=None)) as raw:
            raw.execute("PRAGMA ignore_check_constraints = ON")
            for (trigger,) in raw.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
                raw.execute(f"DROP TRIGGER {trigger}")
            flip(raw, table, column, row, chance)
        said = found(file)
        if not said or "trigger" in said:
            unnoticed.append((table, column, row))
    assert unnoticed == []
    assert {table for table, _, _ in seen} == set(metadata.tables)


def test_a_flipped_byte_anywhere_in_the_file_is_named_or_does_not_count(file: Path, whole: bytes):
    before = counts(file)
    chance = random.Random(521)
    named_by_somebody, unnoticed = 0, []
    for at in [*range(0, 100, 3), *chance.sample(range(len(whole)), POSITIONS)]:
        bit = 1 << chance.randrange(8)
        file.write_bytes(whole[:at] + bytes([whole[at] ^ bit]) + whole[at + 1 :])
        if found(file):
            named_by_somebody += 1
        elif counts(file) != before:
            unnoticed.append((at, bit))
    assert unnoticed == []
    assert named_by_somebody > POSITIONS // 10

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
from amplify.testing.ledger_scenes import (
    ACCOUNT,
    NOON,
    approved,
    claimed,
    lost,
    named,
    planned,
    published,
    sending,
    yes,
)

#: What changes without a line, and proves and decides nothing.
LOOSE = {
    "delivery": {"version", "reason", "staged"},
    "account": {"limits"},
    "campaign": {"one", "epoch"},
}
#: Public counts, what servers take in a while, and who does not answer: no line tells of them, because they prove nothing about posts.
BESIDE = {"measurement", "spending", "word", "away"}
COVERED = {name: table for name, table in metadata.tables.items() if name not in BESIDE}
POSITIONS, CELLS = 150, 100


def opened(file: Path) -> Ledger:
    return open_ledger(f"sqlite:///{file}", campaign="Day of Solidarity")


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A ledger with something in every table."""
    file = tmp_path_factory.mktemp("whole") / "amplify.db"
    with closing(opened(file)) as ledger:
        limits = Limits(text=500, unit="characters", read_at=NOON)
        url, traits = "https://mastodon.example/@c", {"software": "Mastodon"}
        ledger.bind("mastodon-en", id=ACCOUNT, name="campaign", url=url, limits=limits, traits=traits, now=NOON)
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
        ledger.resume(by="editor", now=NOON, people=1)
        ledger.stop(reason="a rumour", by="editor", now=NOON, channel="mastodon-en", except_posts=frozenset())
        ledger.resume(by="editor", now=NOON, people=2)
        claimed(ledger, approved(ledger, named("five")), account="another")
        again = claimed(ledger, approved(ledger, named("six")), account="a third")
        ledger.record(again, Outcome(event=Event.RELEASE, now=NOON, reason="the server is away", not_before=NOON))
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
        for name, table in COVERED.items():
            columns = ", ".join(f'typeof("{c.name}"), "{c.name}"' for c in table.c if c.name not in LOOSE.get(name, ()))
            told[name] = raw.execute(f"SELECT {columns} FROM {name} ORDER BY 2").fetchall()  # noqa: S608 - our own names
        told["made"] = raw.execute("SELECT type, name, sql FROM sqlite_master ORDER BY 2").fetchall()
        return told


def cells(file: Path) -> Iterator[tuple[str, str, int]]:
    """Every cell that is not empty, as table, column and row."""
    with closing(sqlite3.connect(file)) as raw:
        for name, table in COVERED.items():
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


def tampered(file: Path, statement: str) -> bool:
    """Whether that could be done to it by somebody whom nothing stops."""
    with closing(sqlite3.connect(file, isolation_level=None)) as raw:
        raw.execute("PRAGMA ignore_check_constraints = ON")
        triggers = raw.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for trigger, _ in triggers:
            raw.execute(f"DROP TRIGGER {trigger}")
        try:
            changed = raw.execute(statement).rowcount
        except (sqlite3.IntegrityError, sqlite3.OperationalError):
            changed = 0
        for _, words in triggers:
            raw.execute(words)
        return changed > 0


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
    everywhere = {(name, column.name) for name, table in COVERED.items() for column in table.c}
    assert everywhere - {(table, column) for table, column, _ in seen} == {(t, c) for t in LOOSE for c in LOOSE[t]}


def test_a_cell_that_was_emptied_or_filled_is_named(file: Path, whole: bytes):
    unnoticed = []
    for name, table in COVERED.items():
        for column in [column for column in table.c if column.nullable and column.name not in LOOSE.get(name, ())]:
            for wanted, value in (("NOT NULL", "NULL"), ("NULL", "'2027'"), ("NULL", "''")):
                file.write_bytes(whole)
                row = f'SELECT min(rowid) FROM {name} WHERE "{column.name}" IS {wanted}'  # noqa: S608 - our own names
                change = f'UPDATE {name} SET "{column.name}" = {value} WHERE rowid = ({row})'  # noqa: S608 - our own names
                if tampered(file, change) and not found(file):
                    unnoticed.append((name, column.name, value))
    assert unnoticed == []


@pytest.mark.parametrize("name", [name for name in COVERED if name != "campaign"])
def test_a_row_that_was_removed_or_put_in_is_named(file: Path, whole: bytes, name: str):
    """Also a twin: a key of the same bytes that SQLite takes for another one, found before the row itself."""
    table = COVERED[name]
    (*_, key) = table.primary_key.columns
    numbered = key.type.python_type is int
    for other in ('"{}" + 1000',) if numbered else ('cast("{}" AS BLOB)', "\"{}\" || '1'"):
        file.write_bytes(whole)
        cells = {column.name: f'"{column.name}"' for column in table.c} | {key.name: other.format(key.name)}
        cells |= {} if numbered else {"rowid": "-7"}
        cells |= {"revoked_at": "'2027'"} if "revoked_at" in cells else {}
        names, values = ", ".join(f'"{column}"' for column in cells), ", ".join(cells.values())
        assert tampered(file, f"INSERT INTO {name} ({names}) SELECT {values} FROM {name} LIMIT 1")  # noqa: S608 - our own names
        assert found(file), other
    file.write_bytes(whole)
    assert tampered(file, f"DELETE FROM {name} WHERE rowid = (SELECT max(rowid) FROM {name})")  # noqa: S608 - our own names
    assert found(file)


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO campaign VALUES (2, 'Day of Solidarity', 0, 0, '')",
        "UPDATE delivery SET due = 'soon'",
        "UPDATE delivery SET receipt = '{' WHERE receipt IS NOT NULL",
        "UPDATE delivery SET state = 'lost'",
        "UPDATE approval SET at = ''",
        "UPDATE revision SET files = x'00'",
        "UPDATE history SET content = '{' WHERE seq = 2",
        "UPDATE account SET throttled_until = 'never'",
    ],
)
def test_what_cannot_be_read_is_told_in_a_sentence_whoever_meets_it(file: Path, statement: str):
    assert tampered(file, statement)
    assert found(file)
    met = []
    for look in ("deliveries", "history", "accounts", "revision", "stops", "epoch"):
        try:
            with closing(opened(file)) as ledger:
                getattr(ledger, look)()
        except LedgerError as told:
            met.append(str(told))
    assert met or "approval" in statement
    assert all("damaged" in said or "`amplify verify` says what" in said for said in met)


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

"""Digests of rows, made of their bytes as they lie in the file: what the record's lines say of tables.

Left out is what proves and decides nothing and changes without a line. What is NULL is left out too, so that a column
which a later schema adds changes no digest as long as nothing is in it.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from hashlib import sha256
from typing import Any

from sqlalchemy import Column, Connection, Row, Table

from amplify.domain.witness import Rows
from amplify.ledger.schema import account, approval, delivery, proposal, resume_vote, revision, stop

_LOOSE: Mapping[str, frozenset[str]] = {
    "delivery": frozenset({"version", "reason", "staged"}),
    "account": frozenset({"limits"}),
}
_NAMES: Mapping[str, str] = {"resume_vote": "vote for resuming", "account": "account of"}
#: What keys are made of.
_KEYS = frozenset({"text", "integer"})
#: As many characters of a digest as nobody can find a second row for.
_ENOUGH = 32


def every(connection: Connection) -> Mapping[str, str]:
    """Row → its digest now, for every row that lines tell of; one whose key is not of its kind has a name of its own."""
    tables = (delivery, approval, revision, stop, resume_vote, account, proposal)
    return {name: digest for table in tables for name, digest in told(connection, table).items()}


def told(
    connection: Connection, table: Table, column: Column[Any] | None = None, values: Sequence[object] = ()
) -> Mapping[str, str]:
    """Row → its digest now, for the rows of a table, or for those that have one of these values in a column."""
    where = "" if column is None else f" WHERE {column.name} IN ({', '.join('?' * len(values))})"
    found = connection.exec_driver_sql(_query(table) + where, tuple(values))
    called = _NAMES.get(table.name, table.name)
    names = [one.name for one in _covered(table)]
    keys = [at for at, one in enumerate(_covered(table)) if one.primary_key]
    return dict(_row(row, names, keys, called) for row in found)


@contextmanager
def watched(
    connection: Connection, table: Table, column: Column[Any] | None = None, *values: object
) -> Iterator[dict[str, tuple[str, str]]]:
    """What becomes of the rows inside: filled at the end, with those that have changed."""
    before = told(connection, table, column, values)
    rows: dict[str, tuple[str, str]] = {}
    yield rows
    rows.update(difference(before, told(connection, table, column, values)))


def difference(before: Mapping[str, str], after: Mapping[str, str]) -> dict[str, tuple[str, str]]:
    both = {name: (before.get(name, ""), after.get(name, "")) for name in before.keys() | after.keys()}
    return {name: change for name, change in both.items() if change[0] != change[1]}


def unseen(now: Mapping[str, str]) -> Rows:
    """Rows of which only is said what they are now."""
    return {name: (None, digest) for name, digest in now.items()}


def _covered(table: Table) -> Sequence[Column[Any]]:
    return [column for column in table.c if column.name not in _LOOSE.get(table.name, frozenset())]


@cache
def _query(table: Table) -> str:
    """Written once: SQLAlchemy would think about so many casts for longer than SQLite needs to answer."""
    cells = ", ".join(f'typeof("{one.name}"), cast("{one.name}" AS BLOB)' for one in _covered(table))
    return f"SELECT {cells} FROM {table.name}"  # noqa: S608 - names of our own schema


def _row(row: Row[Any], names: list[str], keys: list[int], table: str) -> tuple[str, str]:
    kinds: Sequence[str] = row[::2]
    cells: Sequence[bytes | None] = row[1::2]
    covered = sha256()
    for name, kind, cell in zip(names, kinds, cells, strict=True):
        if cell is not None:
            covered.update(f"{name} {kind} {len(cell)} ".encode())
            covered.update(cell)
    called = " ".join(_word(kinds[at], cells[at]) for at in keys)
    return f"{table} {called}", covered.hexdigest()[:_ENOUGH]


def _word(kind: str, cell: bytes | None) -> str:
    """The same bytes as a blob are another key: nobody shall take one for the other."""
    word = (cell or b"").decode(errors="backslashreplace")
    return word if kind in _KEYS else f"{kind} {word}"

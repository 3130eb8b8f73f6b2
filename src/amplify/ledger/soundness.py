"""Whether the file itself is sound: its pages, and its tables, indexes and triggers as this amplify makes them.

An index that was tampered with hides rows; a trigger that is gone protects nothing.
"""

import sqlite3
from collections.abc import Iterable, Sequence
from contextlib import closing

from sqlalchemy import Connection

from amplify.ledger.migrations import statements

#: As bytes: what is damaged may hold no text any more.
_PARTS = "SELECT cast(type AS BLOB), cast(name AS BLOB), cast(sql AS BLOB) FROM sqlite_master"


def unsound(connection: Connection, steps: Sequence[str]) -> str:
    """Empty, or what is wrong with the file, in words."""
    said = connection.exec_driver_sql("PRAGMA integrity_check(1)").scalar_one()
    if said != "ok":
        return f"the file is damaged: {said}"
    wanted, found = _made_by(steps), _parts(connection.exec_driver_sql(_PARTS))
    wrong = sorted({(kind, name) for kind, name, _ in wanted ^ found})
    return f"the {wrong[0][0]} {wrong[0][1]} of the file is not as amplify makes it" if wrong else ""


def _made_by(steps: Sequence[str]) -> frozenset[tuple[str, str, bytes]]:
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as fresh:
        for script in steps:
            for statement in statements(script):
                fresh.execute(statement)
        return _parts(fresh.execute(_PARTS))


def _parts(rows: Iterable[Sequence[bytes | None]]) -> frozenset[tuple[str, str, bytes]]:
    """SQLite makes some indexes by itself: they have no words."""
    return frozenset((_text(kind), _text(name), sql or b"") for kind, name, sql in rows)


def _text(raw: bytes | None) -> str:
    return (raw or b"").decode(errors="replace")

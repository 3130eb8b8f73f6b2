"""Whether the file itself is sound: its pages, and its tables, indexes and triggers as this amplify makes them.

An index that was tampered with hides rows; a trigger that is gone protects nothing.
"""

import sqlite3
from collections.abc import Iterable, Sequence
from contextlib import closing

from sqlalchemy import Connection

from amplify.ledger.migrations import statements

_PARTS = "SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL"


def unsound(connection: Connection, steps: Sequence[str]) -> str:
    """Empty, or what is wrong with the file, in words."""
    said = connection.exec_driver_sql("PRAGMA integrity_check(1)").scalar_one()
    if said != "ok":
        return f"the file is damaged: {said}"
    wanted, found = _made_by(steps), _parts(connection.exec_driver_sql(_PARTS))
    wrong = sorted({(kind, name) for kind, name, _ in wanted ^ found})
    return f"the {wrong[0][0]} {wrong[0][1]} of the file is not as amplify makes it" if wrong else ""


def _made_by(steps: Sequence[str]) -> frozenset[tuple[str, str, str]]:
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as fresh:
        for script in steps:
            for statement in statements(script):
                fresh.execute(statement)
        return _parts(fresh.execute(_PARTS))


def _parts(rows: Iterable[Sequence[str]]) -> frozenset[tuple[str, str, str]]:
    return frozenset((kind, name, sql) for kind, name, sql in rows)

"""Bring a file to the schema of this code: forward only, one numbered script a step, all in one transaction.

`PRAGMA user_version` counts the steps taken and `PRAGMA application_id` says that the file is ours. A copy
is laid beside an existing file before its first step.
"""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy.exc import DBAPIError

from amplify.ports.ledger import LedgerError

if TYPE_CHECKING:
    from sqlalchemy import Connection

#: "ampl" in ASCII.
_OURS = 0x616D706C


def released() -> Sequence[str]:
    """The scripts of this code, in order."""
    scripts = [script for script in files(__name__).iterdir() if script.name.endswith(".sql")]
    return [script.read_text(encoding="utf-8") for script in sorted(scripts, key=lambda script: script.name)]


def migrate(connection: "Connection", path: Path, steps: Sequence[str]) -> int:
    """Take the steps that the file has not seen, in the caller's transaction; how many it had taken before.

    Raises LedgerError.
    """
    version = _number(connection, "user_version")
    made = _number(connection, "application_id") == _OURS
    if not made and _tables(connection):
        raise LedgerError(f"{path} is a database, but no ledger of amplify; choose another file")
    if version > len(steps):
        raise LedgerError(f"{path} was written by a newer amplify; update amplify, or restore an older backup")
    if version == len(steps):
        return version
    if made:
        _lay_aside(path, path.with_name(f"{path.name}.before-{len(steps)}"))
    try:
        for script in steps[version:]:
            for statement in statements(script):
                connection.exec_driver_sql(statement)
    except DBAPIError as error:
        told = f"{path} cannot be brought to the schema of this amplify, and is as it was"
        raise LedgerError(f"{told} ({error.orig}); restore a backup") from error
    connection.exec_driver_sql(f"PRAGMA application_id = {_OURS}")
    connection.exec_driver_sql(f"PRAGMA user_version = {len(steps)}")
    return version


def _number(connection: "Connection", pragma: str) -> int:
    return int(connection.exec_driver_sql(f"PRAGMA {pragma}").scalar_one())


def _tables(connection: "Connection") -> int:
    return int(connection.exec_driver_sql("SELECT count(*) FROM sqlite_master").scalar_one())


def _lay_aside(path: Path, copy: Path) -> None:
    """Copy what is committed; a copy left by an earlier try is written over."""
    copy.touch(mode=0o600)
    with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(copy)) as target:
        source.backup(target)


def statements(script: str) -> Iterator[str]:
    """The statements one by one: sqlite3's own executescript would commit first."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""

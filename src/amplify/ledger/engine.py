"""Connections to one SQLite file, and what every one of them is told first.

pysqlite opens transactions by its own rules; it is switched off here, and SQLAlchemy's begin says which
kind: BEGIN IMMEDIATE where somebody means to write, so that nobody reads, decides and then finds the file
locked, and a plain BEGIN for a consistent look.
"""

from datetime import timedelta
from pathlib import Path
from sqlite3 import Connection as Raw

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.pool import QueuePool

_WRITES = "amplify_writes"


def connect(path: Path, patience: timedelta) -> Engine:
    """An engine whose transactions only read, on a file that is there. `patience`: how long to wait for another writer."""
    file = URL.create("sqlite", database=path.resolve().as_uri(), query={"mode": "rw", "uri": "true"})
    engine = create_engine(
        file,
        connect_args={"timeout": patience.total_seconds(), "check_same_thread": False},
        poolclass=QueuePool,
        max_overflow=-1,
    )

    @event.listens_for(engine, "connect")
    def _prepare(raw: Raw, _record: object) -> None:
        raw.isolation_level = None
        for pragma in ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON", "secure_delete = ON"):
            raw.execute(f"PRAGMA {pragma}").close()

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get(_WRITES, False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def writing(engine: Engine) -> Engine:
    """The same connections, for transactions that write."""
    return engine.execution_options(**{_WRITES: True})

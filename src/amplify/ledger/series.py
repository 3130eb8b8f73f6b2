"""Public counts as they went. Lines are only added; no line of the record covers them (decision 0039)."""

import json
from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, select
from sqlalchemy.dialects.sqlite import insert

from amplify.domain.key import Key
from amplify.ledger.book import Book
from amplify.ledger.rows import moment, stamp
from amplify.ledger.schema import measurement as table
from amplify.ports.upkeep import Counts, Measured

#: How many keys go into one question: SQLite takes a limited number of values.
_AT_ONCE = 500


class WithSeries(ABC):
    """The part of a ledger that keeps counts; see ports/upkeep.py."""

    @abstractmethod
    def _read(self) -> AbstractContextManager[Connection]: ...

    @abstractmethod
    def _write(self) -> AbstractContextManager[Book]: ...

    def count(self, counts: Mapping[Key, Counts], *, now: datetime) -> None:
        lines = [
            {"key": str(key), "at": stamp(now), "counts": json.dumps(dict(each.told))} for key, each in counts.items()
        ]
        if lines:
            with self._write() as book:
                book.connection.execute(insert(table).on_conflict_do_nothing(), lines)

    def measured(self, keys: Sequence[Key] = ()) -> Mapping[Key, Sequence[Measured]]:
        series: dict[Key, list[Measured]] = {}
        with self._read() as connection:
            for row in _rows(connection, [str(key) for key in keys]):
                series.setdefault(Key.parse(row.key), []).append(_measured(row))
        return series


def _rows(connection: Connection, names: Sequence[str]) -> Iterator[Row[Any]]:
    query = select(table).order_by(table.c.key, table.c.at)
    if not names:
        yield from connection.execute(query)
    for start in range(0, len(names), _AT_ONCE):
        yield from connection.execute(query.where(table.c.key.in_(names[start : start + _AT_ONCE])))


def _measured(row: Row[Any]) -> Measured:
    return Measured(at=moment(row.at), counts=Counts(**json.loads(row.counts)))

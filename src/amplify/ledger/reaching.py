"""Which channels the worker cannot use just now, and why."""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from contextlib import AbstractContextManager
from datetime import datetime

from sqlalchemy import Connection, delete, insert, select, update

from amplify.ledger.book import Book
from amplify.ledger.rows import moment, stamp
from amplify.ledger.schema import away
from amplify.ports.reaching import Away


class WithReaching(ABC):
    """The part of a ledger that knows who does not answer; see ports/reaching.py."""

    @abstractmethod
    def _read(self) -> AbstractContextManager[Connection]: ...

    @abstractmethod
    def _write(self) -> AbstractContextManager[Book]: ...

    def miss(self, channel: str, why: str, at: datetime) -> None:
        if any((one.channel, one.why) == (channel, why) for one in self.away()):  # tried again every few seconds
            return
        with self._write() as book:
            done = book.connection.execute(update(away).where(away.c.channel == channel).values(why=why))
            if done.rowcount == 0:
                book.connection.execute(insert(away).values(channel=channel, since=stamp(at), why=why))

    def meet(self, channel: str) -> None:
        if any(one.channel == channel for one in self.away()):
            with self._write() as book:
                book.connection.execute(delete(away).where(away.c.channel == channel))

    def away(self) -> Sequence[Away]:
        with self._read() as connection:
            rows = connection.execute(select(away).order_by(away.c.channel)).all()
        return [Away(channel=row.channel, since=moment(row.since), why=row.why) for row in rows]

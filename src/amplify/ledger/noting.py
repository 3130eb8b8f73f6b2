"""Lines of the record that change no row: what people have done about an account."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from contextlib import AbstractContextManager
from datetime import datetime

from sqlalchemy import Connection, select

from amplify.domain.chain import words
from amplify.ledger.book import Book
from amplify.ledger.schema import history
from amplify.ports.noting import Deed


class WithNotes(ABC):
    """The part of a ledger that takes notes; see ports/noting.py."""

    @abstractmethod
    def _write(self) -> AbstractContextManager[Book]: ...

    @abstractmethod
    def _read(self) -> AbstractContextManager[Connection]: ...

    def note(self, deed: Deed, channel: str, said: Mapping[str, str], *, now: datetime) -> None:
        with self._write() as book:
            book.enter(deed.value, said, at=now, key=channel)

    def noted(self, deed: Deed, channel: str) -> Mapping[str, str]:
        mine = (history.c.key == channel) & (history.c.event == deed.value)
        query = select(history.c.content).where(mine).order_by(history.c.seq.desc()).limit(1)
        with self._read() as connection:
            said = connection.execute(query).scalar_one_or_none()
        return words(said) if said is not None else {}

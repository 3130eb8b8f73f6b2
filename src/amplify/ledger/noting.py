"""Lines of the record that change no row: what people have done about an account."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from contextlib import AbstractContextManager
from datetime import datetime

from amplify.ledger.book import Book
from amplify.ports.noting import Deed


class WithNotes(ABC):
    """The part of a ledger that takes notes; see ports/noting.py."""

    @abstractmethod
    def _write(self) -> AbstractContextManager[Book]: ...

    def note(self, deed: Deed, channel: str, said: Mapping[str, str], *, now: datetime) -> None:
        with self._write() as book:
            book.enter(deed.value, said, at=now, key=channel)

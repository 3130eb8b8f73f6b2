"""What accounts have used of their servers' budgets, and what the servers have said of them."""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from contextlib import AbstractContextManager
from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, insert, select

from amplify.domain.budget import LONGEST_WINDOW, Spent, Use, Word
from amplify.ledger.book import Book
from amplify.ledger.rows import moment, perhaps_moment, perhaps_stamp, stamp
from amplify.ledger.schema import spending, word

#: The clock of another process may be a little off.
_SLACK = timedelta(hours=1)


class WithSpending(ABC):
    """The part of a ledger that counts; see ports/spending.py."""

    @abstractmethod
    def _read(self) -> AbstractContextManager[Connection]: ...

    @abstractmethod
    def _write(self) -> AbstractContextManager[Book]: ...

    def spend(self, account: str, use: Use, number: int, at: datetime) -> None:
        old = (spending.c.account == account, spending.c.at < stamp(at - LONGEST_WINDOW - _SLACK))
        with self._write() as book:
            book.connection.execute(delete(spending).where(*old))
            book.connection.execute(
                insert(spending).values(account=account, use=use.value, number=number, at=stamp(at))
            )

    def spent(self, account: str) -> Sequence[Spent]:
        query = select(spending).where(spending.c.account == account).order_by(spending.c.at)
        with self._read() as connection:
            return [Spent(use=Use(row.use), number=row.number, at=moment(row.at)) for row in connection.execute(query)]

    def heed(self, said: Word) -> None:
        here = (word.c.account == said.account, word.c.budget == said.budget)
        values = {"account": said.account, "budget": said.budget, "most": said.most, "until": perhaps_stamp(said.until)}
        with self._write() as book:
            book.connection.execute(delete(word).where(*here))
            book.connection.execute(insert(word).values(values))

    def words(self, account: str = "") -> Sequence[Word]:
        query = select(word).order_by(word.c.account, word.c.budget)
        query = query.where(word.c.account == account) if account else query
        with self._read() as connection:
            return [
                Word(account=row.account, budget=row.budget, most=row.most, until=perhaps_moment(row.until))
                for row in connection.execute(query)
            ]

"""The part of a ledger in memory that counts what accounts use of their servers' budgets."""

from collections.abc import Sequence
from datetime import datetime

from amplify.domain.budget import Spent, Use, Word
from amplify.testing.memory_shelf import OnShelf, alone


class MemorySpending(OnShelf):
    @alone
    def spend(self, account: str, use: Use, number: int, at: datetime) -> None:
        self.shelf.spending.setdefault(account, []).append(Spent(use=use, number=number, at=at))

    @alone
    def spent(self, account: str) -> Sequence[Spent]:
        return sorted(self.shelf.spending.get(account, ()), key=lambda one: one.at)

    @alone
    def heed(self, said: Word) -> None:
        self.shelf.words[said.account, said.budget] = said

    @alone
    def words(self, account: str = "") -> Sequence[Word]:
        return [said for (of, _), said in sorted(self.shelf.words.items()) if account in ("", of)]

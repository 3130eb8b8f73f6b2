"""The part of a ledger that counts what each account has used of its server's budgets. All instants are machine time.

It proves nothing about posts and leaves no line in the record: it is what keeps a server from refusing us.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from amplify.domain.budget import Spent, Use, Word


class Spending(Protocol):
    def spend(self, account: str, use: Use, number: int, at: datetime) -> None:
        """Count it, before the request leaves; what is older than any window is forgotten. Raises LedgerError."""
        ...

    def spent(self, account: str) -> Sequence[Spent]:
        """What still counts in some window, in order."""
        ...

    def heed(self, word: Word) -> None:
        """Remember what a server has said of a budget, in place of what it said before. Raises LedgerError."""
        ...

    def words(self, account: str = "") -> Sequence[Word]:
        """What the server of an account has said, or the servers of all."""
        ...

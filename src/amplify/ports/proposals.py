"""Where numbers wait that somebody has proposed, and what became of them: a part of the ledger."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from amplify.domain.proposal import Proposal


class Proposals(Protocol):
    """Nothing here changes a figure: its file is the truth of what is in force."""

    def propose(self, proposal: Proposal) -> Proposal:
        """Keep it, with a line of the record; returns it with its number."""
        ...

    def proposals(self, figure: str = "", *, settled: bool = False) -> Sequence[Proposal]:
        """Those that are open, of one figure or of all, oldest first; with `settled`, the others instead."""
        ...

    def settle(self, id: int, *, by: str, accepted: bool, reason: str, now: datetime) -> Proposal:
        """A person confirms or rejects it. Raises LedgerError where there is none, or it is no longer open."""
        ...

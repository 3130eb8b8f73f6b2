"""The part of a ledger that knows which channels the worker cannot use just now: so that others can tell people why.

It proves nothing about posts and leaves no line in the record.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, slots=True, kw_only=True)
class Away:
    """A channel that does not answer, since when (machine time), and why, as of the last try."""

    channel: str
    since: datetime
    why: str


class Reaching(Protocol):
    def miss(self, channel: str, why: str, at: datetime) -> None:
        """It cannot be used; one that could not before is away since then. Raises LedgerError."""
        ...

    def meet(self, channel: str) -> None:
        """It answers. Raises LedgerError."""
        ...

    def away(self) -> Sequence[Away]:
        """By channel's name."""
        ...

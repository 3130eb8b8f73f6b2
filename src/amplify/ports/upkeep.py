"""What a network can do with a post that is public besides changing it: take it back, and count. Both are optional.

A publisher that lacks one of them has no such method; `isinstance(publisher, Withdraws)` asks. Counts are the
network's own public numbers; nobody asks who has answered, boosted or liked.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Protocol, runtime_checkable

from amplify.domain.envelope import Envelope, Receipt
from amplify.domain.key import Key


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """What the public sees of a post, each None where the network does not tell."""

    replies: int | None = None
    boosts: int | None = None
    likes: int | None = None
    quotes: int | None = None
    reactions: int | None = None
    votes: int | None = None

    @property
    def told(self) -> Mapping[str, int]:
        """Those that the network tells; none where it has said nothing of the post."""
        return {name: number for name, number in asdict(self).items() if number is not None}


@runtime_checkable
class Withdraws(Protocol):
    """A publisher that can delete what it has published."""

    async def withdraw(self, envelope: Envelope | None, receipt: Receipt) -> str:
        """Delete it with all that belongs to it; where it is gone already, that is just as well.

        Returns in a sentence what cannot be recalled. `envelope` is None where the ledger has it no more. Raises
        Rejected where the network refuses for good, saying what a person can do; OutcomeUnknown where it may still be
        public; any other PublishError where it is public as before.
        """
        ...


@runtime_checkable
class Measures(Protocol):
    """A publisher whose network tells public counts."""

    @property
    def at_once(self) -> int:
        """How many posts one question may name."""
        ...

    async def measure(self, receipts: Sequence[Receipt]) -> Mapping[str, Counts]:
        """By remote id; a post that is public no more is left out. At most `at_once`. Raises PublishError.

        A post of which the network tells nothing now has empty counts.
        """
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """What the network said of a post at an instant (campaign time)."""

    at: datetime
    counts: Counts


class KeepsSeries(Protocol):
    """The part of a ledger that keeps public counts as they went: only added to, and no part of the record."""

    def count(self, counts: Mapping[Key, Counts], *, now: datetime) -> None:
        """Add a measurement to each series; one of the same instant is there already and stays."""
        ...

    def measured(self, keys: Sequence[Key] = ()) -> Mapping[Key, Sequence[Measured]]:
        """The series of these deliveries, or all; the newest last."""
        ...

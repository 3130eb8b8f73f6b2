"""The only truth: every revision, delivery, its history, envelope and receipt. Synchronous.

Every write is compare-and-set on the version that the caller has seen. The *epoch* is one number that
rises with everything that can forbid a send (a revision, a stop, a resume, an approval, a revocation, a
new slot): a worker reads it before it judges, and BEGIN fails if it has moved since.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from amplify.domain.approval import Approval
from amplify.domain.delivery import Delivery, Event, State
from amplify.domain.envelope import Envelope, Receipt, Staged
from amplify.domain.key import Key
from amplify.domain.rendition import Limits
from amplify.domain.sent import Sent
from amplify.domain.stop import Stop
from amplify.domain.traits import NO_TRAITS, Traits
from amplify.ports.forgetting import Forgets
from amplify.ports.noting import Notes
from amplify.ports.proposals import Proposals
from amplify.ports.reaching import Reaching
from amplify.ports.spending import Spending
from amplify.ports.upkeep import KeepsSeries


class LedgerError(Exception):
    """The ledger refuses, with a sentence for people."""


class Changed(LedgerError):
    """Somebody else has written first: read again and decide again."""


class Busy(LedgerError):
    """Another worker holds this ledger."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """Everything written, applied as one whole: path in the campaign's folder → content."""

    id: int
    at: datetime
    by: str
    files: Mapping[str, bytes]


@dataclass(frozen=True, slots=True, kw_only=True)
class NewDelivery:
    """A row to be made. `state` is PLANNED, HELD or MISSED; `due` is the slot as written and the slot in force."""

    key: Key
    state: State
    due: datetime
    file: str
    position: int
    digest: str
    text: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Update:
    """One step of one known delivery: `event`, and the columns that change with it (None: as they are)."""

    key: Key
    version: int
    event: Event
    reason: str = ""
    slot: datetime | None = None
    due: datetime | None = None
    file: str | None = None
    position: int | None = None
    digest: str | None = None
    text: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What a worker must know to judge one delivery, read in one transaction.

    `sent` covers the account's posts begun since the instant asked for.
    """

    epoch: int
    revision: int
    delivery: Delivery
    approvals: Sequence[Approval] = ()
    stops: Sequence[Stop] = ()
    sent: Sequence[Sent] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """An identity, bound to a channel at the first connect."""

    channel: str
    id: str
    name: str
    url: str
    halted: str = ""
    throttled_until: datetime | None = None
    limits: Limits | None = None
    traits: Traits = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What an event brings with it. `now` is campaign time; `not_before` and `lost_at` are machine time.

    `refused`: a definite refusal, which renews the Idempotency-Key. `epoch`: the step is taken only while the epoch
    is this one; for a replay, which sends. `unstaged`: the server no longer has what was staged.
    """

    event: Event
    now: datetime
    reason: str = ""
    by: str = ""
    receipt: Receipt | None = None
    not_before: datetime | None = None
    lost_at: datetime | None = None
    refused: bool = False
    epoch: int | None = None
    unstaged: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryLine:
    """One entry of the append-only record; `hash` covers the one before it."""

    seq: int
    key: str
    event: str
    at: datetime
    detail: Mapping[str, str]
    hash: str


class Ledger(Proposals, Forgets, KeepsSeries, Spending, Notes, Reaching, Protocol):
    def epoch(self) -> int: ...

    # what is written
    def revision_id(self) -> int:
        """The newest one's number; 0 where nothing has been applied."""
        ...

    def revision(self, number: int | None = None) -> Revision | None:
        """The newest one applied, or the one of that number."""
        ...

    def apply(
        self,
        files: Mapping[str, bytes],
        new: Iterable[NewDelivery],
        updates: Iterable[Update],
        *,
        epoch: int,
        now: datetime,
        by: str,
    ) -> Revision:
        """Take a revision and its changes as one whole. Raises Changed, and then nothing is written."""
        ...

    # deliveries
    def delivery(self, key: Key) -> Delivery | None: ...

    def deliveries(self, states: Iterable[State] = (), until: datetime | None = None) -> Sequence[Delivery]:
        """All, or those in `states`, or those due at `until` or before; by due instant and position."""
        ...

    def next_due(self, channels: Iterable[str], machine: datetime, skip: Collection[Key] = ()) -> Delivery | None:
        """The earliest APPROVED one on these channels, not in `skip`, whose `not_before` has passed; due or not."""
        ...

    def facts(self, key: Key, account: str, since: datetime) -> Facts:
        """Raises LedgerError where the delivery is not known."""
        ...

    def claim(self, delivery: Delivery, *, worker: str, account: str, lease_until: datetime, now: datetime) -> Delivery:
        """APPROVED → CLAIMED, for the row as seen. Raises Changed."""
        ...

    def begin(
        self, delivery: Delivery, envelope: Envelope, *, epoch: int, lease_until: datetime, now: datetime
    ) -> Delivery:
        """CLAIMED → SENDING with the envelope durable, and one attempt more.

        Raises Changed if the row or the epoch has moved, or the account is sending something else.
        """
        ...

    def record(self, delivery: Delivery, outcome: Outcome) -> Delivery:
        """Any other step of one delivery; a step that asks for a new yes (REVISE, RENEW) or gives it raises the epoch.

        Raises Changed; raises ImpossibleMove for a step that life has not, and for CLAIM and BEGIN.
        """
        ...

    def remark(self, delivery: Delivery, reason: str) -> Delivery:
        """Change only the reason that `status` shows; no step of its life. Raises Changed."""
        ...

    def keep_staged(self, delivery: Delivery, staged: Staged) -> Delivery:
        """Remember what a server was given ahead; no step of its life. Raises Changed."""
        ...

    def remote_ids(self, account: str) -> frozenset[str]:
        """The remote ids on the receipts of an account's deliveries."""
        ...

    def expire(self, *, worker: str, machine: datetime, now: datetime) -> Sequence[Delivery]:
        """Void the leases of other workers and our own that have run out: claimed → released, sending → unconfirmed.

        Others are void at once, because hold() proves that they are gone; a replay, which has no lease, is void
        too. Raises LedgerError without hold().
        """
        ...

    # people
    def approve(
        self, delivery: Delivery, approval: Approval, *, enough: Callable[[Sequence[Approval]], bool]
    ) -> Delivery:
        """Record a yes; PLANNED becomes APPROVED when `enough` says so of all that stand.

        A yes of the same person to the same digest counts once. Raises Changed where the words are no longer
        those of the yes; raises LedgerError where the delivery no longer waits.
        """
        ...

    def revoke(self, key: Key, *, by: str, now: datetime, anyway: bool = False) -> Delivery:
        """Take all yeses to a delivery back; what was approved or claimed is planned again.

        Raises LedgerError where it is not known, or a request may have left. `anyway`: also while nobody knows what
        became of that; it goes again only with a new yes.
        """
        ...

    def approvals(self, keys: Iterable[Key]) -> Mapping[Key, Sequence[Approval]]:
        """Those that stand."""
        ...

    def stop(self, *, reason: str, by: str, now: datetime, channel: str, except_posts: frozenset[str]) -> Stop: ...

    def resume(self, *, by: str, now: datetime, people: int) -> int:
        """Say yes to going on; lifts every stop once `people` different ones have. Returns how many are still needed.

        A yes counts for the stops that were in force when it was given, not for a later one.
        """
        ...

    def stops(self) -> Sequence[Stop]:
        """All that ever were, the newest last."""
        ...

    # accounts
    def accounts(self) -> Mapping[str, Account]:
        """By channel."""
        ...

    def bind(
        self, channel: str, *, id: str, name: str, url: str, limits: Limits, now: datetime, traits: Traits = NO_TRAITS
    ) -> Account:
        """Remember who answers behind a channel, what it allows and is; a halted channel goes on.

        Raises LedgerError when another identity answered before.
        """
        ...

    def halt(self, channel: str, reason: str, now: datetime) -> None: ...

    def throttle(self, account: str, until: datetime, now: datetime) -> None: ...

    # one worker
    def hold(self, worker: str) -> None:
        """Become the one worker of this ledger until close(). Raises Busy, saying who holds it."""
        ...

    def has_worker(self) -> bool:
        """Whether somebody is the one worker now."""
        ...

    def touch(self) -> None:
        """Prove that it can be written, and change nothing. Raises LedgerError."""
        ...

    def history(self, key: Key | None = None) -> Sequence[HistoryLine]: ...

    def verify(self) -> str:
        """Empty, or the first entry of the record that was changed, removed or inserted, in words.

        Also the first delivery whose state is not the one that the record says.
        """
        ...

    def close(self) -> None: ...

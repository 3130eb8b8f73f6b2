"""The life of a delivery, as one dictionary. docs/lifecycle.md carries the diagram drawn from it.

Why nothing is posted twice: the only way into SENDING is BEGIN, which stores the envelope first; the only
ways out of it say what became of the request; and lost sight (UNCONFIRMED) never leads back to a send
except through a proof that nothing is public, or a replay that the server has proven to ignore. A ledger
that was put back from a copy has no such proofs of its own: RESTORE takes the envelopes away, and without one a
person who looks in vain leads to PLANNED (REVISE), where a new yes is needed.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from amplify.domain.envelope import Envelope, Receipt, Staged, Ticket
from amplify.domain.key import Key


class State(StrEnum):
    PLANNED = "planned"
    APPROVED = "approved"
    CLAIMED = "claimed"
    SENDING = "sending"
    PUBLISHED = "published"
    UNCONFIRMED = "unconfirmed"
    HELD = "held"
    MISSED = "missed"
    FAILED = "failed"
    CANCELLED = "cancelled"
    WITHDRAWN = "withdrawn"


class Event(StrEnum):
    APPROVE = "approve"
    """enough people have said yes to the rendition as it stands"""
    REVISE = "revise"
    """the slot, the text, an approval or the reason for holding changed: a yes to what it is now is needed"""
    CLAIM = "claim"
    """a worker took it up"""
    RELEASE = "release"
    """the worker put it back: not yet, or not any more its own"""
    BEGIN = "begin"
    """the envelope is durable; the request leaves next"""
    CONFIRM = "confirm"
    """the network's proof is here, or a person gave the public URL"""
    NOT_SENT = "not_sent"
    """nothing became public, and we know it: it may go again"""
    REFUSE = "refuse"
    """the content will never be accepted"""
    LOSE_SIGHT = "lose_sight"
    """it may be public: find out before trying again"""
    REPLAY = "replay"
    """the same bytes again, inside the window in which the server has proven to answer with the first post"""
    ABSENT = "absent"
    """looked for after the quarantine and not there, or a person says so"""
    HOLD = "hold"
    """something about it needs a person"""
    MISS = "miss"
    """too late: it never goes out by itself"""
    CANCEL = "cancel"
    """it is no longer written"""
    RENEW = "renew"
    """a new slot or a new text"""
    WITHDRAW = "withdraw"
    """taken back from the public; never published again"""
    RESTORE = "restore"
    """the ledger was put back from a copy: what was due by then may be public, and the copy does not know"""


MOVES: dict[tuple[State, Event], State] = {
    (State.PLANNED, Event.APPROVE): State.APPROVED,
    (State.PLANNED, Event.HOLD): State.HELD,
    (State.PLANNED, Event.MISS): State.MISSED,
    (State.PLANNED, Event.CANCEL): State.CANCELLED,
    (State.PLANNED, Event.REVISE): State.PLANNED,
    (State.APPROVED, Event.REVISE): State.PLANNED,
    (State.APPROVED, Event.CLAIM): State.CLAIMED,
    (State.APPROVED, Event.HOLD): State.HELD,
    (State.APPROVED, Event.MISS): State.MISSED,
    (State.APPROVED, Event.CANCEL): State.CANCELLED,
    (State.CLAIMED, Event.RELEASE): State.APPROVED,
    (State.CLAIMED, Event.REVISE): State.PLANNED,
    (State.CLAIMED, Event.HOLD): State.HELD,
    (State.CLAIMED, Event.MISS): State.MISSED,
    (State.CLAIMED, Event.REFUSE): State.FAILED,
    (State.CLAIMED, Event.CANCEL): State.CANCELLED,
    (State.CLAIMED, Event.BEGIN): State.SENDING,
    (State.SENDING, Event.CONFIRM): State.PUBLISHED,
    (State.SENDING, Event.NOT_SENT): State.APPROVED,
    (State.SENDING, Event.REFUSE): State.FAILED,
    (State.SENDING, Event.LOSE_SIGHT): State.UNCONFIRMED,
    (State.UNCONFIRMED, Event.CONFIRM): State.PUBLISHED,
    (State.UNCONFIRMED, Event.REPLAY): State.SENDING,
    (State.UNCONFIRMED, Event.ABSENT): State.APPROVED,
    (State.UNCONFIRMED, Event.REVISE): State.PLANNED,
    (State.HELD, Event.HOLD): State.HELD,
    (State.HELD, Event.REVISE): State.PLANNED,
    (State.HELD, Event.MISS): State.MISSED,
    (State.HELD, Event.CANCEL): State.CANCELLED,
    (State.MISSED, Event.RENEW): State.PLANNED,
    (State.FAILED, Event.RENEW): State.PLANNED,
    (State.CANCELLED, Event.RENEW): State.PLANNED,
    (State.PUBLISHED, Event.WITHDRAW): State.WITHDRAWN,
    (State.PLANNED, Event.RESTORE): State.UNCONFIRMED,
    (State.APPROVED, Event.RESTORE): State.UNCONFIRMED,
    (State.CLAIMED, Event.RESTORE): State.UNCONFIRMED,
    (State.SENDING, Event.RESTORE): State.UNCONFIRMED,
    (State.UNCONFIRMED, Event.RESTORE): State.UNCONFIRMED,
    (State.HELD, Event.RESTORE): State.UNCONFIRMED,
}

#: States in which a request may already have left: files and people's edits never touch these.
SEALED = frozenset({State.SENDING, State.UNCONFIRMED, State.PUBLISHED, State.WITHDRAWN})
#: A request has left, and nobody knows yet what became of it.
UNSURE = frozenset({State.SENDING, State.UNCONFIRMED})
#: States that still lead to a publication without a new slot or text.
WAITING = frozenset({State.PLANNED, State.APPROVED, State.CLAIMED, State.HELD})
#: States from which only a new slot or a new text leads on.
ENDED = frozenset({State.MISSED, State.FAILED, State.CANCELLED})


class ImpossibleMove(Exception):
    """The life of a delivery has no such step."""


def move(state: State, event: Event) -> State:
    """The state after `event`. Raises ImpossibleMove."""
    try:
        return MOVES[state, event]
    except KeyError:
        raise ImpossibleMove(f"a delivery that is {state} cannot {event}") from None


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """One row of the ledger.

    Campaign time: `slot` (as written), `due` (the slot in force: `amplify now` moves it alone), `begun_at`,
    `published_at`. Machine time: `not_before` (throttled until),
    `lost_at` (when sight of the request was lost), `lease_until`. `position` orders the parts of a
    thread, 0 for the first and for posts that are no thread. `version` counts writes: every write says
    which version it has seen. `digest` and `text` are of the rendition as last planned. `staged` outlives
    a send that came to nothing: a server may hold a picture to be public already, and must be asked first.
    """

    key: Key
    state: State
    version: int
    ticket: Ticket
    slot: datetime
    due: datetime
    file: str
    position: int = 0
    digest: str = ""
    text: str = ""
    account: str = ""
    attempts: int = 0
    reason: str = ""
    worker: str = ""
    lease_until: datetime | None = None
    not_before: datetime | None = None
    begun_at: datetime | None = None
    lost_at: datetime | None = None
    staged: Staged | None = None
    envelope: Envelope | None = None
    receipt: Receipt | None = None
    published_at: datetime | None = None

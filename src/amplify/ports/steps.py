"""The rows that come of what a ledger is told: one answer for every ledger."""

from dataclasses import replace
from datetime import datetime
from hashlib import sha256

from amplify.domain.delivery import ENDED, SEALED, Delivery, State
from amplify.domain.envelope import Envelope, Ticket
from amplify.domain.step import stepped
from amplify.domain.taken_back import is_taken_back
from amplify.ports.ledger import Changed, LedgerError, NewDelivery, Outcome, Update

#: What is public, or will never be by itself: only its words can be erased, never those of what waits.
ERASABLE = ENDED | {State.PUBLISHED, State.WITHDRAWN}
_EDITED = ("slot", "due", "file", "position", "digest", "text")


def made(new: NewDelivery, *, nonce: str, now: datetime) -> Delivery:
    """The row of a new delivery, with its ticket."""
    return Delivery(
        key=new.key,
        state=new.state,
        version=1,
        ticket=Ticket(key=new.key, nonce=nonce, made_at=now),
        slot=new.due,
        due=new.due,
        file=new.file,
        position=new.position,
        digest=new.digest,
        text=new.text,
        reason=new.reason,
    )


def revised(row: Delivery, update: Update, *, now: datetime) -> Delivery:
    """The row after a step that comes from the files.

    Raises Changed where the row is not the one that was seen, or a request may have left already.
    """
    if row.version != update.version:
        raise Changed(f"{update.key} has changed meanwhile; look again")
    if row.state in SEALED:
        raise Changed(f"{update.key} is {row.state}; files no longer change it")
    edits = {name: value for name in _EDITED if (value := getattr(update, name)) is not None}
    return replace(stepped(row, update.event, now=now, reason=update.reason), **edits)


def recorded(row: Delivery, outcome: Outcome) -> Delivery:
    """The row after an outcome. Raises ImpossibleMove."""
    return stepped(
        row,
        outcome.event,
        now=outcome.now,
        reason=outcome.reason,
        receipt=outcome.receipt,
        not_before=outcome.not_before,
        lost_at=outcome.lost_at,
        refused=outcome.refused,
        unstaged=outcome.unstaged,
    )


def erased(row: Delivery, *, salt: str, by: str, now: datetime) -> Delivery:
    """The row without its words. What proves that it is public stays, and which post it has boosted, which is done once.

    Raises LedgerError for one that waits.
    """
    if row.state not in ERASABLE:
        raise LedgerError(f"{row.key} is {row.state}; only the words of what is public or ended can be erased")
    back = f"{row.reason}; " if is_taken_back(row) else ""
    return replace(
        row,
        version=row.version + 1,
        text="",
        digest=blinded(row.digest, salt),
        reason=f"{back}its words were erased by {by} on {now:%d %b %Y}",
        envelope=_wordless(row.envelope) if row.envelope is not None and row.envelope.boosts else None,
        staged=None,
    )


def hushed(row: Delivery) -> Delivery:
    """The row without the words that are not to be read there. Raises LedgerError for one that is not held."""
    if row.state is not State.HELD:
        raise LedgerError(f"{row.key} is {row.state}; only what is held is hushed")
    return replace(row, version=row.version + 1, text="", digest="")


def _wordless(envelope: Envelope) -> Envelope:
    return replace(envelope, request={}, staged={}, printed=(), settles=False)


def blinded(digest: str, salt: str) -> str:
    """A digest that words can no longer be guessed from, once the salt is forgotten; equal ones stay equal."""
    return sha256(f"{salt}\n{digest}".encode()).hexdigest() if digest else ""

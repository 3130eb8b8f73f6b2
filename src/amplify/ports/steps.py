"""The rows that come of what a ledger is told: one answer for every ledger."""

from dataclasses import replace
from datetime import datetime

from amplify.domain.delivery import SEALED, Delivery
from amplify.domain.envelope import Ticket
from amplify.domain.step import stepped
from amplify.ports.ledger import Changed, NewDelivery, Outcome, Update

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

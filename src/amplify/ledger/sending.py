"""The worker's steps: take up, begin, record, and give up what a dead worker left."""

from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256

from amplify.domain.delivery import Delivery, Event, State
from amplify.domain.envelope import Envelope
from amplify.domain.step import begun, claimed, stepped
from amplify.ledger.book import Book
from amplify.ledger.deliveries import every, put, seen
from amplify.ledger.rows import envelope_text
from amplify.ports.ledger import Changed, Outcome
from amplify.ports.steps import recorded

#: Events after which a send must be judged anew.
_RAISING = frozenset({Event.APPROVE, Event.REVISE, Event.RENEW})


def claim(book: Book, row: Delivery, *, worker: str, account: str, lease_until: datetime, now: datetime) -> Delivery:
    """Raises Changed."""
    row = seen(book.connection, row)
    new = claimed(row, worker=worker, account=account, lease_until=lease_until)
    return put(book, Event.CLAIM, row, new, now=now, detail={"worker": worker, "account": account})


def begin(
    book: Book, row: Delivery, envelope: Envelope, *, epoch: int, lease_until: datetime, now: datetime
) -> Delivery:
    """Raises Changed."""
    if book.epoch != epoch:
        raise Changed(f"something that can forbid {row.key} has changed since it was judged; look again")
    stored = seen(book.connection, row)
    if (stored.worker, stored.lease_until) != (row.worker, row.lease_until):
        raise Changed(f"{row.key} is claimed by another worker")
    new = begun(stored, envelope, lease_until=lease_until, now=now)
    digest = sha256(envelope_text(envelope).encode()).hexdigest()
    said = {"worker": row.worker, "envelope": digest, "figures": " ".join(envelope.printed)}
    return put(book, Event.BEGIN, stored, new, now=now, detail=said)


def record(book: Book, row: Delivery, outcome: Outcome) -> Delivery:
    """Raises Changed, ImpossibleMove."""
    row = seen(book.connection, row)
    if outcome.epoch not in (None, book.epoch):
        raise Changed("something that can forbid the send has moved since it was judged")
    new = recorded(row, outcome)
    if outcome.event in _RAISING:
        book.raise_epoch()
    detail = {"reason": outcome.reason, "by": outcome.by}
    if outcome.receipt is not None:
        detail |= {"remote_id": outcome.receipt.remote_id, "url": outcome.receipt.url}
    return put(book, outcome.event, row, new, now=outcome.now, detail=detail)


def expire(book: Book, *, worker: str, machine: datetime, now: datetime) -> Sequence[Delivery]:
    """Claimed → released, sending → unconfirmed; never the other way."""
    freed = []
    for row in every(book.connection, (State.CLAIMED, State.SENDING), None):
        if row.worker == worker and row.lease_until is not None and row.lease_until > machine:
            continue
        if row.state is State.CLAIMED:
            event, reason, lost_at = Event.RELEASE, "the worker that had it ended before it was sent", None
        else:
            event, reason, lost_at = Event.LOSE_SIGHT, "the worker ended while the request was on its way", machine
        new = stepped(row, event, now=now, reason=reason, lost_at=lost_at)
        freed.append(put(book, event, row, new, now=now, detail={"reason": reason, "worker": row.worker}))
    return freed

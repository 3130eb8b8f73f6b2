"""A named person's yes, and taking it back."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime

from sqlalchemy import Connection, func, insert, select, update

from amplify.domain.approval import Approval
from amplify.domain.delivery import SEALED, UNSURE, WAITING, Delivery, Event, State
from amplify.domain.key import Key
from amplify.domain.step import stepped
from amplify.domain.witness import Rows
from amplify.ledger import deliveries
from amplify.ledger.book import Book
from amplify.ledger.cover import watched
from amplify.ledger.rows import approval_columns, approval_of, stamp
from amplify.ledger.schema import approval
from amplify.ports.ledger import Changed, LedgerError
from amplify.ports.steps import hushed

#: How many keys go into one question: SQLite takes a limited number of values.
_AT_ONCE = 500
_STANDS = approval.c.revoked_at.is_(None)
#: States that a yes has led to and that its end leads back from.
_ON_A_YES = frozenset({State.PLANNED, State.APPROVED, State.CLAIMED})


def standing(connection: Connection, key: Key) -> Sequence[Approval]:
    query = select(approval).where(approval.c.key == str(key), _STANDS).order_by(approval.c.id)
    return [approval_of(row) for row in connection.execute(query)]


def approvals(connection: Connection, keys: Iterable[Key]) -> Mapping[Key, Sequence[Approval]]:
    wanted = {str(key): key for key in keys}
    stand: dict[Key, list[Approval]] = {}
    names = list(wanted)
    for start in range(0, len(names), _AT_ONCE):
        some = approval.c.key.in_(names[start : start + _AT_ONCE])
        for row in connection.execute(select(approval).where(some, _STANDS).order_by(approval.c.id)):
            stand.setdefault(wanted[row.key], []).append(approval_of(row))
    return stand


def approve(book: Book, row: Delivery, yes: Approval, enough: Callable[[Sequence[Approval]], bool]) -> Delivery:
    """Raises Changed where the words are others now, LedgerError where it no longer waits."""
    row = deliveries.seen(book.connection, row)
    if row.state not in WAITING:
        raise LedgerError(f"{row.key} is {row.state}; there is nothing left to approve")
    if yes.digest != row.digest:
        raise Changed(f"the words of {row.key} have changed since they were shown; look again")
    said = {"by": yes.by, "digest": yes.digest, "via": yes.via, "note": yes.note}
    stand = standing(book.connection, row.key)
    with watched(book.connection, approval, approval.c.key, str(row.key)) as yeses:
        if not any(other.by == yes.by and other.digest == yes.digest for other in stand):
            book.connection.execute(insert(approval).values(approval_columns(yes)))
            stand = [*stand, yes]
    book.raise_epoch()
    if row.state is State.PLANNED and enough(stand):
        new = stepped(row, Event.APPROVE, now=yes.at)
        return deliveries.put(book, Event.APPROVE.value, row, new, now=yes.at, detail=said, beside=yeses)
    _enter(book, Event.APPROVE.value, said, row, yes.at, yeses)
    return row


def revoke(book: Book, key: Key, *, by: str, now: datetime, anyway: bool) -> Delivery:
    """Raises LedgerError."""
    row = deliveries.get(book.connection, key)
    if row is None:
        raise LedgerError(f"the ledger knows no delivery {key}")
    if row.state in SEALED and not (anyway and row.state in UNSURE):
        raise LedgerError(f"{key} is {row.state}; it is too late to take an approval back")
    yeses = void(book, key, now)
    book.raise_epoch()
    said = {"by": by}
    if row.state not in _ON_A_YES:
        _enter(book, "revoke", said, row, now, yeses)
        return row
    new = stepped(row, Event.REVISE, now=now, reason=f"{by} took the approval back")
    return deliveries.put(book, "revoke", row, new, now=now, detail=said, beside=yeses)


def void(book: Book, key: Key, now: datetime) -> Rows:
    """Let no yes to a delivery stand any more; the rows that this has changed."""
    with watched(book.connection, approval, approval.c.key, str(key)) as yeses:
        taken_back = update(approval).where(approval.c.key == str(key), _STANDS).values(revoked_at=stamp(now))
        book.connection.execute(taken_back)
    return yeses


def hush(book: Book, key: Key, now: datetime) -> Delivery:
    """Raises LedgerError."""
    row = deliveries.get(book.connection, key)
    if row is None:
        raise LedgerError(f"the ledger knows no delivery {key}")
    new = hushed(row)
    with watched(book.connection, approval, approval.c.key, str(key)) as yeses:
        silent = update(approval).where(approval.c.key == str(key))
        book.connection.execute(
            silent.values(text="", note="", revoked_at=func.coalesce(approval.c.revoked_at, stamp(now)))
        )
    book.raise_epoch()
    return deliveries.put(book, "void", row, new, now=now, detail={"reason": row.reason}, beside=yeses)


def _enter(book: Book, event: str, said: Mapping[str, str], row: Delivery, at: datetime, yeses: Rows) -> None:
    """A line of a delivery that stays in its state."""
    state = row.state.value
    book.enter(event, said, at=at, key=str(row.key), before=state, after=state, rows=yeses)

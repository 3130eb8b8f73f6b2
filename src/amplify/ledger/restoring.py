"""What a ledger put back from a copy no longer knows: whether what was due since then went out, and who said yes.

The copy is older than the truth. Whatever may have left after it was made is unconfirmed, its envelope and its
proofs are gone, and every yes is void: `amplify now` may have sent ahead of its slot what the copy still plans.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import func, select

from amplify.domain.delivery import Delivery, Event, State
from amplify.domain.key import Key
from amplify.domain.step import stepped
from amplify.ledger.book import Book
from amplify.ledger.deliveries import every, put
from amplify.ledger.people import void
from amplify.ledger.rows import moment
from amplify.ledger.schema import approval, history

#: The most that a post may be late (design 2): what was due longer before the copy was made was decided by then.
_LONGEST_LATE = timedelta(hours=6)
_OPEN = (State.PLANNED, State.APPROVED, State.CLAIMED, State.HELD, State.SENDING, State.UNCONFIRMED)
_ON_A_YES = frozenset({State.APPROVED, State.CLAIMED})


def put_back(book: Book, *, by: str, now: datetime, machine: datetime) -> Sequence[Delivery]:
    """Write that down; the deliveries that may be public."""
    written = book.connection.execute(select(func.max(history.c.at))).scalar_one_or_none()
    since = moment(written) if written else now
    book.enter("restore", {"by": by, "copy_of": since.isoformat()}, at=now)
    for key in _with_a_yes(book):
        book.enter("void", {"by": by}, at=now, key=str(key), rows=void(book, key, now))
    book.raise_epoch()
    asked = []
    for row in every(book.connection, _OPEN, None):
        left = row.state in {State.SENDING, State.UNCONFIRMED}
        if left or since - _LONGEST_LATE <= row.due <= now:
            reason = f"the ledger was restored from a copy of {since:%d %b %Y %H:%M} UTC, so it may be public already"
            new = stepped(row, Event.RESTORE, now=now, reason=reason, lost_at=machine)
            asked.append(put(book, Event.RESTORE, row, new, now=now, detail={"reason": reason, "by": by}))
        elif row.state in _ON_A_YES:
            reason = "the ledger was restored from a copy: every yes has to be given again"
            put(book, Event.REVISE, row, stepped(row, Event.REVISE, now=now, reason=reason), now=now, detail={"by": by})
    return asked


def _with_a_yes(book: Book) -> list[Key]:
    stand = select(approval.c.key).where(approval.c.revoked_at.is_(None)).order_by(approval.c.id)
    return [Key.parse(key) for key in dict.fromkeys(book.connection.execute(stand).scalars())]

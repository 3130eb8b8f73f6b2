"""The brake: stops, and the yeses that lift them."""

import json
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, insert, select, update

from amplify.domain.stop import Stop
from amplify.ledger.book import Book
from amplify.ledger.cover import watched
from amplify.ledger.rows import moment, perhaps_moment, stamp
from amplify.ledger.schema import resume_vote, stop


def stops(connection: Connection) -> Sequence[Stop]:
    votes: dict[int, set[str]] = {}
    for vote in connection.execute(select(resume_vote)):
        votes.setdefault(vote.stop, set()).add(vote.who)
    return [
        Stop(
            id=row.id,
            reason=row.reason,
            by=row.who,
            at=moment(row.at),
            channel=row.channel,
            except_posts=frozenset(json.loads(row.except_posts)),
            resumed_by=frozenset(votes.get(row.id, ())),
            lifted_at=perhaps_moment(row.lifted_at),
        )
        for row in connection.execute(select(stop).order_by(stop.c.id))
    ]


def brake(book: Book, *, reason: str, by: str, now: datetime, channel: str, except_posts: frozenset[str]) -> None:
    spared = json.dumps(sorted(except_posts))
    values = {"reason": reason, "who": by, "at": stamp(now), "channel": channel, "except_posts": spared}
    with watched(book.connection, stop) as rows:
        book.connection.execute(insert(stop).values(values))
    book.raise_epoch()
    book.enter("stop", {"by": by, "reason": reason, "channel": channel, "except": spared}, at=now, rows=rows)


def resume(book: Book, *, by: str, now: datetime, people: int) -> int:
    """How many more must say yes."""
    in_force = [each for each in stops(book.connection) if each.lifted_at is None]
    if not in_force:
        return 0
    missing = max(0, people - min(len(each.resumed_by | {by}) for each in in_force))
    with watched(book.connection, stop) as stops_lifted, watched(book.connection, resume_vote) as votes:
        for each in in_force:
            if by not in each.resumed_by:
                book.connection.execute(insert(resume_vote).values(stop=each.id, who=by, at=stamp(now)))
        if missing == 0:
            book.connection.execute(update(stop).where(stop.c.lifted_at.is_(None)).values(lifted_at=stamp(now)))
    book.raise_epoch()
    book.enter("resume", {"by": by, "still_needed": str(missing)}, at=now, rows=stops_lifted | votes)
    return missing

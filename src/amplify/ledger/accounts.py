"""Who answers behind each channel, what the server allows, and whether we must leave it alone."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime

from sqlalchemy import Connection, insert, select, update

from amplify.domain.rendition import Limits
from amplify.domain.traits import Traits, changes
from amplify.ledger.account_rows import account_of, limits_text, traits_text
from amplify.ledger.book import Book
from amplify.ledger.cover import watched
from amplify.ledger.rows import stamp
from amplify.ledger.schema import account
from amplify.ports.ledger import Account, LedgerError


def every(connection: Connection) -> Mapping[str, Account]:
    rows = connection.execute(select(account).order_by(account.c.channel)).all()
    return {row.channel: account_of(row) for row in rows}


def bind(
    book: Book, channel: str, *, id: str, name: str, url: str, limits: Limits, traits: Traits, now: datetime
) -> Account:
    """Raises LedgerError where another identity answered before."""
    known = _get(book.connection, channel)
    if known is not None and known.id not in ("", id):
        raise LedgerError(
            f"behind the channel {channel} answers {name} ({url}), but it belongs to {known.name} ({known.url}); "
            "use the right token, or give the other account a channel of its own"
        )
    said = {"account": id, "name": name, "url": url}
    if known is not None and (changed := changes(known.traits, traits)):
        said["changed"] = changed
    with _noted(book, "bind", said, channel, now):
        allowed = {"limits": limits_text(limits), "traits": traits_text(traits)}
        _set(book.connection, channel, id=id, name=name, url=url, halted="", **allowed)
    bound = _get(book.connection, channel)
    if bound is None:
        raise LedgerError(f"the channel {channel} could not be remembered")
    return bound


def halt(book: Book, channel: str, reason: str, now: datetime) -> None:
    with _noted(book, "halt", {"reason": reason}, channel, now):
        _set(book.connection, channel, halted=reason)


def throttle(book: Book, id: str, until: datetime, now: datetime) -> None:
    with _noted(book, "throttle", {"account": id, "until": stamp(until)}, "", now):
        book.connection.execute(update(account).where(account.c.id == id).values(throttled_until=stamp(until)))


@contextmanager
def _noted(book: Book, event: str, said: Mapping[str, str], channel: str, now: datetime) -> Iterator[None]:
    """A line of the record, where something has changed: an account answers at every connect."""
    with watched(book.connection, account) as rows:
        yield
    if rows:
        book.enter(event, said, at=now, key=channel, rows=rows)


def _get(connection: Connection, channel: str) -> Account | None:
    row = connection.execute(select(account).where(account.c.channel == channel)).one_or_none()
    return None if row is None else account_of(row)


def _set(connection: Connection, channel: str, **values: str | None) -> None:
    """Change a channel's row; one that never connected has a row without an identity."""
    done = connection.execute(update(account).where(account.c.channel == channel).values(values))
    if done.rowcount == 0:
        blank = {"channel": channel, "id": "", "name": "", "url": "", "halted": ""}
        connection.execute(insert(account).values({**blank, **values}))

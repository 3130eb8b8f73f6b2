"""Who answers behind each channel, what the server allows, and whether we must leave it alone."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import Connection, insert, select, update

from amplify.domain.rendition import Limits
from amplify.ledger.rows import account_of, limits_text, stamp
from amplify.ledger.schema import account
from amplify.ports.ledger import Account, LedgerError


def every(connection: Connection) -> Mapping[str, Account]:
    return {row.channel: account_of(row) for row in connection.execute(select(account).order_by(account.c.channel))}


def bind(connection: Connection, channel: str, *, id: str, name: str, url: str, limits: Limits) -> Account:
    """Raises LedgerError where another identity answered before."""
    known = _get(connection, channel)
    if known is not None and known.id not in ("", id):
        raise LedgerError(
            f"behind the channel {channel} answers {name} ({url}), but it belongs to {known.name} ({known.url}); "
            "use the right token, or give the other account a channel of its own"
        )
    _set(connection, channel, id=id, name=name, url=url, halted="", limits=limits_text(limits))
    bound = _get(connection, channel)
    if bound is None:
        raise LedgerError(f"the channel {channel} could not be remembered")
    return bound


def halt(connection: Connection, channel: str, reason: str) -> None:
    _set(connection, channel, halted=reason)


def throttle(connection: Connection, id: str, until: datetime) -> None:
    connection.execute(update(account).where(account.c.id == id).values(throttled_until=stamp(until)))


def _get(connection: Connection, channel: str) -> Account | None:
    row = connection.execute(select(account).where(account.c.channel == channel)).one_or_none()
    return None if row is None else account_of(row)


def _set(connection: Connection, channel: str, **values: str) -> None:
    """Change a channel's row; one that never connected has a row without an identity."""
    done = connection.execute(update(account).where(account.c.channel == channel).values(values))
    if done.rowcount == 0:
        blank = {"channel": channel, "id": "", "name": "", "url": "", "halted": ""}
        connection.execute(insert(account).values({**blank, **values}))

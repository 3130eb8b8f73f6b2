"""The rows of deliveries: looked up, compared, written."""

import secrets
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection, Select, bindparam, insert, or_, select, update
from sqlalchemy.exc import IntegrityError

from amplify.domain.delivery import Delivery, State
from amplify.domain.envelope import Staged
from amplify.domain.key import Key
from amplify.domain.sent import Sent
from amplify.domain.witness import Rows
from amplify.ledger import cover
from amplify.ledger.book import Book
from amplify.ledger.rows import delivery_columns, delivery_of, moment, receipt_of, stamp
from amplify.ledger.schema import delivery
from amplify.ports.ledger import Changed, NewDelivery, Update
from amplify.ports.steps import made, revised

_ORDER = (delivery.c.due, delivery.c.position, delivery.c.key)
#: How many keys one question names; SQLite takes no more than 999 where it is old.
_AT_ONCE = 500
#: What a trigger keeps as it was made.
_FIXED = frozenset({"key", "channel", "nonce", "made_at"})
_NEW, _KEY = "new_", "of_key"
_REWRITE = (
    update(delivery)
    .where(delivery.c.key == bindparam(_KEY))
    .values({column.name: bindparam(f"{_NEW}{column.name}") for column in delivery.c if column.name not in _FIXED})
)


def get(connection: Connection, key: Key) -> Delivery | None:
    row = connection.execute(select(delivery).where(delivery.c.key == str(key))).one_or_none()
    return None if row is None else delivery_of(row)


def every(connection: Connection, states: Iterable[State], until: datetime | None) -> Sequence[Delivery]:
    query = select(delivery).order_by(*_ORDER)
    names = [state.value for state in states]
    if names:
        query = query.where(delivery.c.state.in_(names))
    if until is not None:
        query = query.where(delivery.c.due <= stamp(until))
    return [delivery_of(row) for row in connection.execute(query)]


def next_due(
    connection: Connection, channels: Iterable[str], machine: datetime, skip: Collection[Key]
) -> Delivery | None:
    firsts = [connection.execute(_first_on(channel, machine, skip)).one_or_none() for channel in channels]
    found = [(first.due, first.position, first.key) for first in firsts if first is not None]
    return get(connection, Key.parse(min(found)[2])) if found else None


def _first_on(channel: str, machine: datetime, skip: Collection[Key]) -> Select[tuple[str, int, str]]:
    """The next one of a channel: asked channel by channel, because then the index has them in order."""
    query = (
        select(delivery.c.due, delivery.c.position, delivery.c.key)
        .where(delivery.c.state == State.APPROVED.value, delivery.c.channel == channel)
        .where(or_(delivery.c.not_before.is_(None), delivery.c.not_before <= stamp(machine)))
        .order_by(*_ORDER)
        .limit(1)
    )
    return query.where(delivery.c.key.not_in([str(key) for key in skip])) if skip else query


def sent(connection: Connection, account: str, since: datetime) -> Sequence[Sent]:
    query = select(delivery.c.key, delivery.c.begun_at).where(
        delivery.c.account == account, delivery.c.begun_at >= stamp(since)
    )
    found = [(Key.parse(key), moment(at)) for key, at in connection.execute(query)]
    return [Sent(key=key, thread=key.thread, begun_at=at) for key, at in found]


def remote_ids(connection: Connection, account: str) -> frozenset[str]:
    query = select(delivery.c.receipt).where(delivery.c.account == account, delivery.c.receipt.is_not(None))
    return frozenset(receipt_of(text).remote_id for text in connection.execute(query).scalars())


def seen(connection: Connection, row: Delivery) -> Delivery:
    """The row as it is, if it is still the one that the caller has seen. Raises Changed."""
    now = get(connection, row.key)
    if now is None or now.version != row.version:
        raise Changed(f"{row.key} has changed meanwhile; look again")
    return now


def put(
    book: Book,
    event: str,
    old: Delivery,
    new: Delivery,
    *,
    now: datetime,
    detail: Mapping[str, str],
    beside: Rows | None = None,
) -> Delivery:
    """Write what differs, and the record's line. Raises Changed where the account sends something else already.

    `beside` are rows of other tables that were written with it.
    """
    key = str(new.key)
    try:
        with cover.watched(book.connection, delivery, delivery.c.key, key) as rows:
            write(book.connection, old, new)
    except IntegrityError as error:
        raise Changed(f"{new.key} has to wait: its account is sending another post") from error
    told = {**rows, **(beside or {})}
    book.enter(event, detail, at=now, key=key, before=old.state.value, after=new.state.value, rows=told)
    return new


def write(connection: Connection, old: Delivery, new: Delivery) -> None:
    """Write what differs, without a line of the record."""
    before = delivery_columns(old)
    changed = {name: value for name, value in delivery_columns(new).items() if value != before[name]}
    connection.execute(update(delivery).where(delivery.c.key == str(new.key)).values(changed))


def remark(connection: Connection, row: Delivery, reason: str) -> Delivery:
    """Raises Changed."""
    row = seen(connection, row)
    new = replace(row, reason=reason, version=row.version + 1)
    write(connection, row, new)
    return new


def keep_staged(connection: Connection, row: Delivery, staged: Staged) -> Delivery:
    """Raises Changed."""
    row = seen(connection, row)
    new = replace(row, staged=staged, version=row.version + 1)
    write(connection, row, new)
    return new


def make(book: Book, new: Iterable[NewDelivery], now: datetime) -> None:
    """New rows with their nonces, written together. Raises Changed where somebody has made one first."""
    rows = [made(each, nonce=secrets.token_hex(16), now=now) for each in new]
    if not rows:
        return
    try:
        book.connection.execute(insert(delivery), [delivery_columns(row) for row in rows])
    except IntegrityError as error:
        raise Changed("some of these deliveries are known already; plan again") from error
    told = cover.difference({}, _told(book.connection, [row.key for row in rows]))
    for row in rows:
        own = _own(row.key, told)
        book.enter("create", _written(row), at=now, key=str(row.key), after=row.state.value, rows=own)


def revise(book: Book, changes: Iterable[Update], now: datetime) -> None:
    """Steps that come from the files, written together. Raises Changed, ImpossibleMove."""
    changes = list(changes)
    if not changes:
        return
    keys = [change.key for change in changes]
    rows, before = _many(book.connection, keys), _told(book.connection, keys)
    steps = []
    for change in changes:
        row = rows.get(change.key)
        if row is None:
            raise Changed(f"{change.key} is not known any more; look again")
        rows[change.key] = new = revised(row, change, now=now)
        steps.append((change.event.value, row, new))
    book.connection.execute(_REWRITE, [_rewritten(new) for _, _, new in steps])
    told = cover.difference(before, _told(book.connection, keys))
    for event, row, new in steps:
        said, own = _written(new), _own(new.key, told)
        book.enter(event, said, at=now, key=str(row.key), before=row.state.value, after=new.state.value, rows=own)


def _rewritten(row: Delivery) -> dict[str, object]:
    values = {f"{_NEW}{name}": value for name, value in delivery_columns(row).items() if name not in _FIXED}
    return {**values, _KEY: str(row.key)}


def _many(connection: Connection, keys: Sequence[Key]) -> dict[Key, Delivery]:
    asked = (select(delivery).where(delivery.c.key.in_(some)) for some in _parted(keys))
    rows = (row for query in asked for row in connection.execute(query))
    return {one.key: one for one in map(delivery_of, rows)}


def _told(connection: Connection, keys: Sequence[Key]) -> Mapping[str, str]:
    parts = (cover.told(connection, delivery, delivery.c.key, some) for some in _parted(keys))
    return {name: digest for part in parts for name, digest in part.items()}


def _own(key: Key, told: Rows) -> Rows:
    """What is told of one delivery."""
    name = f"{delivery.name} {key}"
    return {name: told[name]} if name in told else {}


def _parted(keys: Sequence[Key]) -> Iterator[Sequence[str]]:
    """Few enough keys for one question at a time."""
    for start in range(0, len(keys), _AT_ONCE):
        yield [str(key) for key in keys[start : start + _AT_ONCE]]


def _written(row: Delivery) -> Mapping[str, str]:
    """What the record says of a row that comes from the files: never its words."""
    return {"due": stamp(row.due), "digest": row.digest, "file": row.file, "reason": row.reason}

"""Reading the record: the lines for people, and the proof that none was changed."""

import json
from collections.abc import Iterator, Sequence

from sqlalchemy import Connection, LargeBinary, cast, select

from amplify.domain.chain import Line, fault
from amplify.domain.key import Key
from amplify.ledger import deliveries
from amplify.ledger.rows import moment
from amplify.ledger.schema import campaign, history
from amplify.ports.ledger import HistoryLine


def lines(connection: Connection, key: Key | None) -> Sequence[HistoryLine]:
    query = select(history).order_by(history.c.seq)
    if key is not None:
        query = query.where(history.c.key == str(key))
    return [
        HistoryLine(
            seq=row.seq,
            key=row.key,
            event=row.event,
            at=moment(row.at),
            detail=json.loads(row.content) if row.content else {},
            hash=row.hash,
        )
        for row in connection.execute(query)
    ]


def wrong(connection: Connection) -> str:
    """Empty, or the first thing that is wrong with the record, in words."""
    end = connection.execute(select(campaign.c.last_seq, campaign.c.last_hash)).one()
    return fault(
        _stored(connection),
        last_seq=end.last_seq,
        last_hash=end.last_hash,
        states=deliveries.states(connection),
    )


def _stored(connection: Connection) -> Iterator[Line]:
    """The lines as their bytes lie in the file: a damaged one may hold no text any more."""
    raw = [cast(column, LargeBinary).label(column.name) for column in history.c if column.name != "seq"]
    for row in connection.execute(select(history.c.seq, *raw).order_by(history.c.seq)):
        yield Line(
            seq=row.seq,
            key=_text(row.key),
            event=_text(row.event),
            before=_text(row.before),
            after=_text(row.after),
            at=_text(row.at),
            content=None if row.content is None else _text(row.content),
            salt=None if row.salt is None else _text(row.salt),
            digest=_text(row.digest),
            previous=_text(row.previous),
            hash=_text(row.hash),
        )


def _text(raw: bytes) -> str:
    return raw.decode(errors="replace")

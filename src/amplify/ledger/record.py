"""Reading the record: the lines for people, and the proof that none was changed."""

from collections.abc import Iterator, Sequence

from sqlalchemy import Column, Connection, Label, LargeBinary, RowMapping, cast, func, select

from amplify.domain.chain import Line, fault, words
from amplify.domain.key import Key
from amplify.ledger import cover
from amplify.ledger.rows import moment
from amplify.ledger.schema import campaign, delivery, history
from amplify.ledger.soundness import unsound
from amplify.ports.ledger import HistoryLine

_KIND = "kind_of_"


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
            detail=words(row.content),
            hash=row.hash,
        )
        for row in connection.execute(query)
    ]


def wrong(connection: Connection, steps: Sequence[str]) -> str:
    """Empty, or the first thing that is wrong with the record, the rows or the file itself, in words."""
    end = connection.execute(select(campaign.c.last_seq, _bytes(campaign.c.last_hash))).one()
    states = connection.execute(select(_bytes(delivery.c.key), _bytes(delivery.c.state)))
    told = fault(
        _stored(connection),
        last_seq=end.last_seq if isinstance(end.last_seq, int) else 0,
        last_hash=_text(end.last_hash),
        states={_text(row.key): _text(row.state) for row in states},
        rows=cover.every(connection),
    )
    return told or unsound(connection, steps)


def _stored(connection: Connection) -> Iterator[Line]:
    """The lines as their bytes lie in the file: a damaged one may hold no text any more."""
    columns = [column for column in history.c if column.name != "seq"]
    kinds = [func.typeof(column).label(f"{_KIND}{column.name}") for column in columns]
    for row in connection.execute(select(history.c.seq, *map(_bytes, columns), *kinds).order_by(history.c.seq)):
        found = row._mapping  # noqa: SLF001 - how SQLAlchemy calls the row by its names
        said = {column.name: _said(found, column.name) for column in columns}
        yield Line(
            seq=row.seq,
            key=said["key"] or "",
            event=said["event"] or "",
            before=said["before"] or "",
            after=said["after"] or "",
            at=said["at"] or "",
            content=said["content"],
            salt=said["salt"],
            digest=said["digest"] or "",
            previous=said["previous"] or "",
            hash=said["hash"] or "",
        )


def _bytes(column: Column[str]) -> Label[bytes]:
    return cast(column, LargeBinary).label(column.name)


def _said(found: RowMapping, name: str) -> str | None:
    """A text, or nothing; what is neither is told apart from the text with the same bytes."""
    raw, kind = found[name], found[f"{_KIND}{name}"]
    return None if raw is None else _text(raw) if kind == "text" else f"{kind} {_text(raw)}"


def _text(raw: bytes | None) -> str:
    return (raw or b"").decode(errors="replace")

"""Numbers that wait for a person, and what became of them."""

import json
from abc import ABC, abstractmethod
from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import asdict, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, func, insert, select, update

from amplify.domain.figure import Qualifier, Source
from amplify.domain.proposal import Proposal, ProposalState
from amplify.ledger.book import Book
from amplify.ledger.cover import watched
from amplify.ledger.rows import moment, perhaps_moment, perhaps_stamp, stamp
from amplify.ledger.schema import proposal as table
from amplify.ports.settling import event_of, line_of, settled

#: What has a column of its own.
_COLUMNS = frozenset({"id", "figure", "by", "at", "state", "settled_by", "settled_at", "settled_reason"})


class WithProposals(ABC):
    """The part of a ledger that keeps proposals; see ports/proposals.py."""

    @abstractmethod
    def _read(self) -> AbstractContextManager[Connection]: ...

    @abstractmethod
    def _write(self) -> AbstractContextManager[Book]: ...

    def propose(self, proposal: Proposal) -> Proposal:
        with self._write() as book:
            newest = book.connection.execute(select(func.max(table.c.id))).scalar_one()
            made = replace(proposal, id=(newest or 0) + 1)
            with watched(book.connection, table, table.c.id, made.id) as rows:
                book.connection.execute(insert(table).values(id=made.id, **_columns(made)))
            book.enter(event_of(made), line_of(made), at=made.at, rows=rows)
        return made

    def proposals(self, figure: str = "", *, settled: bool = False) -> Sequence[Proposal]:
        is_open = table.c.state == ProposalState.OPEN.value
        query = select(table).where(~is_open if settled else is_open).order_by(table.c.id)
        with self._read() as connection:
            return [_of(row) for row in connection.execute(query.where(table.c.figure == figure) if figure else query)]

    def settle(self, id: int, *, by: str, accepted: bool, reason: str, now: datetime) -> Proposal:
        with self._write() as book:
            row = book.connection.execute(select(table).where(table.c.id == id)).one_or_none()
            found = None if row is None else _of(row)
            done = settled(found, id, by=by, accepted=accepted, reason=reason, now=now)
            with watched(book.connection, table, table.c.id, id) as rows:
                book.connection.execute(update(table).where(table.c.id == id).values(_columns(done)))
            book.enter(event_of(done), line_of(done), at=now, rows=rows)
        return done


def _columns(one: Proposal) -> dict[str, Any]:
    said = {name: value for name, value in asdict(one).items() if name not in _COLUMNS}
    days = {"as_of": one.as_of.isoformat(), "published_on": one.published_on and one.published_on.isoformat()}
    return {
        "figure": one.figure,
        "state": one.state.value,
        "who": one.by,
        "at": stamp(one.at),
        "said": json.dumps({**said, **days}, ensure_ascii=False),
        "settled_by": one.settled_by or None,
        "settled_at": perhaps_stamp(one.settled_at),
        "settled_reason": one.settled_reason or None,
    }


def _of(row: Row[Any]) -> Proposal:
    said = json.loads(row.said)
    known = {
        "as_of": date.fromisoformat(said["as_of"]),
        "published_on": date.fromisoformat(said["published_on"]) if said["published_on"] else None,
        "qualifier": Qualifier(said["qualifier"]),
        "source": Source(**said["source"]),
        "doubts": tuple(said["doubts"]),
    }
    return Proposal(
        **{**said, **known},
        id=row.id,
        figure=row.figure,
        state=ProposalState(row.state),
        by=row.who,
        at=moment(row.at),
        settled_by=row.settled_by or "",
        settled_at=perhaps_moment(row.settled_at),
        settled_reason=row.settled_reason or "",
    )

"""One write transaction: the epoch, and the record to which every write adds its line."""

import secrets
from collections.abc import Mapping
from dataclasses import fields
from datetime import datetime

from sqlalchemy import Connection, insert, select, update

from amplify.domain.chain import Line, seal
from amplify.domain.witness import Rows
from amplify.ledger.rows import moment, stamp
from amplify.ledger.schema import campaign, history

_NEVER = "1970-01-01T00:00:00.000000+00:00"
_COLUMNS = tuple(field.name for field in fields(Line))


class Book:
    """Reads the campaign's row once and writes it back once."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        row = connection.execute(select(campaign)).one()
        self.epoch: int = row.epoch
        self._found = (row.epoch, row.last_seq, row.last_hash)
        self._lines: list[Line] = []

    @property
    def newest(self) -> datetime:
        """The time of the last line."""
        query = select(history.c.at).order_by(history.c.seq.desc()).limit(1)
        return moment(self.connection.execute(query).scalar_one_or_none() or _NEVER)

    def touch(self) -> None:
        """Write what is there already: a full disk takes not even that."""
        self.connection.execute(update(campaign).values(one=1))

    def raise_epoch(self) -> None:
        """Something was written that can forbid a send."""
        self.epoch += 1

    def enter(
        self,
        event: str,
        detail: Mapping[str, str],
        *,
        at: datetime,
        key: str = "",
        before: str = "",
        after: str = "",
        rows: Rows | None = None,
    ) -> None:
        """Add a line to the record; `key` is a delivery's, a channel, or empty; `rows` are those it has changed."""
        _, seq, previous = self._end()
        line = seal(
            detail,
            seq=seq + 1,
            key=key,
            event=event,
            before=before,
            after=after,
            at=stamp(at),
            salt=secrets.token_hex(16),
            previous=previous,
            rows=rows,
        )
        self._lines.append(line)

    def close(self) -> None:
        """Write the lines, the epoch and the end of the record, where they have moved."""
        if self._lines:
            self.connection.execute(
                insert(history), [{name: getattr(line, name) for name in _COLUMNS} for line in self._lines]
            )
        epoch, seq, last = self._end()
        if (epoch, seq, last) != self._found:
            self.connection.execute(update(campaign).values(epoch=epoch, last_seq=seq, last_hash=last))

    def _end(self) -> tuple[int, int, str]:
        _, seq, last = self._found
        return (self.epoch, self._lines[-1].seq, self._lines[-1].hash) if self._lines else (self.epoch, seq, last)

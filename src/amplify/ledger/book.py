"""One write transaction: the epoch, and the record to which every write adds its line."""

import secrets
from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime

from sqlalchemy import Connection, insert, select, update

from amplify.domain.chain import seal
from amplify.ledger.rows import stamp
from amplify.ledger.schema import campaign, history


class Book:
    """Reads the campaign's row once and writes it back once."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        row = connection.execute(select(campaign)).one()
        self.epoch: int = row.epoch
        self._found = self._noted = (row.epoch, row.last_seq, row.last_hash)

    def raise_epoch(self) -> None:
        """Something was written that can forbid a send."""
        self.epoch += 1

    def enter(
        self, event: str, detail: Mapping[str, str], *, at: datetime, key: str = "", before: str = "", after: str = ""
    ) -> None:
        """Add a line to the record; `key` is a delivery's, a channel, or empty."""
        _, seq, previous = self._noted
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
        )
        self.connection.execute(insert(history).values(asdict(line)))
        self._noted = (self.epoch, line.seq, line.hash)

    def close(self) -> None:
        """Note the epoch and the end of the record, where they have moved."""
        _, seq, last = self._noted
        if (self.epoch, seq, last) != self._found:
            self.connection.execute(update(campaign).values(epoch=self.epoch, last_seq=seq, last_hash=last))

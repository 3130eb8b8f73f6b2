"""The revision in force, read once: what every send looks its words up in."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field

from amplify.domain.key import Key
from amplify.domain.wanted import Wanted
from amplify.domain.written import Written
from amplify.ports.ledger import Ledger, LedgerError, Revision
from amplify.services.workshop import Workshop


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """One revision, with every delivery it asks for under its key and under its former key."""

    revision: int
    written: Written
    wanted: Mapping[Key, Wanted]

    def made_of(self, key: Key) -> Wanted | None:
        """What a delivery was made of; for a part of a text that has since become too short to be cut, that text."""
        found, uncut = self.wanted.get(key), self.wanted.get(key.thread)
        return uncut if found is None and uncut is not None and uncut.post.split else found


@dataclass(slots=True, kw_only=True)
class Office:
    """Keeps the newest copy; reading happens off the event loop, once a revision."""

    ledger: Ledger
    workshop: Workshop
    _newest: Copy | None = None
    _reading: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def copy(self, number: int) -> Copy:
        """Revision `number`, or a newer one: then the epoch has moved and BEGIN will refuse. Raises LedgerError."""
        async with self._reading:
            if self._newest is None or self._newest.revision != number:
                self._newest = await asyncio.to_thread(self._read)
            return self._newest

    def _read(self) -> Copy:
        revision = self.ledger.revision()
        if revision is None:
            raise LedgerError("nothing is applied yet")
        return copy_of(revision, self.workshop)


def copy_of(revision: Revision, workshop: Workshop) -> Copy:
    written = workshop.author.read(revision.files)
    wanted: dict[Key, Wanted] = {}
    for each in workshop.wanted(written):
        wanted[each.key] = each
        if each.former is not None:
            wanted.setdefault(each.former, each)
    return Copy(revision=revision.id, written=written, wanted=wanted)

"""The revision in force, read once: what every send looks its words up in."""

import asyncio
from dataclasses import dataclass, field

from amplify.ports.ledger import Ledger, LedgerError
from amplify.services.revision_copy import Copy, copy_of
from amplify.services.workshop import Workshop


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

"""The part of a ledger in memory that knows which channels do not answer."""

from collections.abc import Sequence
from datetime import datetime

from amplify.ports.reaching import Away
from amplify.testing.memory_shelf import OnShelf, alone


class MemoryReaching(OnShelf):
    @alone
    def miss(self, channel: str, why: str, at: datetime) -> None:
        known = self.shelf.away.get(channel)
        self.shelf.away[channel] = Away(channel=channel, since=known.since if known is not None else at, why=why)

    @alone
    def meet(self, channel: str) -> None:
        self.shelf.away.pop(channel, None)

    @alone
    def away(self) -> Sequence[Away]:
        return [one for _, one in sorted(self.shelf.away.items())]

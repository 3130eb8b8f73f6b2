"""The part of a ledger in memory that takes notes."""

from collections.abc import Mapping
from datetime import datetime

from amplify.ports.noting import Deed
from amplify.testing.memory_shelf import OnShelf, alone, shown


class MemoryNotes(OnShelf):
    @alone
    def note(self, deed: Deed, channel: str, said: Mapping[str, str], *, now: datetime) -> None:
        self.shelf.enter(deed.value, now, said, key=channel)

    @alone
    def noted(self, deed: Deed, channel: str) -> Mapping[str, str]:
        mine = [line for line in self.shelf.lines if (line.key, line.event) == (channel, deed.value)]
        return shown(mine[-1]).detail if mine else {}

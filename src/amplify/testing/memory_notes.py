"""The part of a ledger in memory that takes notes."""

from collections.abc import Mapping
from datetime import datetime

from amplify.ports.noting import Deed
from amplify.testing.memory_shelf import OnShelf, alone


class MemoryNotes(OnShelf):
    @alone
    def note(self, deed: Deed, channel: str, said: Mapping[str, str], *, now: datetime) -> None:
        self.shelf.enter(deed.value, now, said, key=channel)

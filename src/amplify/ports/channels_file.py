"""Where a campaign's channels are written down by hand, and by `amplify channels add` one at a time."""

from collections.abc import Mapping
from typing import Protocol


class ChannelsFile(Protocol):
    def check(self, name: str) -> None:
        """Raises CannotWrite where an entry of that name could not be added, whatever it says."""
        ...

    def add(self, name: str, said: Mapping[str, str]) -> None:
        """Write a new entry behind all others; nothing else changes. Raises CannotWrite (of figures_file), and then nothing has."""
        ...

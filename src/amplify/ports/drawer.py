"""Where something can be kept that could be worked out anew at any time."""

from collections.abc import Collection
from typing import Protocol


class Drawer(Protocol):
    """Nothing in it decides anything: whoever opens it must be able to do without, and to tell what is damaged."""

    def load(self, name: str) -> bytes | None:
        """What was saved last; None where nothing is kept, or it is not whole. Never raises."""
        ...

    def save(self, name: str, data: bytes) -> None:
        """Keep it in place of what was kept. Never raises: then it is not kept."""
        ...

    def keep_only(self, names: Collection[str]) -> None:
        """Throw everything else away. Never raises."""
        ...

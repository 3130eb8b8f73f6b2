"""What carries notices to coordinators, and tells a service outside that the worker lives.

All of it is beside the work: it may fail or hang, and nothing that is published waits for it.
"""

from collections.abc import Mapping
from typing import Protocol


class NotTold(Exception):
    """A notice or a heartbeat did not arrive. The message says why and holds no address."""


class Notifier(Protocol):
    """One address of a coordinator, or of several."""

    @property
    def kind(self) -> str:
        """The service, for people; no part of it is secret."""
        ...

    async def notify(self, title: str, body: str, *, urgent: bool) -> None:
        """Hand a notice over. Raises NotTold, within a bounded time."""
        ...


class Heartbeat(Protocol):
    """A service outside that raises the alarm when it hears nothing for a while."""

    async def beat(self) -> None:
        """Raises NotTold, within a bounded time."""
        ...


class Memory(Protocol):
    """What one recipient was told, between runs: topic → mark."""

    def load(self) -> Mapping[str, str]:
        """Empty where nothing is kept or it cannot be read."""
        ...

    def save(self, told: Mapping[str, str]) -> None:
        """Keep it in place of what was kept. Raises OSError."""
        ...

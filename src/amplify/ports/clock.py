"""Time as an argument. Two clocks, because a rehearsal squeezes a day into a minute.

Campaign time: slots, quiet hours, caps, figure ages, record keys, createdAt.
Machine time: leases, timeouts, quarantine, replay windows, throttles, the lateness allowance.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Protocol

from amplify.domain.post import Repeat


class Clock(Protocol):
    """All instants are in UTC."""

    def now(self) -> datetime:
        """Campaign time."""
        ...

    def machine(self) -> datetime:
        """Machine time."""
        ...

    def on_machine(self, at: datetime) -> datetime:
        """The machine time at which campaign time is `at`."""
        ...


class Alarm(Protocol):
    """Wakes the worker at an instant, or earlier when somebody rings."""

    async def sleep_until(self, at: datetime) -> None:
        """Return at machine time `at`, or as soon as ring() is called."""
        ...

    def ring(self) -> None:
        """End the sleep now."""
        ...

    def close(self) -> None: ...


class Recurrence(Protocol):
    """Computes the wall times of a repeating post."""

    def wall_times(self, repeat: Repeat) -> Iterator[tuple[str, datetime]]:
        """Each firing as its label and its naive time on the wall of the campaign's zone, in order.

        The label is the nominal period: ISO week where weekdays are named, month where days of the month
        are, else the date. Raises ValueError when the rule cannot be read, or when two firings share a label.
        """
        ...

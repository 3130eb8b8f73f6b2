"""Hearing of the work is nobody's business but the listener's: listeners have a thread of their own.

One that raises is told of once in a while; one that hangs, such as a terminal that is held with Ctrl-S or a pipe that
nobody reads, delays no delivery.
"""

import queue
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from amplify.domain.delivery import Delivery

#: What a listener that hangs has not heard; more is dropped.
_MOST = 10_000
#: Between two complaints about a listener.
_ONCE_IN = timedelta(minutes=10)


@dataclass(slots=True, kw_only=True)
class Aside:
    """Stands in for `tell` and `say`; see Worker. `time` is the machine's."""

    listen: Callable[[Delivery], None]
    hear: Callable[[str], None]
    time: Callable[[], datetime]
    _heard: "queue.Queue[Callable[[], None] | None]" = field(default_factory=lambda: queue.Queue(_MOST))
    _thread: threading.Thread | None = None
    _complained: datetime | None = None

    def tell(self, row: Delivery) -> None:
        self._pass_on(lambda: self.listen(row))

    def say(self, words: str) -> None:
        self._pass_on(lambda: self.hear(words))

    def end(self, within: timedelta) -> None:
        """Wait, for so long at most, until all is heard."""
        if self._thread is None:
            return
        with suppress(queue.Full):
            self._heard.put_nowait(None)
            self._thread.join(within.total_seconds())

    def _pass_on(self, hears: Callable[[], None]) -> None:
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, daemon=True, name="listeners")
            self._thread.start()
        with suppress(queue.Full):
            self._heard.put_nowait(hears)

    def _run(self) -> None:
        while (hears := self._heard.get()) is not None:
            try:
                hears()
            except Exception as error:  # noqa: BLE001 - whatever it was, the next one may be heard
                self._complain(error)

    def _complain(self, error: Exception) -> None:
        now = self.time()
        if self._complained is None or now >= self._complained + _ONCE_IN:
            self._complained = now
            with suppress(Exception):
                self.hear(f"What was done could not be told: {error!r}. Posts go out all the same.")

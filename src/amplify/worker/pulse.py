"""The dead-man's switch: as long as the worker is healthy, a service outside hears from it. When it stops, that tells."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from amplify.ports.clock import Clock
from amplify.ports.notifier import Heartbeat, NotTold
from amplify.worker.health import Health

_ONCE_IN = timedelta(hours=1)


@dataclass(slots=True, kw_only=True)
class Pulse:
    """Without a heartbeat it only looks whether the ledger can be written, before something has to be."""

    health: Health
    clock: Clock
    heartbeat: Heartbeat | None
    say: Callable[[str], None]
    every: timedelta
    _complained: datetime | None = None

    async def run(self) -> None:
        """The first beat comes after a while: a worker that dies young again and again is not alive."""
        while True:
            await asyncio.sleep(self.every.total_seconds())
            await self.beat()

    async def beat(self) -> None:
        try:
            ailing = await self.health.ailing(self.clock.machine())
            if self.heartbeat is None:
                return
            if ailing:
                self._complain(f"No heartbeat is sent: {ailing}")
                return
            await self.heartbeat.beat()
        except NotTold as error:
            self._complain(f"The heartbeat did not arrive: {error}. Posts go out all the same.")
        except Exception as error:  # noqa: BLE001 - a bug of ours in here must not end the heartbeat, nor anything else
            self._complain(f"The heartbeat is in trouble: {error!r}. Posts go out all the same.")

    def _complain(self, words: str) -> None:
        at = self.clock.machine()
        if self._complained is None or at >= self._complained + _ONCE_IN:
            self._complained = at
            self.say(words)

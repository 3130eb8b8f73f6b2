"""What goes on beside the work: notices, the heartbeat and looks at sources. Nothing in the worker waits for them before its end."""

import asyncio
from collections.abc import Coroutine, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from amplify.ports.notifier import Heartbeat, Memory, Notifier
from amplify.worker.collector import Collector
from amplify.worker.crier import Crier
from amplify.worker.pulse import Pulse
from amplify.worker.recipient import Recipient


@dataclass(frozen=True, slots=True, kw_only=True)
class Outside:
    """Whom the worker tells: in a rehearsal, nobody.

    `look`: how often there may be news. `gap`: how long what is not urgent is gathered after a notice. `beat`: how
    often the heartbeat is sent. `calm`: how long the ledger must have been well before that is told.
    """

    recipients: Sequence[tuple[Notifier, Memory]] = ()
    heartbeat: Heartbeat | None = None
    look: timedelta = timedelta(seconds=5)
    gap: timedelta = timedelta(minutes=10)
    beat: timedelta = timedelta(minutes=1)
    calm: timedelta = timedelta(minutes=5)

    @property
    def nobody(self) -> bool:
        return not self.recipients and self.heartbeat is None

    def addressed(self) -> Sequence[Recipient]:
        return [
            Recipient(name=f"address {number} ({notifier.kind})", notifier=notifier, memory=memory, gap=self.gap)
            for number, (notifier, memory) in enumerate(self.recipients, start=1)
        ]


@dataclass(slots=True, kw_only=True)
class Beside:
    crier: Crier
    pulse: Pulse
    collector: Collector | None
    _telling: list["asyncio.Task[None]"] = field(default_factory=list)
    _looking: "asyncio.Task[None] | None" = None

    def start(self, outside: Outside) -> None:
        """As far as anybody is to be told, and anything to be looked at."""
        if not outside.nobody:
            self._tell(self.pulse.run())
        if outside.recipients:
            self._tell(self.crier.run())
        if self.collector is not None:
            self._looking = asyncio.create_task(self.collector.run())

    async def end(self) -> None:
        """Let what is new be told, for as long as couriers have."""
        going = [*self._telling, *([self._looking] if self._looking is not None else [])]
        for task in going:
            task.cancel()
        await asyncio.gather(*going, return_exceptions=True)
        if self._telling:
            await asyncio.gather(self.pulse.beat(), self.crier.end())

    def _tell(self, work: Coroutine[Any, Any, None]) -> None:
        self._telling.append(asyncio.create_task(work))

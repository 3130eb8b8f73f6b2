"""Looks, every few seconds, at what people should know, and offers it to each recipient."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from amplify.bootstrap import App
from amplify.domain.campaign import Campaign
from amplify.domain.guard import quiet_until
from amplify.domain.notice import SUMMARY, About, Concern, Outlook
from amplify.domain.when import zone_named
from amplify.ports.ledger import LedgerError
from amplify.services.office import Copy, Office
from amplify.services.scene import look
from amplify.services.summary import summary
from amplify.worker.connections import Connections
from amplify.worker.health import Health
from amplify.worker.recipient import Recipient

#: When the day begins for a campaign without quiet hours.
_MORNING = time(8)
_ONCE_IN = timedelta(hours=1)


def ledger_trouble(why: str) -> Concern:
    return Concern(about=About.LEDGER, subject="", what=why)


@dataclass(slots=True, kw_only=True)
class Crier:
    app: App
    office: Office
    connections: Connections
    health: Health
    recipients: Sequence[Recipient]
    say: Callable[[str], None]
    every: timedelta
    _campaign: Campaign | None = None
    _complained: datetime | None = None

    async def run(self) -> None:
        while True:
            await self._round()
            await asyncio.sleep(self.every.total_seconds())

    async def end(self) -> None:
        """Tell what is new and not told yet, once more."""
        try:
            outlook = await self._outlook()
            at = self.app.clock.machine()
            await asyncio.gather(
                *(one.last_words(outlook, self._name, self._secrets(), at, self.say) for one in self.recipients)
            )
        except Exception as error:  # noqa: BLE001 - the worker ends as it would have ended
            self._complain(error)

    async def _round(self) -> None:
        try:
            outlook = await self._outlook()
            at = self.app.clock.machine()
            for recipient in self.recipients:
                recipient.offer(outlook, self._name, self._secrets(), at, self.say)
        except Exception as error:  # noqa: BLE001 - a bug of ours in here must not end the notices, nor anything else
            self._complain(error)

    async def _outlook(self) -> Outlook:
        """What can be known just now; of a ledger that cannot be read, only that."""
        trouble = self.health.trouble
        now = self.app.clock.now()
        try:
            return await self._seen(now, trouble)
        except LedgerError as error:
            concerns = [ledger_trouble(trouble or str(error))]
            return Outlook(concerns=concerns, hush=self._hush(now))

    async def _seen(self, now: datetime, trouble: str) -> Outlook:
        ledger, copy = self.app.ledger, await self._copy()
        if copy is not None and copy.written.campaign is not None:
            self._campaign = copy.written.campaign
        stuck, connected = dict(self.connections.stuck), frozenset(self.connections.publishers)
        scene = await asyncio.to_thread(look, ledger, self.app.folder, copy, stuck=stuck, connected=connected)
        concerns = [*([ledger_trouble(trouble)] if trouble else []), *scene.concerns()]
        topics = {topic for recipient in self.recipients for topic in recipient.told}
        ends = await asyncio.to_thread(scene.ends, topics - {concern.topic for concern in concerns}, ledger)
        hush, day = self._hush(now), self._day(now)
        wanted = not hush and any(recipient.told.get(SUMMARY) != day for recipient in self.recipients)
        rows = await asyncio.to_thread(ledger.deliveries) if wanted else ()
        said = summary(rows, now, self._zone)
        return Outlook(concerns=concerns, ends=ends, day=day, summary=said, hush=hush)

    async def _copy(self) -> Copy | None:
        number = await asyncio.to_thread(self.app.ledger.revision_id)
        return await self.office.copy(number) if number else None

    @property
    def _name(self) -> str:
        return self._campaign.name if self._campaign is not None else "amplify"

    @property
    def _zone(self) -> ZoneInfo:
        return zone_named(self._campaign.zone if self._campaign is not None else "UTC")

    def _hush(self, now: datetime) -> bool:
        quiet = self._campaign.rules.quiet_hours if self._campaign is not None else None
        return quiet is not None and quiet_until(quiet, now, self._zone.key) is not None

    def _day(self, now: datetime) -> str:
        """The day that has begun; empty before it has."""
        quiet = self._campaign.rules.quiet_hours if self._campaign is not None else None
        local = now.astimezone(self._zone)
        return f"{local:%Y-%m-%d}" if local.time() >= (quiet.until if quiet is not None else _MORNING) else ""

    def _secrets(self) -> frozenset[str]:
        return self.connections.secrets() | self.app.settings.addresses

    def _complain(self, error: Exception) -> None:
        at = self.app.clock.machine()
        if self._complained is None or at >= self._complained + _ONCE_IN:
            self._complained = at
            self.say(f"Notices are in trouble and are tried again: {error!r}. Posts go out all the same.")

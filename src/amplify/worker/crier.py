"""Looks, every few seconds, at what people should know, and offers it to each recipient."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from amplify.bootstrap import App
from amplify.domain.campaign import Campaign
from amplify.domain.notice import SUMMARY, About, Concern, Outlook
from amplify.domain.protected import Register
from amplify.domain.quiet import quiet_until
from amplify.domain.when import zone_named
from amplify.ports.ledger import LedgerError
from amplify.services.office import Office
from amplify.services.revision_copy import Copy
from amplify.services.scene import REGISTER, Scene, look
from amplify.services.summary import summary
from amplify.worker.connections import Connections
from amplify.worker.health import Health
from amplify.worker.recipient import Recipient

#: When the day begins for a campaign without quiet hours.
_MORNING = time(8)
_ONCE_IN = timedelta(hours=1)


def ledger_trouble(why: str) -> Concern:
    return Concern(about=About.LEDGER, subject="", what=why)


def _concerns(scene: Scene, register: Register) -> list[Concern]:
    """All that is so now, without the names of protected persons, and first what keeps everything from leaving."""
    fault = Concern(about=About.BRAKE, subject=REGISTER, what=register.fault)
    told = [replace(one, what=register.masked(one.what), why=register.masked(one.why)) for one in scene.concerns()]
    return [fault, *told] if register.fault else told


@dataclass(slots=True, kw_only=True)
class Crier:
    app: App
    office: Office
    connections: Connections
    health: Health
    recipients: Sequence[Recipient]
    say: Callable[[str], None]
    every: timedelta
    calm: timedelta
    _campaign: Campaign | None = None
    _troubled: datetime | None = None
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
                await recipient.offer(outlook, self._name, self._secrets(), at, self.say)
        except Exception as error:  # noqa: BLE001 - a bug of ours in here must not end the notices, nor anything else
            self._complain(error)

    async def _outlook(self) -> Outlook:
        """What can be known just now; of a ledger that cannot be read, only that."""
        now, trouble = self.app.clock.now(), self.health.trouble
        try:
            outlook = await self._seen(now)
        except LedgerError as error:
            outlook, trouble = Outlook(concerns=(), hush=self._hush(now)), trouble or str(error)
        return self._with_trouble(outlook, trouble)

    def _with_trouble(self, outlook: Outlook, trouble: str) -> Outlook:
        """The ledger is not called well before it has been so for a while: it may come and go all night."""
        at = self.app.clock.machine()
        if trouble:
            self._troubled = at
            outlook = replace(outlook, concerns=[ledger_trouble(trouble), *outlook.concerns])
        if self._troubled is None or (not trouble and at >= self._troubled + self.calm):
            return outlook
        over = ledger_trouble("").topic
        return replace(outlook, ends={topic: said for topic, said in outlook.ends.items() if topic != over})

    async def _seen(self, now: datetime) -> Outlook:
        """Raises LedgerError."""
        ledger, copy = self.app.ledger, await self._copy()
        if copy is not None and copy.written.campaign is not None:
            self._campaign = copy.written.campaign
        stuck, connected = dict(self.connections.stuck), frozenset(self.connections.publishers)
        at, notebook = self.app.clock.machine(), self.app.notebook
        scene = await asyncio.to_thread(
            look, ledger, self.app.folder, copy, notebook, stuck=stuck, connected=connected, machine=at
        )
        told = [await recipient.told() for recipient in self.recipients]
        ends = await asyncio.to_thread(scene.ends, {topic for each in told for topic in each}, ledger)
        hush, day = self._hush(now), self._day(now)
        wanted = not hush and any(each.get(SUMMARY) != day for each in told)
        rows = await asyncio.to_thread(ledger.deliveries) if wanted else ()
        register = await asyncio.to_thread(self.app.protection.read)
        said = register.masked(summary(rows, now, self._zone))
        ends = {topic: register.masked(sentence) for topic, sentence in ends.items()}
        return Outlook(concerns=_concerns(scene, register), ends=ends, day=day, summary=said, hush=hush)

    async def _copy(self) -> Copy | None:
        """None where it cannot be read: then every post is told of as if it were about a person."""
        number = await asyncio.to_thread(self.app.ledger.revision_id)
        try:
            return await self.office.copy(number) if number else None
        except LedgerError:
            raise
        except Exception as error:  # noqa: BLE001 - a bug in reading files is no reason not to tell of trouble
            self._complain(error)
            return None

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

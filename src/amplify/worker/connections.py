"""The channels of the revision in force, connected; those out of reach are tried again.

Once a day each is asked anew who it is: a label may have been switched off, a token taken back, limits may have changed.
Nobody waits for a connection: a server that hangs would else hold up the posts of every other channel.
"""

import asyncio
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from amplify.bootstrap import App
from amplify.config.settings import NoSecret
from amplify.domain.budget import about_span as about
from amplify.domain.channel import Channel
from amplify.ports.ledger import LedgerError
from amplify.ports.publisher import Access
from amplify.services.changed_mind import changed_mind
from amplify.services.discreet import Discreet
from amplify.services.meter import LedgerMeter
from amplify.services.reach import OutOfReach, reach, secrets_in

_TRY_AGAIN = timedelta(seconds=10)
_LOOK_AGAIN = timedelta(days=1)


@dataclass(slots=True, kw_only=True)
class Connections:
    """`publishers` by channel. `stuck` are channels that only a person can help, with the reason.

    `tried` is called when an attempt to connect has ended, whatever came of it.
    """

    app: App
    say: Callable[[str], None]
    tried: Callable[[], None]
    publishers: dict[str, Discreet] = field(default_factory=dict)
    stuck: dict[str, str] = field(default_factory=dict)
    _told: set[str] = field(default_factory=set)
    _channels: Mapping[str, Channel] = field(default_factory=dict)
    _retry: dict[str, datetime] = field(default_factory=dict)
    _trying: dict[str, asyncio.Task[None]] = field(default_factory=dict)
    _seen: dict[str, datetime] = field(default_factory=dict)
    _let_go: list[Discreet] = field(default_factory=list)

    @property
    def trying(self) -> bool:
        return bool(self._trying)

    @property
    def next_try(self) -> datetime | None:
        """When the next channel that is out of reach is tried again."""
        waiting = self._channels.keys() - self.publishers.keys() - self.stuck.keys() - self._trying.keys()
        return min((self._retry[name] for name in waiting if name in self._retry), default=None)

    def secrets(self) -> frozenset[str]:
        """All that are loaded now: those of the environment, and those that servers have given us."""
        given = (publisher.secrets for publisher in (*self.publishers.values(), *self._let_go))
        return frozenset(self._told).union(*given)

    async def follow(self, channels: Mapping[str, Channel]) -> None:
        """Let go of channels that are no longer written as they were; connect() takes up the others."""
        for name in [name for name in self._channels if channels.get(name) != self._channels[name]]:
            self.stuck.pop(name, None)
            self._retry.pop(name, None)
            await self._give_up(name)
            if name in self.publishers:
                await self.publishers.pop(name).close()
        new = [channel for name, channel in channels.items() if self._channels.get(name) != channel]
        self._channels = dict(channels)
        for channel in new:
            with suppress(NoSecret):
                self._access(channel)
        await self._forget()

    def connect(self) -> None:
        """Begin to reach, side by side, every channel whose turn it is: it is not connected, or was seen a day ago."""
        machine = self.app.clock.machine()
        for name, channel in self._channels.items():
            if name in self.stuck or name in self._trying:
                continue
            turn = self._seen[name] + _LOOK_AGAIN if name in self.publishers else self._retry.get(name, machine)
            if turn <= machine:
                self._trying[name] = asyncio.create_task(self._try(channel))

    async def close(self) -> None:
        for name in tuple(self._trying):
            await self._give_up(name)
        for publisher in (*self.publishers.values(), *self._let_go):
            await publisher.close()

    async def _give_up(self, name: str) -> None:
        if name in self._trying:
            attempt = self._trying.pop(name)
            attempt.cancel()
            await asyncio.gather(attempt, return_exceptions=True)

    async def _try(self, channel: Channel) -> None:
        again = channel.name in self.publishers
        try:
            await (self._look_again(channel) if again else self._reach(channel))
        except Exception as error:  # noqa: BLE001 - a bug of one network must not end the others' work
            if not again:
                await self._later(channel.name, repr(error))
        self._trying.pop(channel.name, None)
        self.tried()

    async def _reach(self, channel: Channel) -> None:
        try:
            access = self._access(channel)
        except NoSecret as missing:
            await self._miss(channel.name, str(missing))
            self._stick(channel.name, str(missing))
            return
        meter = self._meter(channel)
        if (until := await meter.shut_until()) is not None:
            await self._later(channel.name, "its server has asked to wait", until)
            return
        try:
            publisher = await self._reached(channel, replace(access, meter=meter))
        except OutOfReach as error:
            if error.halted:
                self._stick(channel.name, str(error))
            else:
                until = await meter.shut(error.throttled) if error.throttled is not None else None
                await self._later(channel.name, str(error), until)
        else:
            meter.belongs_to(publisher.identity.id, publisher.limits.budgets)
            self.publishers[channel.name] = publisher
            await self._meet(channel.name)
            self._seen[channel.name] = self.app.clock.machine()

    async def _look_again(self, channel: Channel) -> None:
        """Beside the connection in use, which is let go of, not cut, where it is refused for good or something is different."""
        self._seen[channel.name] = self.app.clock.machine()
        meter = self._meter(channel)
        if await meter.shut_until() is not None:
            return
        try:
            publisher = await self._reached(channel, replace(self._access(channel), meter=meter))
        except OutOfReach as error:
            if error.halted:
                in_use = self.publishers.pop(channel.name, None)
                self._let_go += [in_use] if in_use is not None else []
                self._stick(channel.name, str(error))
        else:
            await self._take_up(channel, publisher, meter)

    async def _take_up(self, channel: Channel, publisher: Discreet, meter: LedgerMeter) -> None:
        """The one in use goes on where nothing is different."""
        in_use = self.publishers.get(channel.name)
        if in_use is None or _is_like(in_use, publisher):
            await publisher.close()
            return
        meter.belongs_to(publisher.identity.id, publisher.limits.budgets)
        self._let_go.append(in_use)
        self.publishers[channel.name] = publisher

    def _access(self, channel: Channel) -> Access:
        """Its secrets are known from then on. Raises NoSecret."""
        access = self.app.access(channel)
        self._told |= secrets_in(access, self.app.networks[channel.network])
        return access

    def _meter(self, channel: Channel) -> LedgerMeter:
        budgets = self.app.networks[channel.network].defaults.budgets
        return LedgerMeter(ledger=self.app.ledger, clock=self.app.clock, door=channel.account_hint, budgets=budgets)

    async def _reached(self, channel: Channel, access: Access) -> Discreet:
        """What is different since the last time is told. Raises OutOfReach."""
        networks, now = self.app.networks, self.app.clock.now
        before = await asyncio.to_thread(self.app.ledger.accounts)
        publisher = await reach(
            *(channel, access, networks, self.app.ledger, self._channels, now),
            besides=self.secrets,
        )
        told = await asyncio.to_thread(changed_mind, channel, before, self.app.ledger, self.app.workshop)
        if told:
            self.say(told)
        return publisher

    async def _later(self, name: str, reason: str, until: datetime | None = None) -> None:
        machine = self.app.clock.machine()
        self._retry[name] = until or machine + _TRY_AGAIN
        again = f" in {about(until - machine)}" if until is not None else ""
        self.say(f"{name} is out of reach, will try again{again}: {reason}")
        await self._miss(name, reason)

    async def _forget(self) -> None:
        """What was said of channels that are no longer written."""
        with suppress(LedgerError):
            for one in await asyncio.to_thread(self.app.ledger.away):
                if one.channel not in self._channels:
                    await self._meet(one.channel)

    async def _meet(self, name: str) -> None:
        with suppress(LedgerError):
            await asyncio.to_thread(self.app.ledger.meet, name)

    async def _miss(self, name: str, why: str) -> None:
        """For those who look at the ledger; the worker goes on without."""
        with suppress(LedgerError):
            await asyncio.to_thread(self.app.ledger.miss, name, why, self.app.clock.machine())

    def _stick(self, name: str, reason: str) -> None:
        self.stuck[name] = reason
        self.say(f"{name} is halted and keeps its queue: {reason}")


def _is_like(one: Discreet, other: Discreet) -> bool:
    """Whether what may be published is the same on both."""
    limits = [replace(each.limits, read_at=None) for each in (one, other)]
    return limits[0] == limits[1] and one.traits == other.traits and one.replay == other.replay

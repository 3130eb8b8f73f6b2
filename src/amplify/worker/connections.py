"""The channels of the revision in force, connected; those out of reach are tried again."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from amplify.bootstrap import App
from amplify.config.settings import NoSecret
from amplify.domain.channel import Channel
from amplify.ports.publisher import HoldsSecrets, Publisher
from amplify.services.reach import OutOfReach, reach

_TRY_AGAIN = timedelta(seconds=10)


@dataclass(slots=True, kw_only=True)
class Connections:
    """`publishers` by channel. `stuck` are channels that only a person can help, with the reason."""

    app: App
    say: Callable[[str], None]
    publishers: dict[str, Publisher] = field(default_factory=dict)
    stuck: dict[str, str] = field(default_factory=dict)
    _told: set[str] = field(default_factory=set)
    _channels: Mapping[str, Channel] = field(default_factory=dict)
    _retry: dict[str, datetime] = field(default_factory=dict)

    def secrets(self) -> frozenset[str]:
        """All that are loaded now: those of the environment, and those that servers have given us."""
        given = (publisher.secrets for publisher in self.publishers.values() if isinstance(publisher, HoldsSecrets))
        return frozenset(self._told).union(*given)

    async def follow(self, channels: Mapping[str, Channel]) -> None:
        """Let go of channels that are no longer written as they were; connect() takes up the others."""
        for name in [name for name in self._channels if channels.get(name) != self._channels[name]]:
            self.stuck.pop(name, None)
            self._retry.pop(name, None)
            if name in self.publishers:
                await self.publishers.pop(name).close()
        self._channels = dict(channels)

    async def connect(self) -> bool:
        """Reach, side by side, every channel that is not connected and whose turn it is; True if one was new."""
        machine = self.app.clock.machine()
        missing = [
            channel
            for name, channel in self._channels.items()
            if name not in self.publishers and name not in self.stuck and self._retry.get(name, machine) <= machine
        ]
        return any(await asyncio.gather(*(self._reach(channel) for channel in missing)))

    async def close(self) -> None:
        for publisher in self.publishers.values():
            await publisher.close()

    async def _reach(self, channel: Channel) -> bool:
        try:
            access = self.app.access(channel)
        except NoSecret as missing:
            self._stick(channel.name, str(missing))
            return False
        fields = self.app.networks[channel.network].fields
        self._told |= {access.settings[f.name] for f in fields if f.secret and access.settings.get(f.name)}
        try:
            self.publishers[channel.name] = await reach(channel, access, self.app.networks, self.app.ledger)
        except OutOfReach as error:
            if error.halted:
                self._stick(channel.name, str(error))
            else:
                self.say(f"{channel.name} is out of reach, will try again: {error}")
                self._retry[channel.name] = self.app.clock.machine() + _TRY_AGAIN
            return False
        return True

    def _stick(self, name: str, reason: str) -> None:
        self.stuck[name] = reason
        self.say(f"{name} is halted and keeps its queue: {reason}")

"""The servers of one cell: six kinds, an account on each, a fault proxy before each of them.

Look-alikes belong to the cell and can be started anew; the real servers are shared by all cells, with an account of
its own for every cell. What is public is asked of the servers themselves, past the proxy.
"""

import asyncio
import re
from collections import Counter
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol, Self

from amplify.testing.doors import kept
from amplify.testing.faults import Rule
from amplify.testing.manners import Manners
from amplify.testing.proxy import Proxy
from amplify.testing.resident import Resident, settings_for
from amplify.testing.sandbox import DOORS, Sandbox
from amplify.testing.wall import WallPost
from amplify.testing.wire import Request

#: The request that makes a post public, on each network.
SENDS = r"/api/v1/statuses$|repo\.putRecord$|/sendMessage$"
#: The requests that look for one.
LOOKS = r"/accounts/[^/]+/statuses|repo\.getRecord"
_TAKEN = 200
STRICT, CARELESS = "strict", "careless"
_KEEPS_OPEN = frozenset({"hold", "delay"})


class Real(Protocol):
    """A server that others wrote."""

    network: str
    url: str

    def sign_up(self, secret: str) -> Resident: ...

    def wall(self, resident: Resident, shown_at: str) -> list[WallPost]: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """An account on a server, behind its proxy. `city` is the sandbox where it is a look-alike, else nothing."""

    server: str
    channel: str
    resident: Resident
    proxy: Proxy
    real: Real | None = None
    city: str = ""

    @property
    def settings(self) -> dict[str, str]:
        """What its channel's entry says."""
        network = self.resident.network
        return {"network": network, **settings_for(self.resident, {network: self.proxy.url})}

    @property
    def sends(self) -> list[Request]:
        """The requests to publish that have arrived."""
        return [request for request in self.proxy.requests() if re.search(SENDS, request.path)]

    @property
    def taken(self) -> int:
        """How many of them the server has said yes to, heard or not."""
        return sum(request.status == _TAKEN for request in self.sends)

    @property
    def cut_off(self) -> int:
        """How many of them the server may have taken: the proxy was shut before it saw what became of them."""
        return sum(request.status is None and not request.faults for request in self.sends)

    @property
    def kept_open(self) -> int:
        """How many requests of any kind were held or delayed, so far."""
        return sum(not _KEEPS_OPEN.isdisjoint(request.faults) for request in self.proxy.requests())


@dataclass(slots=True, kw_only=True)
class Street:
    """Open it with `open`. `state` is where the look-alikes remember what is public."""

    state: Path
    houses: Sequence[House] = ()
    _cities: dict[str, Sandbox] = field(default_factory=dict)
    _ports: dict[str, dict[str, int]] = field(default_factory=dict)
    _until_closed: ExitStack = field(default_factory=ExitStack)

    @classmethod
    async def open(cls, state: Path, reals: Sequence[tuple[str, Real]]) -> Self:
        """A house on every look-alike, and one on each of `reals`, which are named."""
        street = cls(state=state)
        built = []
        for city in (STRICT, CARELESS):
            street._ports[city] = street._until_closed.enter_context(kept(DOORS))
            await street._build(city)
        for number, (server, city, network) in enumerate(LOOK_ALIKES):
            resident = _resident(network, f"{network}-{city}")
            proxy = await Proxy.open(street._cities[city].urls[network], network)
            built.append(House(server=server, channel=f"channel-{number}", resident=resident, proxy=proxy, city=city))
        for server, real in reals:
            resident = await asyncio.to_thread(real.sign_up, "canary-3c1f")
            proxy = await Proxy.open(real.url, real.network)
            built.append(
                House(server=server, channel=f"channel-{len(built)}", resident=resident, proxy=proxy, real=real)
            )
        street.houses = sorted(built, key=lambda house: house.resident.network != "mastodon")
        return street

    def order(self, *rules: Rule) -> None:
        """These faults at every house."""
        for house in self.houses:
            house.proxy.faults.add(*rules)

    def calm(self) -> None:
        """No more faults, and everybody listens."""
        for house in self.houses:
            house.proxy.faults.clear()

    async def shut(self) -> None:
        """Every server refuses connections, and whoever is inside is thrown out."""
        await asyncio.gather(*(house.proxy.shut() for house in self.houses))

    async def reopen(self) -> None:
        await asyncio.gather(*(house.proxy.reopen() for house in self.houses))

    async def restart(self) -> None:
        """The look-alikes end and start anew, with what they had stored."""
        for city in (STRICT, CARELESS):
            await self._cities[city].close()
            await self._build(city)

    async def walls(self) -> Counter[tuple[str, str]]:
        """How often each text stands on the wall of each channel."""
        seen: Counter[tuple[str, str]] = Counter()
        for house in self.houses:
            for post in await self._wall(house):
                seen[house.channel, post.text] += 1
        return seen

    async def close(self) -> None:
        for house in self.houses:
            await house.proxy.close()
        for city in self._cities.values():
            await city.close()
        self._until_closed.close()

    async def _wall(self, house: House) -> Sequence[WallPost]:
        if house.real is not None:
            return await asyncio.to_thread(house.real.wall, house.resident, house.proxy.url)
        mine = (house.resident.network, house.resident.name)
        return [post for post in self._cities[house.city].walls() if (post.network, post.account) == mine]

    async def _build(self, city: str) -> None:
        self._cities[city] = await Sandbox.open(
            [_resident(network, f"{network}-{where}") for _, where, network in LOOK_ALIKES if where == city],
            now=lambda: datetime.now(UTC),
            state=self.state / f"{city}.json",
            ports=self._ports[city],
            manners=Manners() if city == STRICT else Manners(honours_idempotency=False, ulid_ids=True),
        )


#: Each kind, as the table calls it; the sandbox that it stands in; what it speaks.
LOOK_ALIKES = (
    ("Mastodon, strict", STRICT, "mastodon"),
    ("Mastodon, no Idempotency-Key", CARELESS, "mastodon"),
    ("Bluesky", STRICT, "bluesky"),
    ("Telegram", STRICT, "telegram"),
)


def _resident(network: str, name: str) -> Resident:
    called = {
        "mastodon": name.replace("-", "_"),
        "bluesky": f"{name}.example",
        "telegram": f"@{name}".replace("-", "_"),
    }
    secret = "1:canary-9d2e" if network == "telegram" else f"canary-{name}"
    return Resident(network=network, channels=(name,), name=called[network], secret=secret)

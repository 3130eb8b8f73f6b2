"""A server that is another than it was is noticed within a day or at the next start, told once, and believed at once."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from amplify.bootstrap import App, open_app
from amplify.domain.approval import Approval
from amplify.domain.delivery import State
from amplify.domain.key import Key
from amplify.services.apply import apply
from amplify.services.check import check
from amplify.services.deliver import deliver
from amplify.testing.hand_clock import HandClock
from amplify.testing.manners import Manners
from amplify.testing.resident import Resident
from amplify.testing.sandbox import Sandbox
from amplify.worker.connections import Connections
from desks import desk_of

CAMPAIGN = """\
name: Lantern Night
edition: "2027"
timezone: UTC
day: 2027-05-21
languages: [en]
coordinators: {one: {}}
rules: {approval: {people: 1}}
"""
CHANNEL = 'town: {{network: mastodon, language: en, server: "{}", token: "${{T_TOWN}}"}}\n'
POST = "- {{id: {}, kind: statement, at: D 09:00, channels: [town], text: {{en: {}}}}}\n"
LONG, SHORT = "a lantern " * 40, "A lantern."
SECRET = "canary-44c1a90b-town"
A_DAY = timedelta(days=1)


@dataclass(slots=True, kw_only=True)
class Town:
    """A worker's connections, the server that they lead to, and what was said."""

    app: App
    watch: HandClock
    house: Sandbox
    state: Path
    said: list[str] = field(default_factory=list)
    connections: Connections = field(init=False)
    _ended: asyncio.Event = field(default_factory=asyncio.Event)

    async def begin(self) -> None:
        """As a worker that starts."""
        self.connections = Connections(app=self.app, say=self.said.append, tried=self._ended.set)
        await self.connections.follow(self.app.written.channels)
        await self.later(timedelta())

    async def later(self, span: timedelta) -> None:
        self.watch.pass_by(span)
        self._ended.clear()
        self.connections.connect()
        if self.connections.trying:
            await self._ended.wait()

    async def becomes(self, manners: Manners) -> None:
        """The same server, of another mind."""
        ports = dict(self.house.ports)
        await self.house.close()
        self.house = await Sandbox.open([WHO], now=self.watch.now, state=self.state, ports=ports, manners=manners)

    def changes(self) -> list[str]:
        return [told for line in self.app.ledger.history() if (told := line.detail.get("changed"))]


WHO = Resident(network="mastodon", channels=("town",), name="lantern", secret=SECRET)


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Town]:
    watch, state = HandClock(datetime(2027, 5, 19, 9, tzinfo=UTC)), tmp_path / "wall.json"
    house = await Sandbox.open([WHO], now=watch.now, state=state)
    root = tmp_path / "campaign"
    for name, text in {
        "config/campaign.yaml": CAMPAIGN,
        "config/channels.yaml": CHANNEL.format(house.urls["mastodon"]),
        "posts/day.yaml": POST.format("long", LONG) + POST.format("short", SHORT).replace("09:00", "12:00"),
    }.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text)
    app = open_app(root, environ={"T_TOWN": SECRET})
    app.__dict__["clock"] = watch
    made = Town(app=app, watch=watch, house=house, state=state)
    await made.begin()
    apply(app.files, app.workshop, app.ledger, by="one")
    yield made
    await made.connections.close()
    app.close()
    await made.house.close()


async def test_a_shorter_limit_is_told_once_and_what_no_longer_fits_is_not_sent(town: Town) -> None:
    in_use = town.connections.publishers["town"]
    await town.becomes(Manners(longest=300))
    await town.later(A_DAY)
    different = "text limit 300 instead of 500"
    told = f"town: its server is not what it was: {different}. 1 post that waits no longer fits: `amplify check` says which"
    assert town.said == [told]
    assert town.changes() == [different]
    publisher = town.connections.publishers["town"]
    assert (publisher is in_use, publisher.limits.text) == (False, 300)

    app = town.app
    wrong = [p.post for p in check(app.written, app.workshop, app.ledger, {}) if p.code == "too-long"]
    assert wrong == ["long"]
    town.watch.at = datetime(2027, 5, 21, 9, tzinfo=UTC)
    row = _approved(app, "long")
    desk = desk_of(app, since=town.watch.at)
    held = (await deliver(row, publisher, desk)).row
    assert (held.state, "300" in held.reason) == (State.HELD, True)
    assert town.house.walls() == []

    await town.later(A_DAY)
    await town.begin()
    assert town.said == [told]
    assert app.ledger.verify() == ""


async def test_another_version_is_noticed_at_the_next_start(town: Town) -> None:
    await town.connections.close()
    await town.becomes(Manners(misses_pictures=False, lacks_v2=True))
    await town.begin()
    (told,) = town.said
    assert told == (
        "town: its server is not what it was: version 4.2.10 instead of 4.6.0, API v1 instead of v2, quotes no instead of yes"
    )
    assert len(town.changes()) == 1


async def test_a_server_that_stays_what_it_is_keeps_its_connection_and_is_no_news(town: Town) -> None:
    in_use, lines = town.connections.publishers["town"], len(town.app.ledger.history())
    for _ in range(2):
        await town.later(A_DAY)
    assert town.connections.publishers["town"] is in_use
    assert (town.said, len(town.app.ledger.history())) == ([], lines)


def _approved(app: App, post: str):
    row = app.ledger.delivery(Key(edition="2027", post=post, channel="town"))
    yes = Approval(key=row.key, digest=row.digest, by="one", at=app.clock.now(), via="cli", text=row.text, due=row.due)
    return app.ledger.approve(row, yes, enough=lambda _: True)

"""Once a day the worker asks every account anew who it is: what was switched off later is noticed."""

import asyncio
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path

import pytest

from amplify.bootstrap import App, open_app
from amplify.ports.errors import Unauthorized, Unavailable
from amplify.ports.publisher import Access, Identity, Publisher
from amplify.ports.reaching import Away
from amplify.testing.hand_clock import HandClock
from amplify.worker.connections import Connections
from limits.town import Nobody, Stranger

WHO = Identity(network="stranger", id="1", name="@lamp", url="https://s.example/@lamp", automated=True)
CHANNEL = 'one: {network: stranger, language: en, server: "https://s.example", token: "${T_ONE}"}\n'
CAMPAIGN = 'name: N\nedition: "1"\ntimezone: UTC\nday: 2027-05-21\nlanguages: [en]\n'


@dataclass(slots=True)
class Door:
    """Who answers, or what is raised instead; and how often somebody knocked."""

    answer: Identity | Exception = WHO
    knocked: int = 0


class Holder(Nobody):
    """With what its server gave it."""

    @property
    def secrets(self) -> frozenset[str]:
        return frozenset({"canary-session-5"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Guarded(Stranger):
    door: Door = field(default_factory=Door)

    async def connect(self, access: Access) -> Publisher:  # noqa: ARG002  anybody is let in
        self.door.knocked += 1
        if isinstance(self.door.answer, Exception):
            raise self.door.answer
        return Holder(identity=self.door.answer)


@dataclass(frozen=True, slots=True, kw_only=True)
class Staff:
    """The worker's connections in a small campaign, and what they said."""

    connections: Connections
    watch: HandClock
    door: Door
    app: App
    said: list[str]
    ended: asyncio.Event

    async def later(self, span: timedelta) -> None:
        self.watch.pass_by(span)
        self.ended.clear()
        self.connections.connect()
        if self.connections.trying:
            await self.ended.wait()


@pytest.fixture
async def staff(tmp_path: Path) -> Staff:
    (tmp_path / "config").mkdir()
    (tmp_path / "config" / "campaign.yaml").write_text(CAMPAIGN)
    (tmp_path / "config" / "channels.yaml").write_text(CHANNEL)
    app, watch, door, said = open_app(tmp_path, environ={"T_ONE": "canary-9"}), HandClock(), Door(), []
    app.__dict__.update({"clock": watch, "networks": {"stranger": Guarded(door=door)}})
    ended = asyncio.Event()
    connections = Connections(app=app, say=said.append, tried=ended.set)
    await connections.follow(app.written.channels)
    made = Staff(connections=connections, watch=watch, door=door, app=app, said=said, ended=ended)
    await made.later(timedelta())
    assert list(connections.publishers) == ["one"]
    return made


async def test_a_label_that_was_switched_off_halts_the_channel_within_a_day(staff: Staff) -> None:
    staff.door.answer = replace(WHO, automated=False)
    await staff.later(timedelta(hours=23))
    assert (staff.door.knocked, list(staff.connections.publishers)) == (1, ["one"])
    await staff.later(timedelta(hours=1))
    assert staff.connections.publishers == {}
    assert "does not say that it is automated" in staff.connections.stuck["one"]
    assert "automated" in staff.app.ledger.accounts()["one"].halted
    assert staff.said[-1].startswith("one is halted and keeps its queue")


async def test_a_token_that_was_taken_back_is_noticed_too(staff: Staff) -> None:
    staff.door.answer = Unauthorized("the token was revoked")
    await staff.later(timedelta(days=1))
    assert staff.connections.stuck == {"one": "the token was revoked"}
    assert "canary-session-5" in staff.connections.secrets()  # what was said with it may still be on its way to people


async def test_a_server_that_is_away_just_then_ends_nothing(staff: Staff) -> None:
    in_use = staff.connections.publishers["one"]
    staff.door.answer = Unavailable("not reached")
    await staff.later(timedelta(days=1))
    assert staff.connections.publishers["one"] is in_use
    assert staff.connections.stuck == {}
    staff.door.answer = ValueError("a bug of the publisher")
    await staff.later(timedelta(days=1))
    assert staff.connections.publishers["one"] is in_use


async def test_an_account_in_order_goes_on_with_the_connection_it_has(staff: Staff) -> None:
    in_use = staff.connections.publishers["one"]
    for _ in range(3):
        await staff.later(timedelta(days=1))
    assert staff.door.knocked == 4
    assert staff.connections.publishers["one"] is in_use
    assert staff.said == []


async def test_what_cannot_be_connected_is_on_record_until_it_answers(staff: Staff) -> None:
    written = staff.app.written.channels
    staff.door.answer = Unavailable("the proxy is down")
    await staff.connections.follow({})
    await staff.connections.follow(written)
    began = staff.watch.at
    for why in ("the proxy is down", "no such host"):
        staff.door.answer = Unavailable(why)
        await staff.later(timedelta(seconds=10))
        assert list(staff.app.ledger.away()) == [Away(channel="one", since=began + timedelta(seconds=10), why=why)]
    staff.door.answer = WHO
    await staff.later(timedelta(seconds=10))
    assert list(staff.app.ledger.away()) == []


async def test_a_secret_that_is_not_set_is_on_record_as_long_as_the_channel_is_written(staff: Staff) -> None:
    written = staff.app.written.channels
    without = replace(written["one"], settings={**written["one"].settings, "token": "${T_OTHER}"})
    await staff.connections.follow({"one": without})
    await staff.later(timedelta())
    assert ["T_OTHER" in one.why for one in staff.app.ledger.away()] == [True]
    await staff.connections.follow({})
    assert list(staff.app.ledger.away()) == []

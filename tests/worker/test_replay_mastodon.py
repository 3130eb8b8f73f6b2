"""A lost answer on a Mastodon whose posts cannot be looked at: repeated where its server is known to remember, else asked."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from amplify.bootstrap import App, open_app
from amplify.cli.channels_seen import case_of
from amplify.domain.approval import Approval
from amplify.domain.delivery import Delivery, State
from amplify.domain.key import Key
from amplify.services.apply import apply
from amplify.services.brake import stop
from amplify.services.deliver import deliver
from amplify.services.desk import Desk
from amplify.services.discreet import Discreet
from amplify.services.prove_replay import prove_replay
from amplify.services.reach import reach
from amplify.services.reconcile import reconcile
from amplify.testing.faults import Rule
from amplify.testing.hand_clock import HandClock
from amplify.testing.manners import Manners
from amplify.testing.resident import Resident
from amplify.testing.sandbox import Sandbox
from desks import desk_of

CAMPAIGN = """\
name: Lantern Night
edition: "2027"
timezone: UTC
day: 2027-05-21
languages: [en]
coordinators: {one: {}}
rules: {approval: {people: 1}, per_account: {least_gap: 5m}}
"""
CHANNEL = 'town: {{network: mastodon, language: en, server: "{}", token: "${{T_TOWN}}"{}}}\n'
POSTS = """\
- {id: lamp, kind: statement, at: D 09:00, channels: [town], text: {en: A lamp.}}
- {id: again, kind: statement, at: D 09:10, channels: [town], boosts: lamp}
"""
SECRET = "canary-7d0be1f2-town"
WHO = Resident(network="mastodon", channels=("town",), name="lantern", secret=SECRET)
WORD = ", replay: 50m"


@dataclass(slots=True, kw_only=True)
class Street:
    """A campaign of two posts, the server of its one channel, and a worker's hands."""

    root: Path
    watch: HandClock = field(default_factory=lambda: HandClock(datetime(2027, 5, 21, 8, tzinfo=UTC)))
    house: Sandbox = field(init=False)
    app: App = field(init=False)

    async def open(self, manners: Manners, word: str = "") -> "Street":
        self.house = await Sandbox.open([WHO], now=self.watch.now, state=self.root / "wall.json", manners=manners)
        channel = CHANNEL.format(self.house.urls["mastodon"], word)
        files = {"config/campaign.yaml": CAMPAIGN, "config/channels.yaml": channel, "posts/day.yaml": POSTS}
        for name, text in files.items():
            (self.root / name).parent.mkdir(parents=True, exist_ok=True)
            (self.root / name).write_text(text)
        self.app = open_app(self.root, environ={"T_TOWN": SECRET})
        self.app.__dict__["clock"] = self.watch
        await asyncio.to_thread(apply, self.app.files, self.app.workshop, self.app.ledger, by="one")
        self.watch.pass_by(timedelta(hours=1))
        return self

    async def becomes(self, manners: Manners) -> None:
        """The same server, of another mind."""
        ports = dict(self.house.ports)
        await self.house.close()
        state = self.root / "wall.json"
        self.house = await Sandbox.open([WHO], now=self.watch.now, state=state, ports=ports, manners=manners)

    async def connected(self) -> Discreet:
        channel = self.app.written.channels["town"]
        access, ledger = self.app.access(channel), self.app.ledger
        return await reach(channel, access, self.app.networks, ledger, self.app.written.channels, self.watch.now)

    async def prove(self) -> bool | None:
        channel = self.app.written.channels["town"]
        case, known = case_of(self.app, channel), self.app.accounts()
        return (await prove_replay(case, self.app.ledger, self.watch, known, by="one")).remembers

    async def lost(self, post: str = "lamp", path: str = r"/api/v1/statuses$") -> Delivery:
        """It is public, its answer was lost, and from now on nobody can look at what the account has posted."""
        self.house.faults.add(Rule(what="drop_after", path=path, method="POST"))
        row = await self.sent(post)
        self.house.faults.add(Rule(what="status", arg=500, path=r"/accounts/\w+/statuses\?", count=9))
        return row

    async def sent(self, post: str) -> Delivery:
        row = self.app.ledger.delivery(Key(edition="2027", post=post, channel="town"))
        assert row is not None
        yes = Approval(
            key=row.key, digest=row.digest, by="one", at=self.watch.at, via="cli", text=row.text, due=row.due
        )
        row = self.app.ledger.approve(row, yes, enough=lambda _: True)
        return (await deliver(row, await self.connected(), self.desk())).row

    async def reconciled(self, row: Delivery) -> State:
        return (await reconcile(row, await self.connected(), self.desk())).row.state

    def desk(self) -> Desk:
        return desk_of(self.app, since=datetime(2027, 5, 21, tzinfo=UTC))

    def wall(self) -> list[str]:
        return [post.text for post in self.house.walls()]

    async def close(self) -> None:
        self.app.close()
        await self.house.close()


@pytest.fixture
async def street(tmp_path: Path) -> AsyncIterator[Street]:
    made = Street(root=tmp_path)
    yield made
    await made.close()


async def test_by_the_operators_word_the_same_request_goes_again_and_stands_once(street: Street) -> None:
    await street.open(Manners(), WORD)
    assert await street.reconciled(await street.lost()) is State.PUBLISHED
    assert street.wall() == ["A lamp."]


async def test_without_a_word_or_a_proof_a_person_is_asked(street: Street) -> None:
    await street.open(Manners())
    assert await street.reconciled(await street.lost()) is State.UNCONFIRMED
    assert street.wall() == ["A lamp."]


async def test_what_was_proven_holds_until_the_server_is_another(street: Street) -> None:
    await street.open(Manners())
    assert await street.prove() is True
    row = await street.lost()
    await street.becomes(Manners(claims="4.7.0", honours_idempotency=False))
    street.house.faults.add(Rule(what="status", arg=500, path=r"/accounts/\w+/statuses\?", count=9))
    assert await street.reconciled(row) is State.UNCONFIRMED
    assert street.wall() == ["A lamp."]


async def test_what_was_proven_is_used(street: Street) -> None:
    await street.open(Manners())
    assert await street.prove() is True
    assert await street.reconciled(await street.lost()) is State.PUBLISHED
    assert street.wall() == ["A lamp."]
    assert street.app.ledger.verify() == ""


async def test_a_server_that_forgets_is_never_sent_anything_again(street: Street) -> None:
    await street.open(Manners(honours_idempotency=False))
    assert await street.prove() is False
    assert await street.reconciled(await street.lost()) is State.UNCONFIRMED
    assert street.wall() == ["A lamp."]


async def test_when_the_hour_is_nearly_over_nothing_goes_again(street: Street) -> None:
    await street.open(Manners(), WORD)
    row = await street.lost()
    street.watch.pass_by(timedelta(minutes=50))
    assert await street.reconciled(row) is State.UNCONFIRMED


async def test_a_boost_has_no_key_and_goes_only_once_whatever_was_said(street: Street) -> None:
    await street.open(Manners(boosts_twice=True), WORD)
    assert (await street.sent("lamp")).state is State.PUBLISHED
    street.watch.pass_by(timedelta(minutes=10))
    assert await street.reconciled(await street.lost("again", r"/reblog$")) is State.UNCONFIRMED
    assert len(street.wall()) == 2


async def test_nothing_is_tried_while_publishing_is_stopped(street: Street) -> None:
    await street.open(Manners())
    stop(street.app.ledger, street.watch, reason="a trial", by="one")
    assert await street.prove() is None
    assert street.house.requests() == []


async def test_what_the_server_said_yes_to_and_does_not_show_is_never_sent_again_by_itself(street: Street) -> None:
    await street.open(Manners(hides_posts=True), WORD)
    row = await street.sent("lamp")
    assert row.state is State.UNCONFIRMED
    assert await street.reconciled(row) is State.UNCONFIRMED
    assert "does not show it" in street.app.ledger.deliveries((State.UNCONFIRMED,))[0].reason
    assert len([one for one in street.house.requests() if one.method == "POST"]) == 1


async def test_nor_where_nobody_can_look_whether_it_shows_it(street: Street) -> None:
    await street.open(Manners(hides_posts=True), WORD)
    row = await street.sent("lamp")
    street.house.faults.add(Rule(what="status", arg=500, path=r"/accounts/\w+/statuses\?", count=9))
    assert await street.reconciled(row) is State.UNCONFIRMED
    assert len([one for one in street.house.requests() if one.method == "POST"]) == 1


async def test_what_a_server_shows_a_little_later_is_found(street: Street) -> None:
    await street.open(Manners(honours_idempotency=False))
    street.house.faults.add(Rule(what="status", arg=404, path=r"/statuses/\w+$", method="GET"))
    row = await street.sent("lamp")
    assert row.state is State.UNCONFIRMED
    assert await street.reconciled(row) is State.PUBLISHED
    assert street.wall() == ["A lamp."]
    assert street.app.ledger.verify() == ""


async def test_nothing_goes_again_without_the_yes_that_was_taken_back_meanwhile(street: Street) -> None:
    await street.open(Manners(), WORD)
    row = await street.lost()
    street.app.ledger.revoke(row.key, by="one", now=street.watch.at, anyway=True)
    assert await street.reconciled(row) is State.UNCONFIRMED
    assert len([one for one in street.house.requests() if one.method == "POST"]) == 1

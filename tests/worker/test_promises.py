"""Each of these tests falls when one of the ways is taken away by which nothing is posted twice (crash/test_mutants.py)."""

import asyncio
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

from amplify.domain.delivery import State
from amplify.services.brake import stop
from amplify.services.deliver import deliver
from amplify.services.reach import reach
from amplify.services.reconcile import reconcile, ripe
from amplify.testing.faults import Rule
from amplify.testing.manners import Manners
from amplify.testing.resident import Resident, settings_for
from amplify.testing.sandbox import Sandbox
from desks import desk_of
from servers.stage import campaign

#: Seconds: how long the worker waits for an answer, and how long the first request is on its way.
TIMEOUT, LATE = 0.5, 1.2
CAREFUL, CARELESS = Manners(), Manners(honours_idempotency=False)
RESIDENT = Resident(network="mastodon", channels=("here",), name="campaign", secret="canary-4e07")


async def test_a_request_that_lands_late_is_waited_for(tmp_path):
    async with lost(tmp_path, CARELESS, quarantine=timedelta(seconds=2 * LATE)) as (carry, wall):
        await carry()
        assert wall() == ["Free them all"]


async def test_a_request_that_lands_even_later_is_known_by_its_ticket(tmp_path):
    async with lost(tmp_path, CAREFUL, quarantine=timedelta()) as (carry, wall):
        await carry()
        assert wall() == ["Free them all"]


async def test_a_request_is_on_record_before_it_leaves(theatre):
    seen = []

    def look(name):
        if name == "begun":
            seen.append((theatre.walls(), theatre.states("first")))

    theatre.write("posts/day.yaml", theatre.post("first", "D 09:00", "on record", "languages: [en]"))
    await theatre.start(look)
    await theatre.until(lambda: theatre.states("first") == {State.PUBLISHED})
    walls, states = seen[0]
    assert walls == []
    assert State.SENDING in states


async def test_a_stop_is_heard_between_two_posts_of_one_lane(theatre):
    first, second = (theatre.post(name, "D 09:00", name, "urgent: true") for name in ("first", "second"))
    theatre.write("posts/day.yaml", first + second)
    stopped = []

    def stop_once(name):
        if name == "answered" and not stopped:
            stopped.append(stop(theatre.app.ledger, theatre.app.clock, reason="a trial", by="one"))

    await theatre.start(stop_once)
    await theatre.until(lambda: bool(stopped))
    await theatre.until_campaign("09:40")
    assert theatre.walls() != []
    assert not [text for text in theatre.walls() if text.endswith("second")]


@asynccontextmanager
async def lost(root, manners, *, quarantine):
    """A delivery whose first request lands when nobody waits any more: what carries it, and the wall."""
    sandbox = await Sandbox.open([RESIDENT], now=lambda: datetime.now(UTC), manners=manners)
    sandbox.faults.add(Rule(what="delay", arg=LATE, path="/api/v1/statuses$", method="POST"))
    channels = {"here": {"network": "mastodon", **settings_for(RESIDENT, sandbox.urls)}}
    app = campaign(root, channels, text="Free them all", timeout=timedelta(seconds=TIMEOUT))
    channel = app.written.channels["here"]
    publisher = await reach(channel, app.access(channel), app.networks, app.ledger, {}, app.clock.now)
    desk = desk_of(app, since=app.clock.machine(), quarantine=quarantine)

    async def carry():
        """As a lane does, until it is published as far as the ledger knows, and everything has landed."""
        async with asyncio.timeout(20):
            while (row := app.ledger.deliveries()[0]).state is not State.PUBLISHED:
                if row.state is State.APPROVED:
                    await deliver(row, publisher, desk)
                elif ripe(row, desk):
                    await reconcile(row, publisher, desk)
                await asyncio.sleep(0.02)
            await asyncio.sleep(LATE)

    yield carry, lambda: [post.text for post in sandbox.walls()]
    await publisher.close()
    app.close()
    await sandbox.close()

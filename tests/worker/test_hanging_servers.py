"""Servers that take a request and never answer are nobody else's business."""

import asyncio
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import UTC, datetime, timedelta

from amplify.domain.delivery import State
from amplify.testing.faults import Rule
from amplify.testing.resident import Resident, settings_for
from amplify.testing.sandbox import Sandbox
from servers.stage import campaign, play

MANY = 20
#: How long a server may take to answer. Whoever waits for a single one of the hanging servers is later than this;
#: a busy machine alone delays nobody that long.
TIMEOUT = timedelta(seconds=8)
QUICK = Resident(network="bluesky", channels=("quick",), name="campaign.example", secret="canary-77a1")
SLOW = [
    Resident(network="mastodon", channels=(f"slow-{number}",), name=f"slow_{number}", secret=f"canary-{number}")
    for number in range(MANY)
]


async def test_servers_that_hang_at_sign_in_hold_up_no_other_channel(tmp_path, record_property):
    async with AsyncExitStack() as until_done:
        ports = [await until_done.enter_async_context(_silent_server()) for _ in SLOW]
        sandbox = await _sandbox(until_done)
        channels = {
            name: {"network": "mastodon", "server": f"http://127.0.0.1:{port}", "token": "canary-5f"}
            for name, port in zip(_names(), ports, strict=True)
        }
        row = await _played(tmp_path, channels, sandbox)
        record_property("told", f"{MANY} servers hung at sign-in; another channel's post was {_late(row)} s late")
        assert row.published_at - row.due < TIMEOUT
        assert len(sandbox.walls()) == 1


async def test_servers_that_hang_at_the_post_hold_up_no_other_channel(tmp_path, record_property):
    async with AsyncExitStack() as until_done:
        sandbox = await _sandbox(until_done)
        hang = Rule(what="hold", arg=60, phase="before", network="mastodon", method="POST", count=MANY)
        sandbox.faults.add(hang)
        channels = {
            name: {"network": "mastodon", **settings_for(resident, sandbox.urls)}
            for name, resident in zip(_names(), SLOW, strict=True)
        }
        row = await _played(tmp_path, channels, sandbox)
        record_property("told", f"{MANY} servers hung at the post; another channel's was {_late(row)} s late")
        assert row.published_at - row.due < TIMEOUT
        assert len(sandbox.walls()) == 1


def _names():
    return [resident.channels[0] for resident in SLOW]


def _late(row):
    return f"{(row.published_at - row.due).total_seconds():.2f}"


async def _sandbox(until_done):
    sandbox = await Sandbox.open([QUICK, *SLOW], now=lambda: datetime.now(UTC))
    until_done.push_async_callback(sandbox.close)
    return sandbox


async def _played(root, channels, sandbox):
    """The row of the one channel that does not hang, once it is public."""
    quick = {"network": "bluesky", **settings_for(QUICK, sandbox.urls)}
    app = campaign(root, {**channels, "quick": quick}, text="Free them all", timeout=TIMEOUT)
    playing = asyncio.create_task(play(app))
    try:
        async with asyncio.timeout(TIMEOUT.total_seconds() + 20):
            while True:
                (row,) = [row for row in app.ledger.deliveries() if row.key.channel == "quick"]
                if row.state is State.PUBLISHED:
                    return row
                await asyncio.sleep(0.02)
    finally:
        playing.cancel()
        await asyncio.gather(playing, return_exceptions=True)
        app.close()


@asynccontextmanager
async def _silent_server():
    """Accepts everything, reads everything, says nothing. Gives its port."""
    writers = []

    async def listen(reader, writer):
        writers.append(writer)
        while await reader.read(4096):
            pass

    server = await asyncio.start_server(listen, "127.0.0.1", 0)
    yield server.sockets[0].getsockname()[1]
    server.close()
    for writer in writers:
        writer.close()

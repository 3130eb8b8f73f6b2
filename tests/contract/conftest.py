"""Sites for the publishers' promises: an account on a look-alike, and the ways to trouble it."""

import re
import socket
import time
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import UTC, datetime, timedelta

import pytest
from aiohttp import web

from amplify.ports.publisher import Access
from amplify.publishers import installed
from amplify.testing.bluesky.server import BlueskyLookAlike
from amplify.testing.faults import Faults
from amplify.testing.manners import Manners
from amplify.testing.mastodon.server import MastodonLookAlike
from amplify.testing.memory import Memory
from amplify.testing.premises import Premises
from amplify.testing.publisher_site import Site
from amplify.testing.resident import Resident, settings_for
from amplify.testing.telegram.server import TelegramLookAlike
from amplify.testing.wall import in_order
from amplify.testing.wire import Wire

SENDS = {"mastodon": r"/api/v1/statuses$", "bluesky": r"repo\.putRecord$", "telegram": r"/sendMessage$"}
REFUSAL = {"mastodon": 422, "bluesky": 400, "telegram": 400}
NAMES = {"mastodon": "campaign", "bluesky": "campaign.example", "telegram": "@campaign"}
LOOK = {"mastodon": MastodonLookAlike, "bluesky": BlueskyLookAlike, "telegram": TelegramLookAlike}

OpenSite = Callable[..., AbstractAsyncContextManager[Site]]


@pytest.fixture
def open_site() -> OpenSite:
    @asynccontextmanager
    async def opened(network: str, **manners: object) -> AsyncIterator[Site]:
        secret = "7:canary-0f3a9c7e51d24b86"
        resident = Resident(network=network, channels=("here",), name=NAMES[network], secret=secret)
        sock = socket.socket()
        sock.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{sock.getsockname()[1]}"

        def now() -> datetime:
            return datetime(2027, 5, 21, 7, tzinfo=UTC)

        look = LOOK[network](
            Premises(
                url=url,
                residents=(resident,),
                memory=Memory(None),
                now=now,
                machine=time.time,
                manners=Manners(**manners),
            )
        )
        faults = Faults()
        wire = Wire(faults)
        runner = web.AppRunner(wire.application(network, look), shutdown_timeout=0.1, access_log=None)
        await runner.setup()
        await web.SockSite(runner, sock).start()
        site = Site(
            network=installed()[network],
            access=Access(
                channel="here",
                language="be",
                settings=settings_for(resident, {network: url}),
                timeout=timedelta(seconds=10),
                connect_timeout=timedelta(seconds=0.2),
            ),
            secret=secret,
            wall=lambda: in_order([look.wall()]),
            faults=faults,
            leave=runner.cleanup,
            sent=lambda: sum(1 for r in wire.log if r.method == "POST" and re.search(SENDS[network], r.path)),
            now=now,
            sends=SENDS[network],
            refusal=REFUSAL[network],
            keeps_keys=network == "mastodon" and Manners(**manners).honours_idempotency,
        )
        try:
            yield site
        finally:
            await site.close()
            await runner.cleanup()

    return opened

"""Sites for the publishers' promises: an account in a sandbox, and the ways to trouble it."""

import re
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import UTC, datetime, timedelta

import pytest

from amplify.ports.publisher import Access
from amplify.publishers import installed
from amplify.testing.manners import Manners
from amplify.testing.publisher_site import Site
from amplify.testing.resident import Resident
from amplify.testing.sandbox import Sandbox

SENDS = {"mastodon": r"/api/v1/statuses$", "bluesky": r"repo\.putRecord$", "telegram": r"/sendMessage$"}
REFUSAL = {"mastodon": 422, "bluesky": 400, "telegram": 400}
NAMES = {"mastodon": "campaign", "bluesky": "campaign.example", "telegram": "@campaign"}
SECRET = "7:canary-0f3a9c7e51d24b86"

OpenSite = Callable[..., AbstractAsyncContextManager[Site]]


def now() -> datetime:
    return datetime(2027, 5, 21, 7, tzinfo=UTC)


@pytest.fixture
def open_site() -> OpenSite:
    @asynccontextmanager
    async def opened(network: str, **manners: object) -> AsyncIterator[Site]:
        careful = Manners(**manners)
        resident = Resident(network=network, channels=("here",), name=NAMES[network], secret=SECRET)
        sandbox = await Sandbox.open([resident], now=now, manners=careful)
        site = Site(
            network=installed()[network],
            access=Access(
                channel="here",
                language="be",
                settings=sandbox.settings("here"),
                timeout=timedelta(seconds=10),
                connect_timeout=timedelta(seconds=2),
            ),
            secret=SECRET,
            wall=sandbox.walls,
            faults=sandbox.faults,
            sent=lambda: sum(
                r.method == "POST" and bool(re.search(SENDS[network], r.path)) for r in sandbox.requests()
            ),
            leave=sandbox.close,
            now=now,
            sends=SENDS[network],
            refusal=REFUSAL[network],
            keeps_keys=network == "mastodon" and careful.honours_idempotency,
        )
        try:
            yield site
        finally:
            await site.close()
            await sandbox.close()

    return opened

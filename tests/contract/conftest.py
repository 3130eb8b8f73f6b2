"""Sites for the publishers' promises: an account in a sandbox or on a real server, and the ways to trouble it."""

import re
from collections.abc import AsyncIterator, Callable, Iterable, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from amplify.ports.publisher import Access
from amplify.publishers import installed
from amplify.testing.manners import Manners
from amplify.testing.proxy import Proxy
from amplify.testing.publisher_site import Site
from amplify.testing.resident import Resident, settings_for
from amplify.testing.sandbox import Sandbox
from amplify.testing.wire import Request

SENDS = {"mastodon": r"/api/v1/statuses$", "bluesky": r"repo\.putRecord$", "telegram": r"/(send|forward)[A-Z]\w+$"}
EDITS = {"mastodon": ("PUT", r"/api/v1/statuses/\w+$"), "telegram": ("POST", r"/editMessage(Text|Caption|Media)$")}
DELETES = {
    "mastodon": ("DELETE", r"/api/v1/statuses/\w+$"),
    "bluesky": ("POST", r"repo\.deleteRecord$"),
    "telegram": ("POST", r"/deleteMessages?$"),
}
REFUSAL = {"mastodon": 422, "bluesky": 400, "telegram": 400}
NAMES = {"mastodon": "campaign", "bluesky": "campaign.example", "telegram": "@campaign"}
MENTIONS = {"mastodon": "@institution@server.example", "bluesky": "@campaign.example", "telegram": "@institution"}
SECRET = "7:canary-0f3a9c7e51d24b86"

OpenSite = Callable[..., AbstractAsyncContextManager[Site]]


def now() -> datetime:
    return datetime(2027, 5, 21, 7, tzinfo=UTC)


def access(settings: Mapping[str, str]) -> Access:
    return Access(
        channel="here",
        language="be",
        settings=settings,
        timeout=timedelta(seconds=10),
        connect_timeout=timedelta(seconds=2),
    )


def sends(network: str, requests: Iterable[Request]) -> int:
    """How many requests that would publish have arrived."""
    return sum(each.method == "POST" and bool(re.search(SENDS[network], each.path)) for each in requests)


def edits(network: str, requests: Iterable[Request]) -> int:
    """How many requests that would edit have arrived."""
    method, path = EDITS.get(network, ("", ""))
    return sum(each.method == method and bool(re.search(path, each.path)) for each in requests)


@pytest.fixture
def open_site() -> OpenSite:
    @asynccontextmanager
    async def opened(network: str, **manners: object) -> AsyncIterator[Site]:
        careful = Manners(**manners)
        resident = Resident(
            network=network, channels=("here",), name=NAMES[network], secret=SECRET, has_topics=network == "telegram"
        )
        sandbox = await Sandbox.open([resident], now=now, manners=careful)
        site = Site(
            network=installed()[network],
            access=access(sandbox.settings("here")),
            secret=SECRET,
            wall=sandbox.walls,
            faults=sandbox.faults,
            sent=lambda: sends(network, sandbox.requests()),
            leave=sandbox.close,
            now=now,
            sends=SENDS[network],
            edits=EDITS.get(network, ("", "")),
            deletes=DELETES[network],
            edited=lambda: edits(network, sandbox.requests()),
            refusal=REFUSAL[network],
            keeps_keys=network == "mastodon" and careful.honours_idempotency,
            answers_replays=not careful.replay_answers_500,
            shows_alt=network != "telegram",
            mention=MENTIONS[network],
        )
        try:
            yield site
        finally:
            await site.close()
            await sandbox.close()

    return opened


@pytest.fixture
def open_real_site() -> OpenSite:
    """An account of its own on a server that others wrote, with a proxy in between for the faults."""

    @asynccontextmanager
    async def opened(server: Any) -> AsyncIterator[Site]:
        resident = server.sign_up(SECRET)
        proxy = await Proxy.open(server.url, server.network)
        at = datetime.now(UTC)  # a real server dates posts itself
        site = Site(
            network=installed()[server.network],
            access=access(settings_for(resident, {server.network: proxy.url})),
            secret=resident.secret,
            wall=lambda: server.wall(resident, proxy.url),
            faults=proxy.faults,
            sent=lambda: sends(server.network, proxy.requests()),
            leave=proxy.close,
            now=lambda: at,
            sends=SENDS[server.network],
            edits=EDITS.get(server.network, ("", "")),
            deletes=DELETES[server.network],
            edited=lambda: edits(server.network, proxy.requests()),
            refusal=REFUSAL[server.network],
            keeps_keys=True,
            mention=f"@{resident.name}" if server.network == "bluesky" else MENTIONS[server.network],
            cannot_show=server.cannot_show,
            cannot_show_features=server.cannot_show_features,
        )
        try:
            yield site
        finally:
            await site.close()
            await proxy.close()

    return opened

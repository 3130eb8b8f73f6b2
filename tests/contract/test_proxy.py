"""The proxy in front of a server: what it passes on, and the faults it brings."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest
from aiohttp import ClientConnectionError, ClientSession

from amplify.testing.proxy import Proxy
from amplify.testing.resident import Resident
from amplify.testing.sandbox import Sandbox

SOMEBODY = Resident(network="mastodon", channels=("here",), name="campaign", secret="canary-9d02")
SIGNED_IN = {"Authorization": f"Bearer {SOMEBODY.secret}"}


@pytest.fixture
async def server() -> AsyncIterator[Sandbox]:
    sandbox = await Sandbox.open([SOMEBODY], now=lambda: datetime.now(UTC))
    yield sandbox
    await sandbox.close()


@pytest.fixture
async def proxy(server: Sandbox) -> AsyncIterator[Proxy]:
    proxy = await Proxy.open(server.urls["mastodon"], "mastodon")
    yield proxy
    await proxy.close()


@pytest.fixture
async def client() -> AsyncIterator[ClientSession]:
    async with ClientSession() as client:
        yield client


async def test_requests_and_answers_pass_unchanged(server: Sandbox, proxy: Proxy, client: ClientSession) -> None:
    said = {"status": "Дзень 🙂", "visibility": "unlisted"}
    headers = {**SIGNED_IN, "Idempotency-Key": "one"}
    async with client.post(f"{proxy.url}/api/v1/statuses", data=said, headers=headers) as first:
        told = await first.json()
    async with client.post(f"{server.urls['mastodon']}/api/v1/statuses", data=said, headers=headers) as again:
        assert (await again.json())["id"] == told["id"]
        assert again.headers.keys() == first.headers.keys()
    assert [(post.text, post.extra["visibility"]) for post in server.walls()] == [("Дзень 🙂", "unlisted")]


async def test_a_refusal_passes_as_it_is(proxy: Proxy, client: ClientSession) -> None:
    async with client.get(f"{proxy.url}/api/v1/accounts/verify_credentials") as answer:
        assert answer.status == 401
        assert await answer.json() == {"error": "The access token is invalid"}


async def test_faults_are_ordered_over_http_and_strike_after_the_server_has_answered(
    server: Sandbox, proxy: Proxy, client: ClientSession
) -> None:
    await client.post(f"{proxy.switch}/faults", json={"what": "drop_after", "path": "/statuses$"})
    with pytest.raises(ClientConnectionError):
        await client.post(f"{proxy.url}/api/v1/statuses", data={"status": "Hallo"}, headers=SIGNED_IN)
    assert [post.text for post in server.walls()] == ["Hallo"]
    async with client.get(f"{proxy.switch}/requests") as log:
        (request,) = await log.json()
        assert (request["path"], request["status"], request["faults"]) == ("/api/v1/statuses", 200, ["drop_after"])


async def test_a_server_that_is_gone_is_a_bad_gateway_in_the_networks_words(
    server: Sandbox, proxy: Proxy, client: ClientSession
) -> None:
    await server.close()
    async with client.get(f"{proxy.url}/api/v2/instance") as answer:
        assert answer.status == 502
        assert "error" in await answer.json()

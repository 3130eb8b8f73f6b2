"""Faults to order: each kind as a client meets it, and what followers see afterwards."""

import asyncio
import os
from datetime import UTC, datetime

os.environ["PTB_TIMEDELTA"] = "1"

import httpx
import pytest
from aiohttp import ClientConnectionError, ClientOSError, ClientSession, ClientTimeout, ServerDisconnectedError
from atproto import AsyncClient
from atproto_client.exceptions import NetworkError as BlueskyNetworkError
from atproto_client.exceptions import RateLimitExceededError
from mastodon import Mastodon
from mastodon.errors import MastodonAPIError, MastodonNetworkError, MastodonRatelimitError
from telegram import Bot
from telegram.error import NetworkError, RetryAfter, TelegramError
from telegram.request import HTTPXRequest

from amplify.testing.faults import Rule
from amplify.testing.resident import Resident
from amplify.testing.sandbox import Sandbox

EVERYBODY = (
    Resident(network="mastodon", channels=("m",), name="campaign", secret="m"),
    Resident(network="bluesky", channels=("b",), name="campaign.example", secret="b"),
    Resident(network="telegram", channels=("t",), name="@campaign", secret="1:secret"),
)


@pytest.fixture
async def sandbox():
    sandbox = await Sandbox.open(EVERYBODY, now=lambda: datetime(2027, 5, 21, 7, tzinfo=UTC))
    yield sandbox
    await sandbox.close()


@pytest.fixture
async def http():
    async with ClientSession() as session:
        yield session


@pytest.fixture
async def bot(sandbox):
    line, unused = HTTPXRequest(), HTTPXRequest()
    base_url = f"{sandbox.urls['telegram']}/bot"
    yield Bot("1:secret", base_url=base_url, request=line, get_updates_request=unused)
    await line.shutdown()
    await unused.shutdown()


@pytest.fixture
def toot(sandbox):
    client = Mastodon(
        access_token="m",
        api_base_url=sandbox.urls["mastodon"],
        ratelimit_method="throw",
        version_check_mode="created",
        mastodon_version="4.6.0",
        request_timeout=5,
    )

    async def post(text):
        return await asyncio.to_thread(client.status_post, text)

    post.client = client
    yield post
    client.session.close()


async def post(http, sandbox, text, seconds=5.0):
    url = f"{sandbox.urls['telegram']}/bot1:secret/sendMessage"
    async with http.post(
        url, data={"chat_id": "@campaign", "text": text}, timeout=ClientTimeout(total=seconds)
    ) as answer:
        return answer.status, await answer.text()


def texts(sandbox):
    return [post.text for post in sandbox.walls()]


async def shown(sandbox, text):
    async with asyncio.timeout(5):
        while texts(sandbox) != [text]:  # noqa: ASYNC110 - a wall tells nobody what hangs there
            await asyncio.sleep(0.02)


async def test_a_connection_dropped_before_leaves_nothing_public(sandbox, http):
    sandbox.faults.add(Rule(what="drop_before"))
    with pytest.raises(ClientConnectionError):
        await post(http, sandbox, "x")
    assert texts(sandbox) == []
    assert (await post(http, sandbox, "x"))[0] == 200


async def test_a_connection_reset_after_leaves_the_post_public(sandbox, http):
    sandbox.faults.add(Rule(what="drop_after"))
    with pytest.raises(ClientOSError, match="reset by peer"):
        await post(http, sandbox, "x")
    assert texts(sandbox) == ["x"]


async def test_a_connection_closed_after_leaves_the_post_public(sandbox, http):
    sandbox.faults.add(Rule(what="close_after"))
    with pytest.raises(ServerDisconnectedError):
        await post(http, sandbox, "x")
    assert texts(sandbox) == ["x"]


async def test_a_held_answer_comes_late_and_the_post_is_public_at_once(sandbox, http):
    sandbox.faults.add(Rule(what="hold", arg=1))
    waiting = asyncio.create_task(post(http, sandbox, "x"))
    await shown(sandbox, "x")
    assert not waiting.done()
    assert (await waiting)[0] == 200


async def test_a_held_request_is_dropped_when_the_client_has_gone(sandbox, http):
    sandbox.faults.add(Rule(what="hold", phase="before", arg=0.3, count=2))
    with pytest.raises(asyncio.TimeoutError):
        await post(http, sandbox, "gone", seconds=0.1)
    await post(http, sandbox, "patient")
    assert texts(sandbox) == ["patient"]


async def test_a_delayed_request_is_handled_though_nobody_waits_any_more(sandbox, http):
    sandbox.faults.add(Rule(what="delay", arg=1))
    with pytest.raises(asyncio.TimeoutError):
        await post(http, sandbox, "late", seconds=0.5)
    assert texts(sandbox) == []
    await shown(sandbox, "late")


async def test_half_an_answer_is_no_json_and_the_post_is_public(sandbox, http):
    sandbox.faults.add(Rule(what="truncate"))
    status, half = await post(http, sandbox, "x")
    assert (status, half[-1] == "}") == (200, False)
    assert texts(sandbox) == ["x"]


async def test_a_page_in_place_of_json_comes_before_or_after(sandbox, http):
    sandbox.faults.add(Rule(what="html", phase="before", arg=503))
    status, page = await post(http, sandbox, "before")
    assert (status, page[:15]) == (503, "<!doctype html>")
    sandbox.faults.add(Rule(what="html"))
    status, page = await post(http, sandbox, "after")
    assert (status, page[:15]) == (200, "<!doctype html>")
    assert texts(sandbox) == ["after"]


async def test_a_status_of_ones_own_comes_with_body_and_headers(sandbox, http):
    sandbox.faults.add(
        Rule(what="status", arg=418, body={"error": "teapot"}, headers={"X-Pot": "tea"}),
        Rule(what="status", arg=502, body="Bad gateway", phase="after"),
    )
    assert await post(http, sandbox, "x") == (418, '{"error": "teapot"}')
    assert texts(sandbox) == []
    assert await post(http, sandbox, "x") == (502, "Bad gateway")
    assert texts(sandbox) == ["x"]


async def test_a_status_without_words_speaks_as_the_network_does(sandbox, bot, toot):
    sandbox.faults.add(Rule(what="status", arg=429, count=3))
    with pytest.raises(RetryAfter):
        await bot.send_message("@campaign", "x")
    with pytest.raises(MastodonRatelimitError, match="Hit rate limit"):
        await toot("x")
    assert toot.client.ratelimit_reset is not None
    client = AsyncClient(base_url=sandbox.urls["bluesky"])
    with pytest.raises(RateLimitExceededError) as limited:
        await client.login("campaign.example", "b")
    assert limited.value.reset_at is not None
    await client.request.close()
    assert texts(sandbox) == []


async def test_the_client_libraries_meet_lost_answers_as_in_the_wild(sandbox, bot, toot):
    sandbox.faults.add(Rule(what="close_after", path="status|sendMessage", count=2))
    with pytest.raises(MastodonNetworkError):
        await toot("one")
    with pytest.raises(NetworkError):
        await bot.send_message("@campaign", "two")
    sandbox.faults.add(Rule(what="truncate", network="mastodon"), Rule(what="truncate", network="telegram"))
    with pytest.raises(MastodonAPIError):
        await toot("three")
    with pytest.raises(TelegramError, match="Invalid server response"):
        await bot.send_message("@campaign", "four")
    client = AsyncClient(base_url=sandbox.urls["bluesky"])
    sandbox.faults.add(Rule(what="close_after", network="bluesky"), Rule(what="drop_after", network="bluesky"))
    with pytest.raises(httpx.RemoteProtocolError):
        await client.login("campaign.example", "b")
    with pytest.raises(BlueskyNetworkError):
        await client.login("campaign.example", "b")
    await client.request.close()
    assert texts(sandbox) == ["one", "two", "three", "four"]


async def test_a_rule_strikes_only_what_it_names_and_only_so_often(sandbox, http):
    sandbox.faults.add(
        Rule(what="status", arg=500, network="mastodon"),
        Rule(what="status", arg=500, path="getMe"),
        Rule(what="status", arg=500, method="delete"),
        Rule(what="status", arg=503, path=r"^/bot\*\*\*/sendMessage$", method="post", count=2),
    )
    assert [(await post(http, sandbox, "x"))[0] for _ in range(3)] == [503, 503, 200]
    assert [rule.arg for rule, _ in sandbox.faults.left] == [500, 500, 500]
    sandbox.faults.clear()
    assert sandbox.faults.left == []


async def test_the_switch_and_the_log_are_reached_over_http(sandbox, http):
    page = sandbox.urls["page"]
    async with http.post(f"{page}/faults", json=[{"what": "drop_after", "path": "sendMessage", "count": 2}]) as answer:
        assert [rule["what"] for rule in await answer.json()] == ["drop_after"]
    with pytest.raises(ClientOSError, match="reset by peer"):
        await post(http, sandbox, "x")
    async with http.get(f"{page}/faults") as answer:
        assert [rule["count"] for rule in await answer.json()] == [1]
    async with http.delete(f"{page}/faults") as answer:
        assert await answer.json() == []
    await post(http, sandbox, "y")
    async with http.get(f"{page}/requests") as answer:
        log = await answer.text()
        assert [(r["network"], r["method"], r["path"], r["status"], r["faults"]) for r in await answer.json()] == [
            ("telegram", "POST", "/bot***/sendMessage", 200, ["drop_after"]),
            ("telegram", "POST", "/bot***/sendMessage", 200, []),
        ]
    assert "secret" not in log
    assert [request.path for request in sandbox.requests()] == ["/bot***/sendMessage"] * 2


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ([{"what": "explode"}], "no fault is called"),
        ({"what": "hold", "argument": 3}, "has no “argument”"),
        ([{"what": "truncate", "phase": "before"}], "cannot strike"),
        ([{"what": "delay"}, {"what": "hold", "path": "("}], "is not a pattern"),
        ([{}], "this is no rule"),
    ],
)
async def test_a_rule_that_could_never_strike_is_refused(sandbox, http, said, words):
    async with http.post(f"{sandbox.urls['page']}/faults", json=said) as answer:
        assert answer.status == 400
        assert words in (await answer.json())["error"]
    assert sandbox.faults.left == []


async def test_closing_does_not_wait_for_answers_that_are_held(sandbox, http):
    sandbox.faults.add(Rule(what="hold", arg=60))
    waiting = asyncio.create_task(post(http, sandbox, "x"))
    await asyncio.sleep(0.1)
    async with asyncio.timeout(3):
        await sandbox.close()
    with pytest.raises(ClientConnectionError):
        await waiting

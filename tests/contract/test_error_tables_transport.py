"""The table of transport errors: what each means for the post, met through the real client libraries and sockets.

A gate stands between the publisher and the look-alike; nothing is known of what it swallows.
"""

import asyncio
import socket
import ssl
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, ExitStack, asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from amplify.ports.errors import OutcomeUnknown, Unavailable
from amplify.ports.publisher import Publisher
from amplify.publishers.telegram_bot import Line
from amplify.testing.publisher_site import Site, body, send
from contract.gate import SOON, Gate, answer
from servers.certificate import self_signed

OpenSite = Callable[..., AbstractAsyncContextManager[Site]]
NETWORKS = ("mastodon", "bluesky", "telegram")
PATIENCE = timedelta(seconds=SOON)
MAY_BE_PUBLIC = "The post may be public: nothing goes again before that is known"
GOES_AGAIN = "It goes again by itself"
PAGE = b"<!doctype html><title>Please wait</title>"


@asynccontextmanager
async def gated(opened: Site) -> AsyncIterator[tuple[Site, Gate]]:
    """The same site, reached through a gate, by somebody with little patience."""
    gate = Gate(opened.access.settings["server"])
    server = await asyncio.start_server(gate.take, "127.0.0.1", 0)
    gate.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    settings = {**opened.access.settings, "server": gate.url}
    access = replace(opened.access, settings=settings, connect_timeout=PATIENCE)
    yield replace(opened, access=access), gate
    server.close()


@pytest.fixture(params=NETWORKS)
async def site(request: pytest.FixtureRequest, open_site: OpenSite) -> AsyncIterator[tuple[Site, Gate]]:
    async with open_site(request.param) as opened, gated(opened) as through:
        yield through


async def connected(through: tuple[Site, Gate], patience: timedelta) -> Publisher:
    """A publisher whose every request passes the gate, also where the server names another address as its own."""
    site, gate = through
    publisher = await site.connect(patience)
    return publisher if site.network.name != "bluesky" else await elsewhere(site, publisher, gate.url)


async def elsewhere(site: Site, publisher: Publisher, url: str) -> Publisher:
    """The same account, as if its server's name had always led to `url`."""
    if site.network.name == "mastodon":
        return replace(publisher, server=replace(publisher.server, url=url))
    if site.network.name == "telegram":
        moved = replace(publisher, line=await Line.opened(site.access, url))
        site.opened.append(moved)
        return moved
    publisher.session.client.update_base_url(url)
    return publisher


def says(told: BaseException, *words: str) -> None:
    """The message names what to do, and neither a secret nor the inside of a library."""
    message = str(told)
    assert any(word in message for word in words), message
    for hidden in ("canary", "Traceback", "object at 0x", "HTTPConnection", "httpx", "urllib3"):
        assert hidden not in message


# nothing left this machine


@asynccontextmanager
async def a_name_that_does_not_exist() -> AsyncIterator[str]:
    yield "http://nowhere.invalid"


@asynccontextmanager
async def a_port_where_nobody_listens() -> AsyncIterator[str]:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    yield f"http://127.0.0.1:{port}"


@asynccontextmanager
async def a_door_that_nobody_opens() -> AsyncIterator[str]:
    """A queue of one that is full: the machine beyond does not even say no."""
    with ExitStack() as open_ones:
        door = open_ones.enter_context(socket.create_server(("127.0.0.1", 0), backlog=0))
        for _ in range(3):
            waiting = open_ones.enter_context(socket.socket())
            waiting.setblocking(False)
            waiting.connect_ex(door.getsockname())
        await asyncio.sleep(0.05)
        yield f"http://127.0.0.1:{door.getsockname()[1]}"


@asynccontextmanager
async def a_server_that_certifies_itself(folder: Path) -> AsyncIterator[str]:
    certificate = self_signed(folder)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    asyncio.get_running_loop().set_exception_handler(lambda *_: None)  # it is told of every handshake that fails
    server = await asyncio.start_server(lambda _, writer: writer.close(), "127.0.0.1", 0, ssl=context)
    yield f"https://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    server.close()


@pytest.mark.parametrize("where", ["no such name", "nobody listens", "nobody opens", "certifies itself"])
async def test_where_no_request_left_nothing_was_sent(site: tuple[Site, Gate], where: str, tmp_path: Path):
    here, _ = site
    places = {
        "no such name": a_name_that_does_not_exist,
        "nobody listens": a_port_where_nobody_listens,
        "nobody opens": a_door_that_nobody_opens,
        "certifies itself": lambda: a_server_that_certifies_itself(tmp_path),
    }
    publisher = await here.connect()
    sealed = here.sealed(publisher, body())
    advice = "Check the address" if where == "certifies itself" else GOES_AGAIN
    async with places[where]() as url:
        with pytest.raises(Unavailable) as told:
            await send(await elsewhere(here, publisher, url), sealed)
        says(told.value, advice)
        with pytest.raises(Unavailable) as told:
            await here.connect(settings={"server": url})
        says(told.value, advice)
    assert not here.wall()


@pytest.mark.parametrize("network", ["bluesky", "telegram"])
async def test_a_request_that_found_no_free_connection_was_not_sent(open_site: OpenSite, network: str):
    async with open_site(network) as opened, gated(opened) as (site, gate):
        publisher = await connected((site, gate), PATIENCE)
        client = publisher.session.client.request if network == "bluesky" else publisher.line.bot.request
        client._client._transport._pool._max_connections = 1
        first, second = site.sealed(publisher, body(), "one"), site.sealed(publisher, body(), "two")
        gate.how = "silence"
        holding = asyncio.create_task(send(publisher, first))
        await asyncio.sleep(0.1)
        other = replace(publisher) if network == "telegram" else publisher
        client._client._timeout.pool = client._client.timeout.pool = 0.1
        with pytest.raises(Unavailable) as told:
            await send(other, second)
        says(told.value, GOES_AGAIN)
        with pytest.raises(OutcomeUnknown):
            await holding
        assert gate.met == 1
        assert not site.wall()


# something may have arrived


FATES = {
    "closed without an answer": ("close", b""),
    "reset before an answer": ("reset", b""),
    "reset before the request was read": ("reset unread", b""),
    "reset in the middle of the head": ("answer, then reset", b"HTTP/1.1 200 OK\r\nContent-"),
    "reset in the middle of the body": ("answer, then reset", answer(b'{"ok": true, "re', length=400)),
    "a success as a page for browsers": ("answer", answer(PAGE, kind="text/html")),
    "a success without a body": ("answer", answer(b"")),
    "a success with another body": ("answer", answer(b"[]")),
    "a success that says nothing": ("answer", answer(b'{"ok": true, "result": {}}')),
    "a success that is cut off": ("answer", answer(b'{"ok": true, "result": {"mess', length=400)),
    "a success whose JSON is cut off": ("answer", answer(b'{"ok": true, "result": {"mess')),
    "a success in pieces that is cut off": (
        "answer",
        b'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n5\r\n{"ok"\r\n',
    ),
    "no content": ("answer", b"HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n"),
    "accepted": ("answer", answer(b"{}", "202 Accepted")),
    "no HTTP at all": ("answer", b"220 mail.example ESMTP\r\n"),
    "nonsense in a head": ("answer", b"HTTP/1.1 two hundred\r\n\r\n"),
    "a refusal that is cut off": ("answer", answer(b'{"error": "Inv', "400 Bad Request", length=400)),
    "a failure that is cut off": ("answer", answer(b'{"ok": fa', "500 Internal Server Error", length=400)),
}


@pytest.mark.parametrize("fate", FATES)
async def test_whatever_happens_once_the_request_has_begun_it_may_be_public(site: tuple[Site, Gate], fate: str):
    here, gate = site
    publisher = await connected(site, timedelta(seconds=2))
    gate.how, gate.with_bytes = FATES[fate]
    with pytest.raises(OutcomeUnknown) as told:
        await send(publisher, here.sealed(publisher, body()))
    says(told.value, MAY_BE_PUBLIC)
    assert gate.met == 1
    assert here.sent() == 0


@pytest.mark.parametrize("how", ["silence", "trickle"])
async def test_a_server_that_takes_too_long_may_have_published(site: tuple[Site, Gate], how: str):
    here, gate = site
    publisher = await connected(site, PATIENCE)
    gate.how = how
    began = asyncio.get_running_loop().time()
    with pytest.raises(OutcomeUnknown) as told:
        await send(publisher, here.sealed(publisher, body()))
    assert asyncio.get_running_loop().time() - began < 3 * PATIENCE.total_seconds()
    says(told.value, MAY_BE_PUBLIC)
    assert here.sent() == 0


@pytest.mark.parametrize("status", ["301 Moved", "302 Found", "303 See Other", "307 Temporary", "308 Permanent"])
async def test_a_redirect_is_never_followed_to_a_second_send(site: tuple[Site, Gate], status: str):
    here, gate = site
    publisher = await connected(site, timedelta(seconds=2))
    followed = 0

    async def trap(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal followed
        followed += 1
        writer.close()

    server = await asyncio.start_server(trap, "127.0.0.1", 0)
    location = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/api/v1/statuses"
    gate.how = "answer"
    head = f"HTTP/1.1 {status}\r\nLocation: {location}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
    gate.with_bytes = head.encode()
    with pytest.raises(OutcomeUnknown) as told:
        await send(publisher, here.sealed(publisher, body()))
    says(told.value, MAY_BE_PUBLIC)
    server.close()
    assert followed == 0
    assert here.sent() == 0
    assert not here.wall()

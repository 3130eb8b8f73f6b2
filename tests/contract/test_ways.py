"""The way to a server: through a proxy and never past it, by certificates that are trusted, to where it was said."""

import asyncio
import gc
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import replace
from urllib.parse import urlsplit

import pytest

from amplify.ports.errors import OutcomeUnknown, Unavailable
from amplify.ports.way import Way, spelled
from amplify.testing.publisher_contract import PublisherContract
from amplify.testing.publisher_site import Site, body, send
from amplify.testing.socks import Socks, socks

OpenSite = Callable[..., AbstractAsyncContextManager[Site]]
NETWORKS = ("mastodon", "bluesky", "telegram")
#: A name that nobody knows but the proxy.
NAME = "campaign.invalid"
ACCOUNT = ("somebody", "canary-71c0de55")


def port_of(site: Site) -> int:
    return urlsplit(site.access.settings["server"]).port or 0


def led(site: Site, proxy: str) -> Site:
    """The same site behind the made-up name, through a proxy."""
    settings = {**site.access.settings, "server": f"http://{NAME}"}
    return replace(site, access=replace(site.access, settings=settings, way=Way(proxy=spelled(proxy))))


@asynccontextmanager
async def through(opened: Site, account: tuple[str, str] | None = None) -> AsyncIterator[tuple[Site, Socks]]:
    async with socks({NAME: port_of(opened)}, account) as proxy:
        yield led(opened, proxy.url), proxy


@pytest.fixture(params=NETWORKS)
async def opened(request: pytest.FixtureRequest, open_site: OpenSite) -> AsyncIterator[Site]:
    async with open_site(request.param) as site:
        yield site


@pytest.fixture
def _left_open(opened: Site) -> Iterator[None]:  # noqa: ARG001  collected before the servers go
    """httpcore lets go of a connection that a SOCKS proxy refuses only when it is collected: that is done here."""
    yield
    gc.collect()


#: The tests in which that happens.
REFUSING = (
    pytest.mark.usefixtures("_left_open"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
)


def refusing(test: Callable[..., object]) -> Callable[..., object]:
    for mark in REFUSING:
        test = mark(test)
    return test


class TestMastodonThroughSocks(PublisherContract):
    """All that it promises it keeps behind a proxy."""

    @pytest.fixture
    async def site(self, open_site: OpenSite) -> AsyncIterator[Site]:
        async with open_site("mastodon") as opened, through(opened) as (site, _):
            yield site


async def test_a_post_goes_through_the_proxy_which_alone_asks_for_the_name(opened: Site) -> None:
    async with through(opened, ACCOUNT) as (site, proxy):
        publisher = await site.connect()
        await send(publisher, site.sealed(publisher, body()))
        assert len(site.wall()) == 1
        assert proxy.asked[0] == NAME
        assert set(proxy.asked) <= {NAME, "127.0.0.1"}  # a Bluesky server tells another address of its own


async def test_with_the_proxy_down_nothing_leaks_past_it(opened: Site) -> None:
    async with through(opened, ACCOUNT) as (site, proxy):
        publisher = await site.connect()
        sealed = site.sealed(publisher, body())
    before = len(proxy.asked)
    for attempt in (send(publisher, sealed), site.connect()):
        with pytest.raises(Unavailable) as failed:
            await attempt
        assert f"socks5h://127.0.0.1:{proxy.port}" in str(failed.value)
        assert "nothing goes past it" in str(failed.value)
        assert ACCOUNT[1] not in str(failed.value)
    assert (opened.sent(), len(proxy.asked)) == (0, before)
    assert opened.wall() == []


@refusing
async def test_a_proxy_that_refuses_has_let_nothing_through(opened: Site) -> None:
    async with through(opened) as (site, proxy):
        publisher = await site.connect()
        sealed = site.sealed(publisher, body())
        proxy.answer = 2
        with pytest.raises(Unavailable):
            await send(publisher, sealed)
        assert opened.sent() == 0


@refusing
async def test_a_proxy_that_does_not_know_us_has_let_nothing_through(opened: Site) -> None:
    async with through(opened, ACCOUNT) as (_, proxy):
        wrong = led(opened, f"socks5://somebody:wrong-canary-99@127.0.0.1:{proxy.port}")
        with pytest.raises(Unavailable) as failed:
            await wrong.connect()
        assert "wrong-canary-99" not in str(failed.value)
        assert proxy.asked == []


async def test_a_proxy_that_lets_go_after_the_request_leaves_the_question_open(opened: Site) -> None:
    async with through(opened) as (site, proxy):
        publisher = await site.connect()
        sealed = site.sealed(publisher, body())
        proxy.cut = 20
        with pytest.raises(OutcomeUnknown):
            await send(publisher, sealed)
        assert len(opened.wall()) == 1


@pytest.mark.parametrize("status", [403, 407, 502])
async def test_what_a_proxy_answers_is_not_what_the_server_says(opened: Site, status: int) -> None:
    asked: list[bytes] = []

    async def refuse(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        asked.append(await reader.readuntil(b"\r\n\r\n"))
        writer.write(f"HTTP/1.1 {status} No\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".encode())
        await writer.drain()
        writer.close()
        await writer.wait_closed()

    server = await asyncio.start_server(refuse, "127.0.0.1", 0)
    proxy = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    settings = {**opened.access.settings, "server": f"https://{NAME}"}
    with pytest.raises(Unavailable) as failed:
        await opened.network.connect(replace(opened.access, settings=settings, way=Way(proxy=proxy)))
    assert proxy in str(failed.value)
    assert {b" ".join(each.split()[:2]) for each in asked} == {f"CONNECT {NAME}:443".encode()}
    server.close()

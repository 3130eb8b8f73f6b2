"""Whom we believe that they are our server: by its certificate, at the address that was written, and nowhere else."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from amplify.ports.errors import OutcomeUnknown, Unauthorized, Unavailable
from amplify.ports.way import Way
from amplify.testing.faults import Rule
from amplify.testing.publisher_site import Site, body, send
from servers.another_door import door, tls_door
from servers.certificate import self_signed

OpenSite = Callable[..., AbstractAsyncContextManager[Site]]
NETWORKS = ("mastodon", "bluesky", "telegram")


@pytest.fixture(params=NETWORKS)
async def opened(request: pytest.FixtureRequest, open_site: OpenSite) -> AsyncIterator[Site]:
    async with open_site(request.param) as site:
        yield site


def port_of(site: Site) -> int:
    return urlsplit(site.access.settings["server"]).port or 0


def at(site: Site, server: str, ca: str = "") -> Site:
    settings = {**site.access.settings, "server": server}
    return replace(site, access=replace(site.access, settings=settings, way=Way(ca=ca)))


async def test_a_certificate_of_ones_own_is_believed_where_it_is_named_and_nowhere_else(
    opened: Site, tmp_path: Path
) -> None:
    pem = self_signed(tmp_path)
    async with tls_door(port_of(opened), pem) as port:
        with pytest.raises(Unavailable) as refused:
            await at(opened, f"https://127.0.0.1:{port}").connect()
        assert "is not valid" in str(refused.value)
        assert "`ca:`" in str(refused.value)
        publisher = await at(opened, f"https://127.0.0.1:{port}", str(pem)).connect()
        await send(publisher, opened.sealed(publisher, body()))
    assert len(opened.wall()) == 1


@pytest.mark.parametrize("wrong", [{"here": "127.0.0.2"}, {"days": 30}], ids=["another address", "too old"])
async def test_a_certificate_of_another_address_or_of_another_time_is_not_believed(
    opened: Site, tmp_path: Path, wrong: dict[str, object]
) -> None:
    pem = self_signed(tmp_path, **wrong)
    async with tls_door(port_of(opened), pem) as port:
        with pytest.raises(Unavailable, match=r"certificate of \S+ is not valid"):
            await at(opened, f"https://127.0.0.1:{port}", str(pem)).connect()


async def test_a_server_at_an_address_of_ipv6_is_reached(opened: Site) -> None:
    async with door(port_of(opened), "::1") as port:
        publisher = await at(opened, f"http://[::1]:{port}").connect()
        await send(publisher, opened.sealed(publisher, body()))
    assert len(opened.wall()) == 1


@asynccontextmanager
async def watched() -> AsyncIterator[tuple[str, list[object]]]:
    """Another server, and who came to it."""
    came: list[object] = []

    async def take(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        came.append(writer.get_extra_info("peername"))
        writer.close()

    server = await asyncio.start_server(take, "127.0.0.1", 0)
    yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}", came
    server.close()


@pytest.mark.parametrize("status", [301, 302, 307, 308])
async def test_a_redirect_is_never_followed_and_says_where_the_server_went(opened: Site, status: int) -> None:
    async with watched() as (elsewhere, came):
        opened.faults.add(Rule(what="status", arg=status, headers={"Location": f"{elsewhere}/somewhere?secret=1"}))
        with pytest.raises(Unauthorized) as refused:
            await opened.connect()
        assert f"points to {elsewhere}." in str(refused.value)
        publisher = await opened.connect()
        sealed = opened.sealed(publisher, body())
        rule = Rule(what="status", path=opened.sends, method="POST", arg=status, headers={"Location": elsewhere})
        opened.faults.add(rule)
        with pytest.raises(OutcomeUnknown):
            await send(publisher, sealed)
        assert (opened.sent(), came) == (1, [])

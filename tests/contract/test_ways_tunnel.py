"""Through an HTTP proxy: libraries call more than one thing a failure of the proxy, and only some prove that nothing left."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from amplify.ports.errors import OutcomeUnknown, Unavailable
from amplify.ports.publisher import Access
from amplify.ports.way import Way
from amplify.publishers.bluesky_kept import Kept
from amplify.publishers.bluesky_session import Session
from amplify.testing.faults import Rule
from amplify.testing.publisher_site import Site, body, send
from servers.another_door import tls_door
from servers.certificate import self_signed
from servers.tunnel import tunnel

OpenSite = Callable[..., AbstractAsyncContextManager[Site]]
NETWORKS = ("mastodon", "bluesky", "telegram")
#: A name that nobody knows but the proxy.
NAME = "campaign.invalid"


@pytest.fixture(params=NETWORKS)
async def opened(request: pytest.FixtureRequest, open_site: OpenSite) -> AsyncIterator[Site]:
    async with open_site(request.param) as site:
        yield site


@pytest.fixture
async def site(opened: Site, tmp_path: Path) -> AsyncIterator[tuple[Site, list[str]]]:
    pem = self_signed(tmp_path, NAME)
    port = urlsplit(opened.access.settings["server"]).port or 0
    async with tls_door(port, pem) as door, tunnel({NAME: door}) as (proxy, asked):
        settings = {**opened.access.settings, "server": f"https://{NAME}"}
        access = replace(opened.access, settings=settings, way=Way(proxy=proxy, ca=str(pem)))
        yield replace(opened, access=access), asked


async def test_a_post_goes_through_a_tunnel_of_an_http_proxy(site: tuple[Site, list[str]]) -> None:
    behind, asked = site
    publisher = await behind.connect()
    await send(publisher, behind.sealed(publisher, body()))
    assert len(behind.wall()) == 1
    assert set(asked) == {NAME}  # whatever address of this machine the server says that it has


@pytest.mark.parametrize("cut", ["close_after", "drop_after"])
async def test_a_tunnel_that_breaks_behind_the_request_leaves_the_question_open(
    site: tuple[Site, list[str]], cut: str
) -> None:
    behind, _ = site
    publisher = await behind.connect()
    sealed = behind.sealed(publisher, body())
    behind.faults.add(Rule(what=cut, path=behind.sends, method="POST"))
    with pytest.raises(OutcomeUnknown):
        await send(publisher, sealed)
    assert len(behind.wall()) == 1


@pytest.mark.parametrize(
    ("named", "home"),
    [
        ("https://pds.example", "https://pds.example"),
        ("http://pds.example", "https://door.example"),
        ("https://127.0.0.1:2583", "https://door.example"),
        ("", "https://door.example"),
    ],
)
def test_the_tokens_of_a_bluesky_account_go_to_another_server_by_https_only(named: str, home: str) -> None:
    second, settings = timedelta(seconds=1), {"server": "https://door.example"}
    access = Access(channel="en", language="en", settings=settings, timeout=second, connect_timeout=second)
    assert Session(access=access, kept=Kept(keep=access.keep, owner=""), endpoint=named).home == home


async def test_with_the_http_proxy_down_nothing_leaks_past_it(opened: Site, tmp_path: Path) -> None:
    pem = self_signed(tmp_path, NAME)
    port = urlsplit(opened.access.settings["server"]).port or 0
    async with tls_door(port, pem) as door, tunnel({NAME: door}) as (proxy, _):
        settings = {**opened.access.settings, "server": f"https://{NAME}"}
        access = replace(opened.access, settings=settings, way=Way(proxy=proxy, ca=str(pem)))
        behind = replace(opened, access=access)
        publisher = await behind.connect()
        sealed = behind.sealed(publisher, body())
    with pytest.raises(Unavailable, match=f"through the proxy {proxy}, and nothing goes past it"):
        await send(publisher, sealed)
    assert opened.sent() == 0

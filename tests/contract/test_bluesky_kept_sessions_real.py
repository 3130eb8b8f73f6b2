"""The same on Bluesky's own server: what it really does with a session that is renewed, shared or revoked."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import replace
from pathlib import Path
from urllib.request import Request, urlopen

import pytest

from amplify.config.keepsakes import FileKeepsake, keepsake
from amplify.domain.richtext import plain
from amplify.ports.errors import Unavailable
from amplify.testing.faults import Rule
from amplify.testing.publisher_site import Site, send
from servers.bluesky import Pds

OpenRealSite = Callable[..., AbstractAsyncContextManager[Site]]
EXPIRED = {"error": "ExpiredToken", "message": "Token has expired"}
pytestmark = pytest.mark.real


@pytest.fixture
async def site(open_real_site: OpenRealSite, pds: Pds, tmp_path: Path) -> AsyncIterator[Site]:
    async with open_real_site(pds) as site:
        yield replace(site, access=replace(site.access, keep=keepsake(tmp_path, "bluesky", ["here"])))


def tokens(site: Site) -> list[str]:
    """That for the requests, which is the same twice within a second, and that for renewing."""
    kept = site.access.keep
    assert isinstance(kept, FileKeepsake)
    return json.loads(kept.load())["session"].split(":::")[2:4]


def let_it_expire(site: Site, times: int = 1) -> None:
    site.faults.add(Rule(what="status", arg=400, path=site.sends, body=EXPIRED, count=times))


def nobody_may_sign_in(site: Site) -> None:
    site.faults.add(Rule(what="status", arg=500, path="createSession", count=99))


async def test_a_session_goes_on_in_the_next_run_and_is_renewed_without_a_sign_in(site: Site) -> None:
    await site.connect()
    nobody_may_sign_in(site)
    publisher = await site.connect()
    _, renewing = tokens(site)
    let_it_expire(site)
    await send(publisher, site.sealed(publisher, plain("Hallo")))
    assert len(site.wall()) == 1
    assert renewing not in tokens(site)


async def test_two_that_renew_at_the_same_moment_both_go_on(site: Site) -> None:
    both = [await site.connect(), await site.connect()]
    nobody_may_sign_in(site)
    let_it_expire(site, 2)
    await asyncio.gather(
        *(send(each, site.sealed(each, plain("Hallo"), f"post-{number}")) for number, each in enumerate(both))
    )
    assert len(site.wall()) == 2
    assert {tuple(each.secrets) for each in both} == {tuple(tokens(site))}


async def test_a_renewal_whose_answer_was_lost_is_made_up_for(site: Site) -> None:
    publisher = await site.connect()
    nobody_may_sign_in(site)
    let_it_expire(site, 2)
    site.faults.add(Rule(what="drop_after", path="refreshSession"))
    sealed = site.sealed(publisher, plain("Hallo"))
    with pytest.raises(Unavailable):
        await send(publisher, sealed)
    await send(publisher, sealed)
    assert len(site.wall()) == 1


async def test_a_session_that_was_revoked_takes_a_sign_in(site: Site, pds: Pds) -> None:
    publisher = await site.connect()
    _, renewing = tokens(site)
    address = f"{pds.url}/xrpc/com.atproto.server.deleteSession"
    asked = Request(address, method="POST", headers={"Authorization": f"Bearer {renewing}"})
    with await asyncio.to_thread(urlopen, asked) as answer:
        assert answer.status == 200
    let_it_expire(site)
    await send(publisher, site.sealed(publisher, plain("Hallo")))
    assert len(site.wall()) == 1
    assert renewing not in tokens(site)

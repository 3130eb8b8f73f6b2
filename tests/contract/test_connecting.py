"""A connection that cannot be made is let go of whole."""

import gc
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager

import httpx
import pytest

from amplify.ports.errors import PublishError
from amplify.testing.faults import Rule
from amplify.testing.publisher_site import Site

OpenSite = Callable[..., AbstractAsyncContextManager[Site]]


def open_clients() -> set[int]:
    return {id(one) for one in gc.get_objects() if type(one) is httpx.AsyncClient and not one.is_closed}


@pytest.mark.parametrize(("network", "path"), [("telegram", "getChat"), ("bluesky", "getRecord")])
async def test_whoever_fails_to_connect_leaves_no_client_open(open_site: OpenSite, network: str, path: str) -> None:
    async with open_site(network) as site:
        before = open_clients()
        site.faults.add(Rule(what="status", arg=500, path=path))
        with pytest.raises(PublishError) as told:
            await site.network.connect(site.access)
        assert open_clients() <= before, told

"""What Bluesky's own server answers when a post names a picture that it does not have."""

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import replace

import pytest

from amplify.ports.errors import Unstaged
from amplify.testing.bluesky.identifiers import blob_cid
from amplify.testing.picture_contract import PRINTS, SHOWN, TEXT
from amplify.testing.publisher_site import Site
from servers.bluesky import Pds

OpenRealSite = Callable[..., AbstractAsyncContextManager[Site]]
pytestmark = pytest.mark.real


async def test_blueskys_own_server_misses_a_blob(open_real_site: OpenRealSite, pds: Pds):
    async with open_real_site(pds) as site:
        publisher = await site.connect()
        staged = await publisher.stage(site.sealed(publisher, TEXT, pictures=(SHOWN,)), PRINTS)
        given = staged.staged[SHOWN.mark]
        other = {**given, "blob": {**given["blob"], "ref": {"$link": blob_cid(b"never uploaded")}}}
        with pytest.raises(Unstaged):
            await publisher.publish(replace(staged, staged={SHOWN.mark: other}))
        assert not site.wall()
        await publisher.publish(staged)
        assert len(site.wall()) == 1

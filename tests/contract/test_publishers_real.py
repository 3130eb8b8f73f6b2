"""The same promises on servers that others wrote: Bluesky's own, and a Mastodon."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager

import pytest

from amplify.testing.publisher_contract import PublisherContract
from amplify.testing.publisher_site import Site
from servers.bluesky import Pds
from servers.mastodon import MastodonMock

OpenRealSite = Callable[..., AbstractAsyncContextManager[Site]]
pytestmark = pytest.mark.real


class TestBlueskysOwnServer(PublisherContract):
    @pytest.fixture
    async def site(self, open_real_site: OpenRealSite, pds: Pds) -> AsyncIterator[Site]:
        async with open_real_site(pds) as site:
            yield site


class TestMastodonMock(PublisherContract):
    @pytest.fixture
    async def site(self, open_real_site: OpenRealSite, mastodon_mock: MastodonMock) -> AsyncIterator[Site]:
        async with open_real_site(mastodon_mock) as site:
            yield site

"""Our publishers keep their promises, on look-alikes of the three networks and on a careless one."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager

import pytest

from amplify.testing.publisher_contract import PublisherContract
from amplify.testing.publisher_site import Site

OpenSite = Callable[..., AbstractAsyncContextManager[Site]]


class TestMastodon(PublisherContract):
    @pytest.fixture
    async def site(self, open_site: OpenSite) -> AsyncIterator[Site]:
        async with open_site("mastodon") as site:
            yield site


class TestMastodonThatIgnoresIdempotency(PublisherContract):
    @pytest.fixture
    async def site(self, open_site: OpenSite) -> AsyncIterator[Site]:
        async with open_site("mastodon", honours_idempotency=False, ulid_ids=True, over_limit_status=400) as site:
            yield site


class TestBluesky(PublisherContract):
    @pytest.fixture
    async def site(self, open_site: OpenSite) -> AsyncIterator[Site]:
        async with open_site("bluesky") as site:
            yield site


class TestTelegram(PublisherContract):
    @pytest.fixture
    async def site(self, open_site: OpenSite) -> AsyncIterator[Site]:
        async with open_site("telegram") as site:
            yield site

"""Our publishers keep their promises, on look-alikes of the three networks and on a careless one."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager

import pytest

from amplify.testing.publisher_contract import PublisherContract
from amplify.testing.publisher_site import Site

#: What was measured on servers that speak the API and are not Mastodon.
CARELESS = {
    "honours_idempotency": False,
    "ulid_ids": True,
    "over_limit_status": 400,
    "counts_urls_in_full": True,
    "boosts_twice": True,
}
OpenSite = Callable[..., AbstractAsyncContextManager[Site]]


class TestMastodon(PublisherContract):
    @pytest.fixture
    async def site(self, open_site: OpenSite) -> AsyncIterator[Site]:
        async with open_site("mastodon") as site:
            yield site


class TestMastodonThatIgnoresIdempotency(PublisherContract):
    @pytest.fixture
    async def site(self, open_site: OpenSite) -> AsyncIterator[Site]:
        async with open_site("mastodon", **CARELESS) as site:
            yield site


class TestMastodon46(PublisherContract):
    """Its replays answer 500, and it looks at a picture before it is ready."""

    @pytest.fixture
    async def site(self, open_site: OpenSite) -> AsyncIterator[Site]:
        async with open_site("mastodon", replay_answers_500=True, looks_at_pictures=1) as site:
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

"""Our publishers keep their promises, on look-alikes of the three networks and of servers that speak Mastodon's API."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import replace

import pytest

from amplify.domain.feature import Feature
from amplify.testing.publisher_contract import PublisherContract
from amplify.testing.publisher_site import Site

#: What was measured on servers that speak the API and are not Mastodon as it is now, as their makers put it together.
GOTOSOCIAL = {
    "claims": "0.20.2+git-7b1ff5d",
    "made_by": "https://codeberg.org/superseriousbusiness/gotosocial",
    "honours_idempotency": False,
    "ulid_ids": True,
    "over_limit_status": 400,
    "gone_pictures_answer": 400,
    "longest": 5000,
    "counts_urls_in_full": True,
    "usual_visibility": "unlisted",
    "boosts_twice": True,
}
PLEROMA = {
    "claims": "2.7.2 (compatible; Pleroma 2.9.1)",
    "lacks_v2": True,
    "keeps_refusals": True,
    "ulid_ids": True,
    "longest": 5000,
    "counts_urls_in_full": True,
    "drops_languages": True,
    "polls_want_booleans": True,
    "misses_pictures": False,
}
OLD_MASTODON = {"claims": "3.5.19", "lacks_v2": True, "misses_pictures": False}
_BEFORE_QUOTES = dict.fromkeys((Feature.QUOTE, Feature.QUOTE_RULES), "it knows none, and such a post is refused")
_NO_LANGUAGE = {Feature.LANGUAGE: "it keeps none, which its receipt tells"}
_PASSES_OVER = {
    "test_a_picture_that_the_server_has_thrown_away_is_told_and_staged_again": "it publishes without it, so it is looked at just before"
}
OpenSite = Callable[..., AbstractAsyncContextManager[Site]]


class TestMastodon(PublisherContract):
    @pytest.fixture
    async def site(self, open_site: OpenSite) -> AsyncIterator[Site]:
        async with open_site("mastodon") as site:
            yield site


class TestGoToSocial(PublisherContract):
    @pytest.fixture
    async def site(self, open_site: OpenSite) -> AsyncIterator[Site]:
        async with open_site("mastodon", **GOTOSOCIAL) as site:
            yield replace(site, cannot_show_features=_BEFORE_QUOTES)


class TestPleroma(PublisherContract):
    @pytest.fixture
    async def site(self, open_site: OpenSite) -> AsyncIterator[Site]:
        async with open_site("mastodon", **PLEROMA) as site:
            yield replace(site, cannot_show=_PASSES_OVER, cannot_show_features=_BEFORE_QUOTES | _NO_LANGUAGE)


class TestOldMastodon(PublisherContract):
    @pytest.fixture
    async def site(self, open_site: OpenSite) -> AsyncIterator[Site]:
        async with open_site("mastodon", **OLD_MASTODON) as site:
            yield replace(site, cannot_show=_PASSES_OVER, cannot_show_features=_BEFORE_QUOTES)


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

"""Networks that can change what is public: the promises of edits, on look-alikes."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager

import pytest

from amplify.publishers import installed
from amplify.testing.edit_contract import EditContract
from amplify.testing.publisher_site import Site

OpenSite = Callable[..., AbstractAsyncContextManager[Site]]


class TestMastodonEdits(EditContract):
    @pytest.fixture
    async def site(self, open_site: OpenSite) -> AsyncIterator[Site]:
        async with open_site("mastodon") as site:
            yield site


class TestEditsOnAMastodonOfAnotherMaker(EditContract):
    @pytest.fixture
    async def site(self, open_site: OpenSite) -> AsyncIterator[Site]:
        async with open_site("mastodon", honours_idempotency=False, ulid_ids=True, misses_pictures=False) as site:
            yield site


class TestTelegramEdits(EditContract):
    @pytest.fixture
    async def site(self, open_site: OpenSite) -> AsyncIterator[Site]:
        async with open_site("telegram") as site:
            yield site


def test_every_network_that_edits_is_tried_here() -> None:
    can = {name for name, network in installed().items() if "edit" in network.variants.get("as", ())}
    assert can == {"mastodon", "telegram"}

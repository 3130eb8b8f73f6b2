"""The promises of taking back and of counting on servers that others wrote."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager

import pytest

from amplify.testing.publisher_site import Site
from amplify.testing.upkeep_contract import MeasureContract, WithdrawContract
from servers.bluesky import Pds
from servers.mastodon import MastodonMock

OpenRealSite = Callable[..., AbstractAsyncContextManager[Site]]
pytestmark = pytest.mark.real


class TestBlueskysOwnServer(WithdrawContract):
    """It counts nothing itself: that is the AppView's part (tests/acceptance/test_appview_real.py)."""

    @pytest.fixture
    async def site(self, open_real_site: OpenRealSite, pds: Pds) -> AsyncIterator[Site]:
        async with open_real_site(pds) as site:
            yield site


class TestMastodonMock(WithdrawContract, MeasureContract):
    @pytest.fixture
    async def site(self, open_real_site: OpenRealSite, mastodon_mock: MastodonMock) -> AsyncIterator[Site]:
        async with open_real_site(mastodon_mock) as site:
            yield site

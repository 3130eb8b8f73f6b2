"""The promises of edits on a Mastodon that others wrote."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager

import pytest

from amplify.testing.edit_contract import EditContract
from amplify.testing.publisher_site import Site
from servers.mastodon import MastodonMock

OpenRealSite = Callable[..., AbstractAsyncContextManager[Site]]
pytestmark = pytest.mark.real


class TestEditsOnMastodonMock(EditContract):
    @pytest.fixture
    async def site(self, open_real_site: OpenRealSite, mastodon_mock: MastodonMock) -> AsyncIterator[Site]:
        async with open_real_site(mastodon_mock) as site:
            yield site

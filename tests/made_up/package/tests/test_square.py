"""The square keeps every promise of a publisher."""

from collections.abc import AsyncIterator

import pytest
from boards import board
from notice_boards.square import SQUARE

from amplify.testing.publisher_contract import PublisherContract
from amplify.testing.publisher_site import Site


class TestSquare(PublisherContract):
    @pytest.fixture
    async def site(self) -> AsyncIterator[Site]:
        async with board(SQUARE) as site:
            yield site

"""The contract, against networks that break it: every class fails, each with the promise that it breaks."""

from collections.abc import AsyncIterator

import pytest
import squares
from boards import board

from amplify.testing.publisher_contract import PublisherContract
from amplify.testing.publisher_site import Site


class _Faulty(PublisherContract):
    @pytest.fixture
    async def site(self) -> AsyncIterator[Site]:
        async with board(getattr(squares, type(self).__name__.removeprefix("Test").upper())) as site:
            yield site


class TestImpatient(_Faulty):
    """Tries again by itself."""


class TestHopeful(_Faulty):
    """Reports success although it was refused."""


class TestBlind(_Faulty):
    """Finds nothing although it is public."""


class TestTalkative(_Faulty):
    """Writes its token into the log."""


class TestCareless(_Faulty):
    """Drops marks that it lists."""


class TestBoastful(_Faulty):
    """Lists polls and has none."""


class TestMoody(_Faulty):
    """Seals the same post differently each time."""


class TestForgetful(_Faulty):
    """Promises that the same envelope may go twice, and makes two posts of it."""


class TestCertain(_Faulty):
    """Says of a lost answer that nothing was sent."""

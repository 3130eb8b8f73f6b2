"""A network that nobody has keeps every promise, with one file and this one class."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest

from amplify.ports.publisher import Access
from amplify.testing.proxy import Proxy
from amplify.testing.publisher_contract import PublisherContract
from amplify.testing.publisher_site import Site
from made_up.square import SQUARE
from made_up.town_hall import town_hall

SECRET = "canary-2b7d-41e9"


class TestSquare(PublisherContract):
    @pytest.fixture
    async def site(self) -> AsyncIterator[Site]:
        async with town_hall(SECRET) as hall:
            proxy = await Proxy.open(hall.url, "square")
            here = Access(
                channel="here",
                language="be",
                settings={"server": proxy.url, "token": SECRET},
                timeout=timedelta(seconds=10),
                connect_timeout=timedelta(seconds=2),
            )
            site = Site(
                network=SQUARE,
                access=here,
                secret=SECRET,
                wall=hall.wall,
                faults=proxy.faults,
                sent=lambda: sum((each.method, each.path) == ("POST", "/notices") for each in proxy.requests()),
                leave=proxy.close,
                now=lambda: datetime(2027, 5, 21, 7, tzinfo=UTC),
                sends=r"/notices$",
                refusal=422,
                keeps_keys=True,
            )
            yield site
            await site.close()
            await proxy.close()

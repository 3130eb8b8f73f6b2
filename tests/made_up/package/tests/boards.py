"""Where the promises of a network that speaks with a town hall are tried."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

from town_hall import town_hall

from amplify.ports.publisher import Access, Network
from amplify.testing.proxy import Proxy
from amplify.testing.publisher_site import Site

SECRET = "canary-2b7d-41e9"


@asynccontextmanager
async def board(network: Network) -> AsyncIterator[Site]:
    """It is there while inside."""
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
            network=network,
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

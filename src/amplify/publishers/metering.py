"""One request that counts: told before it leaves, and heard out whatever comes back."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from amplify.domain.budget import Use
from amplify.ports.meter import Meter
from amplify.publishers.answers import Ear


@asynccontextmanager
async def metered(meter: Meter, ear: Ear, use: Use, number: int = 1) -> AsyncIterator[None]:
    """Raises Throttled before anything leaves, where the server would refuse it."""
    await meter.spend(use, number)
    try:
        yield
    finally:
        if (reading := ear.reading(use)) is not None:
            await meter.hear(reading)

"""What a courier said counts, whoever was listening."""

import asyncio
import sys

from amplify.publishers.apprise_errand import _see_off, back_with


async def test_a_courier_that_ended_before_anybody_listened_is_heard_all_the_same() -> None:
    courier = await asyncio.create_subprocess_exec(
        sys.executable, "-c", "print('begun')", stdout=asyncio.subprocess.PIPE
    )
    await courier.wait()
    said: list[bytes] = []
    await _see_off(courier, said)
    assert back_with(said).begun, "else a post that left would pass for one that did not, and go again"

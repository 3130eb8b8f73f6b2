"""Running a library that blocks without ever waiting for it longer than we meant to.

A server may hang, or send a byte a minute for ever. Each call gets a daemon thread of its own: an executor's
thread would hold up the calls behind it, and the end of the process, until that server lets go.
"""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from functools import partial
from threading import Thread
from typing import TypeVar

T = TypeVar("T")


async def in_own_thread(work: Callable[[], T], within: timedelta) -> T:
    """What `work` returns or raises. Raises TimeoutError when that takes too long; the thread is then left behind."""
    loop = asyncio.get_running_loop()
    done: asyncio.Future[T] = loop.create_future()

    def settle(step: Callable[[], None]) -> None:
        if not done.done():
            step()

    def run() -> None:
        try:
            step = partial(done.set_result, work())
        except Exception as error:  # noqa: BLE001  it is raised again where the result is awaited
            step = partial(done.set_exception, error)
        with suppress(RuntimeError):  # the loop has ended meanwhile: nobody waits any more
            loop.call_soon_threadsafe(settle, step)

    Thread(target=run, name="amplify-publisher", daemon=True).start()
    async with asyncio.timeout(within.total_seconds()):
        return await done

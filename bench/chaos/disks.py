"""What goes wrong with the ledger: it cannot grow, cannot be written, is somebody else's, is gone."""

import asyncio
import os
import resource
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from pathlib import Path

from bench.chaos.stage import Stage
from bench.chaos.street import SENDS

from amplify.testing.faults import Rule

#: Bytes by which the ledger's journal may still grow: enough for some posts.
_ROOM = 120_000
#: Seconds: longer than the ledger's patience, which is ten.
_LOCKED = 13
_A_WHILE = 4
#: For requests that were on record when the ledger went away.
_ON_ITS_WAY = 0.3
_NOBODY = 65534
#: The answer comes while nobody can write it down.
_SLOW = Rule(what="hold", arg=1.5, count=2, path=SENDS, method="POST")


async def full(stage: Stage, kills: int) -> None:
    """No file can grow beyond a size; a worker that lives on sees room again."""
    journal = stage.ledger.with_name(f"{stage.ledger.name}-wal")
    for _ in range(kills):
        there = max(stage.ledger.stat().st_size, journal.stat().st_size if journal.exists() else 0)
        worker = await stage.start(largest=there + stage.random.randrange(_ROOM // 4, _ROOM))
        await stage.until(worker.ended.is_set, _A_WHILE)
        if stage.random.random() < 1 / 2 and hasattr(resource, "prlimit") and not worker.ended.is_set():
            resource.prlimit(worker.pid, resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
            await stage.a_while(_A_WHILE)
        await stage.kill()


async def locked(stage: Stage, kills: int) -> None:
    """Another program writes and does not end, while answers are on their way; the worker lives through it."""
    stage.street.order(_SLOW)
    before = stage.sends()
    await stage.start()
    await stage.until(lambda: stage.sends() > before)
    await stage.a_while(1)
    async with _written_by_another(stage.ledger):
        await asyncio.sleep(_LOCKED)
    await stage.a_while(_A_WHILE)
    for _ in range(kills):
        async with _written_by_another(stage.ledger):
            await stage.a_while(2)
            await stage.kill()
            await stage.start()
            await stage.a_while(2)
    await asyncio.sleep(_A_WHILE)


async def read_only(stage: Stage, kills: int) -> None:
    """A worker that may not write says so and publishes nothing."""
    before = stage.sends()
    await stage.start()
    await stage.until(lambda: stage.sends() > before + len(stage.street.houses))
    await stage.kill()
    folder = stage.ledger.parent
    files = [file for file in folder.iterdir() if file.is_file()]
    sent = stage.sends()
    try:
        for path, mode in ((folder, 0o555), *((file, 0o444) for file in files)):
            path.chmod(mode)
        for _ in range(kills):
            # whoever may do everything is nobody for a while
            worker = await stage.start(uid=0 if os.getuid() else _NOBODY)
            await stage.until(worker.ended.is_set, _A_WHILE)
            await stage.kill()
    finally:
        for path, mode in ((folder, 0o700), *((file, 0o600) for file in files)):
            path.chmod(mode)
    if stage.sends() != sent:
        stage.wrong.append("requests left although nothing could be written")


async def gone(stage: Stage, kills: int) -> None:
    """The ledger is removed under a worker at work, which publishes no more. The next one makes a new ledger."""
    before = stage.sends()
    await stage.start()
    await stage.until(lambda: stage.sends() > before + len(stage.street.houses))
    _remove(stage.ledger)
    stage.forgotten = True
    await asyncio.sleep(_ON_ITS_WAY)
    sent = stage.sends()
    await stage.a_while(3)
    if stage.sends() > sent:
        stage.wrong.append("requests left after the ledger was removed")
    await stage.kill()
    for _ in range(kills):
        await stage.start(watching=True)
        await asyncio.sleep(_A_WHILE)
        await stage.kill()


def _remove(ledger: Path) -> None:
    for file in ledger.parent.glob(f"{ledger.name}*"):
        file.unlink()


@asynccontextmanager
async def _written_by_another(ledger: Path) -> AsyncIterator[None]:
    with closing(sqlite3.connect(ledger, timeout=5, isolation_level=None, check_same_thread=False)) as other:
        await asyncio.to_thread(_begin, other)
        try:
            yield
        finally:
            other.execute("ROLLBACK")


def _begin(other: sqlite3.Connection) -> None:
    other.execute("BEGIN IMMEDIATE")

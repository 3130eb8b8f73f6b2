"""Plays cells, a few side by side: set up, disturb, leave in peace, judge."""

import asyncio
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from random import Random
from shutil import rmtree
from tempfile import mkdtemp

from bench.chaos.bill import Cell
from bench.chaos.children import Nursery
from bench.chaos.stage import Stage
from bench.chaos.street import Real, Street
from bench.chaos.verdicts import Court, Outcome

#: Seconds within which a worker that is left in peace must have nothing left to do: some looks that fail, a minute apart.
_PEACE = 240
#: Seconds after which nothing of a request can still be on its way.
_LANDED = 1


async def show(
    cells: Iterable[Cell],
    reals: Sequence[tuple[str, Real]],
    *,
    seed: int,
    small: bool,
    at_once: int,
    tell: Callable[[Outcome], None],
) -> list[Outcome]:
    """The outcomes, in the order of the bill."""
    nursery = await Nursery.open()
    turn = asyncio.Semaphore(at_once)

    async def played(cell: Cell) -> Outcome:
        async with turn:
            outcome = await play(cell, reals, nursery, seed=seed, small=small)
        tell(outcome)
        return outcome

    try:
        return list(await asyncio.gather(*(played(cell) for cell in cells)))
    finally:
        await nursery.close()


async def play(cell: Cell, reals: Sequence[tuple[str, Real]], nursery: Nursery, *, seed: int, small: bool) -> Outcome:
    began = time.monotonic()
    posts, kills = cell.small if small else cell.large
    with _folder() as root:
        street = await Street.open(root / "servers", reals)
        texts = tuple(f"Free them all, says post {number} of “{cell.fault}”" for number in range(posts))
        stage = Stage(
            root=root / "campaign",
            street=street,
            nursery=nursery,
            random=Random(f"{seed} {cell.fault}"),  # noqa: S311 - instants, no secrets
            texts=texts,
            late=cell.late,
            speed=cell.speed,
        )
        try:
            outcome = await _played(cell, stage, kills)
        finally:
            await stage.stop()
            await street.close()
    return replace(outcome, seconds=time.monotonic() - began)


async def _played(cell: Cell, stage: Stage, kills: int) -> Outcome:
    await asyncio.to_thread(stage.set_up, cell.spoil)
    await cell.play(stage, kills)
    await stage.stop()
    ended = await stage.finish(_PEACE)
    await asyncio.sleep(_LANDED)
    court = Court(stage=stage, fault=cell.fault)
    if not ended:
        court.wrong.append(f"the worker found no end in {_PEACE} s; it said last: {stage.last_words()}")
    return await court.judge()


@contextmanager
def _folder() -> Iterator[Path]:
    """Where everybody may look: a worker that runs as nobody has to find its campaign."""
    root = Path(mkdtemp(prefix="chaos-"))
    root.chmod(0o755)
    (root / "campaign").mkdir()
    try:
        yield root
    finally:
        rmtree(root, ignore_errors=True)

"""Clocks that step, and machines that sleep."""

import asyncio
import signal
from datetime import timedelta

from bench.chaos.stage import GAP, TIMEOUT, Stage
from bench.chaos.street import SENDS

from amplify.testing.faults import Rule

#: Seconds: longer than a lease, which is twice a quarantine; see config/settings.py.
_SLEEP = 4 * TIMEOUT + 12
_SLOW = Rule(what="hold", arg=1, count=2, path=SENDS, method="POST")
_STEP = timedelta(minutes=20)
_FAR = timedelta(hours=7)


async def steps(stage: Stage, kills: int) -> None:
    """Somebody corrects the clock, forth and back, by less than posts may be late."""
    for number in range(kills):
        stage.street.order(_SLOW)
        stage.step(GAP)
        before = stage.sends()
        await stage.start()
        await stage.until(lambda before=before: stage.sends() > before)
        stage.step(_STEP if number % 2 else -_STEP)
        await stage.a_while(2)
        stage.step(-_STEP if number % 2 else _STEP)
        await stage.a_while(1)
        await stage.kill()
        stage.street.calm()
    # an account waits until it is later than its last post was, by the clock of that moment
    stage.step(_STEP)
    await stage.pass_time()


async def leaps(stage: Stage, _: int) -> None:
    """The clock leaps far ahead in the middle of the posts, and back again: what was too late stays so."""
    stage.street.order(_SLOW)
    before = stage.sends()
    await stage.start()
    await stage.until(lambda: stage.sends() > before)
    await stage.a_while(1)
    stage.step(_FAR)
    await asyncio.sleep(5)
    stage.step(-_FAR)
    await asyncio.sleep(2)
    await stage.kill()
    stage.street.calm()


async def sleeps(stage: Stage, kills: int) -> None:
    """A lid is closed for longer than a lease while requests are on their way."""
    for _ in range(kills):
        stage.street.order(_SLOW)
        stage.step(GAP)
        before = stage.sends()
        await stage.start()
        await stage.until(lambda before=before: stage.sends() > before)
        await stage.a_while(0.3)
        await _closed(stage)
        await stage.a_while(3)
        await stage.kill()
        stage.street.calm()
    await stage.pass_time()


async def sleeps_after_begin(stage: Stage, kills: int) -> None:
    """The lid closes when a request is on record and about to leave, and opens when it would be far too late."""
    for _ in range(kills):
        await stage.start(hook="begun:1:SIGSTOP")
        await asyncio.sleep(4)
        sent = stage.sends()
        stage.step(_FAR)
        await _closed(stage)
        await asyncio.sleep(3)
        if stage.sends() > sent:
            stage.wrong.append(f"{stage.sends() - sent} requests left seven hours late, after a sleep")
        await stage.kill()


async def _closed(stage: Stage) -> None:
    worker = stage.worker
    if worker is not None:
        worker.tell(signal.SIGSTOP)
        await asyncio.sleep(_SLEEP)
        worker.tell(signal.SIGCONT)

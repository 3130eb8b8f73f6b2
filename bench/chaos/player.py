"""`amplify run` with one thing more: at a named checkpoint the process does something to itself.

The product has no such switch: a worker is given its checkpoint when it is made.
"""

import asyncio
import os
import signal
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from amplify.bootstrap import open_app
from amplify.clockwork.apscheduler_clock import SchedulerAlarm
from amplify.domain.delivery import Delivery
from amplify.worker.work import Worker


@dataclass(slots=True)
class Hook:
    """`NAME:COUNT:SIGNAL`: when checkpoint NAME is passed for the COUNTth time, this process gets SIGNAL."""

    said: str
    passed: int = field(default=0, init=False)

    def __call__(self, name: str) -> None:
        wanted, count, number = self.said.split(":")
        self.passed += name == wanted
        if name == wanted and self.passed == int(count):
            os.kill(os.getpid(), signal.Signals[number])


def play(root: Path, hook: str, *, watching: bool) -> None:
    """Work until told to stop."""
    asyncio.run(_work(root, Hook(hook) if hook else None, watching=watching))


async def _work(root: Path, hook: Callable[[str], None] | None, *, watching: bool) -> None:
    app = open_app(root)
    alarm = SchedulerAlarm(app.clock)
    more = {"checkpoint": hook} if hook else {}
    worker = Worker(app=app, alarm=alarm, tell=_tell, say=_say, watching=watching, **more)
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, worker.stop)
    try:
        await worker.run()
    finally:
        alarm.close()
        app.close()


def _tell(row: Delivery) -> None:
    print(row.state, row.key, row.reason, flush=True)


def _say(words: str) -> None:
    print(words, flush=True)

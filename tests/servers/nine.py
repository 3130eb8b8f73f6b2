"""A thread of nine parts on one channel, and a worker of its own process that carries it, and may die on the way."""

import asyncio
import json
import signal
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from amplify.bootstrap import App
from servers.stage import campaign

#: One that is told where in a thread it has to kill itself: at which moment, the how manyeth time.
_WORKER = """
import asyncio, os, signal, sys
from pathlib import Path
from amplify.bootstrap import open_app
from amplify.clockwork.apscheduler_clock import SchedulerAlarm
from amplify.worker.work import Worker

left = {sys.argv[2]: int(sys.argv[3])}

def die(moment):
    left[moment] = left.get(moment, 0) - 1
    if left[moment] == 0:
        os.kill(os.getpid(), signal.SIGKILL)

async def work():
    app = open_app(Path(sys.argv[1]))
    worker = Worker(app=app, alarm=SchedulerAlarm(app.clock), tell=repr, say=print, watching=False, checkpoint=die)
    await worker.run(until_idle=True)

asyncio.run(work())
"""
_PART = (
    "This is part {number} of a letter that is too long for one post. It says that nobody who is in prison there is "
    "forgotten. Whoever reads it can write a postcard today, because every postcard that arrives tells somebody that "
    "we wait for them here, all of us."
)
#: A text that is cut where it is written to be cut, whatever the network: two paragraphs never fit into one post.
_CUT = """\
- id: letter
  kind: statement
  at: {{at:%Y-%m-%d %H:%M}}
  channels: all
  split: true
{more}  text:
    en: |
{words}
"""
_THREAD = """\
- id: letter
  kind: thread
  at: {{at:%Y-%m-%d %H:%M}}
  channels: all
  numbered: true
{more}  thread:
{words}
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Nine:
    """`app` is only for looking at the ledger: workers are processes."""

    app: App

    async def work(self, *, dies_at: str = "", times: int = 0, until: Callable[[], bool] | None = None) -> None:
        """Carry what is due until all is public, or until something holds, or to the end that is told."""
        environ = {**self.app.settings.environ, "PYTHONPATH": ":".join(sys.path), "AMPLIFY_TIMEOUT": "2"}
        told = (str(self.app.root), dies_at or "never", str(times))
        worker = await asyncio.create_subprocess_exec(
            sys.executable,
            "-c",
            _WORKER,
            *told,
            env=environ,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
        )
        if until is not None:
            for _ in range(600):
                if until():
                    break
                await asyncio.sleep(0.1)
            worker.kill()
        said, _ = await asyncio.wait_for(worker.communicate(), 90)
        assert worker.returncode == (-signal.SIGKILL if dies_at or until else 0), said.decode()
        assert until is None or until(), said.decode()

    def states(self) -> list[str]:
        """In the order of the parts."""
        rows = sorted(self.app.ledger.deliveries(), key=lambda row: row.position)
        return [row.state.value for row in rows]


def texts() -> list[str]:
    """What followers read."""
    return [f"{_PART.format(number=number)} {number}/9" for number in range(1, 10)]


def nine(root: Path, settings: Mapping[str, str], *, more: str = "") -> Nine:
    """Approved, and due in two seconds. Where one post is long enough for all of it, the parts are written as a thread.

    `more` are keys of the post.
    """
    more = more.replace("{", "{{").replace("}", "}}")
    parts = [_PART.format(number=number) for number in range(1, 10)]
    if settings["network"] == "telegram":
        words = "\n".join(
            f"    - {{{{id: p{number}, text: {{{{en: {json.dumps(part)}}}}}}}}}" for number, part in enumerate(parts)
        )
        post = _THREAD.format(more=more, words=words)
    else:
        words = "\n\n".join(f"      {part}" for part in parts)
        post = _CUT.format(more=more, words=words)
    channels = {"here": settings}
    return Nine(app=campaign(root, channels, text="", timeout=timedelta(seconds=2), post=post))

"""A coordinator's job, played: a hand-written campaign, commands as typed, the real worker, the walls of a sandbox.

The hours between two slots are cut out: the clock runs at its true speed and jumps from slot to slot, so that
what is late is late by as much as in life. The worker follows `amplify apply`, not the files.
"""

import asyncio
import json
import shutil
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from click.testing import CliRunner

from amplify.bootstrap import CLOCK_FILE, open_app
from amplify.cli.main import amplify as commands
from amplify.clockwork.apscheduler_clock import SchedulerAlarm
from amplify.clockwork.clocks import SqueezedClock, wind
from amplify.domain.delivery import Delivery, State
from amplify.ports.ledger import Ledger
from amplify.testing.rehearsal import residents
from amplify.testing.sandbox import Sandbox
from amplify.testing.wall import WallPost
from amplify.worker.work import Worker

from .conftest import Said

JOBS = Path(__file__).parent / "jobs"
VIENNA = ZoneInfo("Europe/Vienna")
_DAYS = timedelta(days=2)
_SWEEP = timedelta(seconds=0.05)
#: The first may have begun before it was that time, and the second may find what the first had in hand.
_ENOUGH_TURNS = 3
_SWEEPS = "sweeps"
_UNITS = {"mastodon": ("utf-32-le", 4), "bluesky": ("utf-8", 1), "telegram": ("utf-16-le", 2)}
_ON_THEIR_WAY = (State.APPROVED, State.CLAIMED, State.SENDING)


@dataclass(slots=True, kw_only=True)
class Watched(Worker):
    """A worker that counts its sweeps and the turns of each account: a busy machine takes its time for them."""

    turns: Counter[str] = field(default_factory=Counter)

    def counted(self) -> set[str]:
        return {_SWEEPS, *self._lanes}

    async def _sweep(self) -> None:
        await Worker._sweep(self)
        self.turns[_SWEEPS] += 1

    def _lane_ended(self, account: str, done: Any) -> None:
        Worker._lane_ended(self, account, done)
        self.turns[account] += 1


@dataclass
class Job:
    """A copy of a folder of jobs/ in `root`, its channels led to a sandbox. `told` are the worker's own words."""

    root: Path
    sandbox: Sandbox
    environ: dict[str, str]
    told: list[str] = field(default_factory=list)
    _task: "asyncio.Task[None] | None" = None
    _worker: Watched | None = None
    _alarm: SchedulerAlarm | None = None

    @cached_property
    def _ledger(self) -> Ledger:
        return open_app(self.root, environ=self.environ).ledger

    @classmethod
    async def open(cls, name: str, root: Path, now: str) -> "Job":
        """`now` is a time in Vienna."""
        shutil.copytree(JOBS / name, root)
        clock = SqueezedClock(root / "var" / CLOCK_FILE)
        _set_clock(clock.file, now)
        lodgers = residents(open_app(root).written.channels.values())
        sandbox = await Sandbox.open(lodgers, now=clock.now)
        return cls(root, sandbox, _lead_to(sandbox, root / "config" / "channels.yaml"))

    # what people do

    def amplify(self, *words: str, typed: str | None = None) -> Said:
        """A command as typed."""
        on = [*words, "--campaign", str(self.root)]
        result = CliRunner().invoke(commands, on, input=typed, env=self.environ)
        return Said(code=result.exit_code, out=result.stdout, err=result.stderr)

    def does(self, *words: str) -> str:
        """What a command that must succeed prints."""
        said = self.amplify(*words)
        assert said.code == 0, said.out + said.err
        return said.out

    def json(self, *words: str) -> Any:
        return json.loads(self.does(*words, "--json"))

    def take_up(self, *posts: str, by: Collection[str] = ("editor",)) -> None:
        """The usual way: look for mistakes, look at the plan, apply it, say yes to every post."""
        assert self.json("check")["ok"]
        assert self.json("plan")["changes"]
        self.does("apply")
        for name in by:
            self.does("approve", *posts, "--by", name, "--yes")

    def now_write(self, name: str) -> None:
        """A file of posts/ that is written only now: it lies ready in the job's folder later/."""
        shutil.move(self.root / "later" / name, self.root / "posts" / name)

    def change(self, name: str, old: str, new: str) -> None:
        text = (self.root / name).read_text()
        assert old in text
        (self.root / name).write_text(text.replace(old, new))

    # what time and the worker do

    async def start(self) -> None:
        """`amplify run --no-watch`; returns once every account was reached."""
        app = open_app(self.root, environ=self.environ)
        app = replace(app, settings=replace(app.settings, sweep=_SWEEP))
        self._alarm = SchedulerAlarm(app.clock)
        self._worker = Watched(app=app, alarm=self._alarm, tell=lambda _: None, say=self.told.append, watching=False)
        self._task = asyncio.create_task(self._worker.run())
        await self.until(lambda: app.ledger.accounts().keys() == app.written.channels.keys())

    async def stop(self) -> None:
        if self._worker is not None and self._task is not None and self._alarm is not None:
            self._worker.stop()
            await self._task
            self._alarm.close()
            self._worker.app.close()
            self._worker = None

    async def reach(self, now: str, leaving: Collection[str] = ()) -> None:
        """Let it be that time in Vienna, and let the worker do all that is due; posts in `leaving` are to stay waiting."""
        _set_clock(self.root / "var" / CLOCK_FILE, now)
        due = SqueezedClock(self.root / "var" / CLOCK_FILE).now()

        def at_rest() -> bool:
            waiting = [row for row in self.rows() if row.state in _ON_THEIR_WAY and row.due <= due]
            return all(row.key.post in leaving for row in waiting)

        await self.until(at_rest)
        if (worker := self._worker) is not None:
            before = worker.turns.copy()
            await self.until(lambda: min((worker.turns - before)[name] for name in worker.counted()) >= _ENOUGH_TURNS)
        assert at_rest()

    async def until(self, holds: Any, seconds: float = 15) -> None:
        for _ in range(int(seconds / 0.02)):
            if holds():
                return
            if self._task is not None and self._task.done():
                self._task.result()
            await asyncio.sleep(0.02)
        states = {str(row.key): (row.state.value, row.reason) for row in self.rows()}
        pytest.fail(f"it did not come about; {states}; {self.told}")

    async def close(self) -> None:
        await self.stop()
        self._ledger.close()
        await self.sandbox.close()

    # what is seen

    def rows(self) -> list[Delivery]:
        """As the ledger has them."""
        return list(self._ledger.deliveries())

    def states(self, post: str) -> dict[str, str]:
        """By channel, as `amplify status` tells."""
        return {row["channel"]: row["state"] for row in self.json("status", "--all", "--post", post)["deliveries"]}

    def reasons(self, post: str) -> set[str]:
        return {row["reason"] for row in self.json("status", "--all", "--post", post)["deliveries"]}

    def wall(self, channel: str) -> list[WallPost]:
        """In the order in which it was filled."""
        return [post for post in self.sandbox.walls() if channel in post.channels]

    def texts(self, channel: str) -> list[str]:
        return [post.text for post in self.wall(channel)]


def when(post: WallPost) -> str:
    """When a follower in Vienna sees it appear."""
    return f"{datetime.fromisoformat(post.at).astimezone(VIENNA):%d %b %H:%M}"


def marked(post: WallPost) -> list[tuple[str, str, str]]:
    """The stretches of its text that mean something: kind, words, and what they lead to."""
    encoding, width = _UNITS[post.network]
    shown = post.text.encode(encoding)
    return [
        (mark.kind, shown[mark.start * width : mark.end * width].decode(encoding), mark.value) for mark in post.entities
    ]


def _set_clock(file: Path, now: str) -> None:
    """In one piece, because a worker may be reading it."""
    at = datetime.fromisoformat(now).replace(tzinfo=VIENNA)
    wind(file.with_name("next.json"), start=at, speed=1, spring=_DAYS)
    file.with_name("next.json").replace(file)


def _lead_to(sandbox: Sandbox, file: Path) -> dict[str, str]:
    """Give every channel a server of the sandbox; the environment of its worker."""
    text = file.read_text()
    for network in ("mastodon", "bluesky"):
        text = text.replace(f"https://{network}.example", sandbox.urls[network])
    text = text.replace("{network: telegram,", f'{{network: telegram, server: "{sandbox.urls["telegram"]}",')
    channels = open_app(file.parent.parent).written.channels
    file.write_text(text)
    environ = {}
    for name, channel in channels.items():
        settings = sandbox.settings(name)
        for key in ("token", "password"):
            if key in settings:
                environ[channel.settings[key].strip("${}")] = settings[key]
    return environ

"""A theatre: a campaign in a folder, a sandbox, a squeezed clock and a real worker, all on this machine."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from amplify.bootstrap import CLOCK_FILE, SANDBOX_FILE, App, open_app
from amplify.clockwork.apscheduler_clock import SchedulerAlarm
from amplify.clockwork.clocks import wind
from amplify.domain.delivery import Delivery, State
from amplify.domain.key import Key
from amplify.testing.rehearsal import residents
from amplify.testing.sandbox import Sandbox
from amplify.worker.work import Worker

CAMPAIGN = """\
name: A test campaign
edition: "2027"
timezone: Europe/Vienna
day: 2027-05-21
languages: [en, be, ru]
hashtags: {core: [Belarus]}
coordinators: {one: {}, two: {}}
rules:
  late: 6h
  per_account: {a_day: 40, on_day: 40, least_gap: 5m}
"""
CHANNELS = """\
mastodon-en: {network: mastodon, language: en, server: "https://mastodon.example", token: "${T_MASTODON}"}
bluesky-en: {network: bluesky, language: en, server: "https://bluesky.example", handle: test.example, password: "${T_BLUESKY}"}
telegram-en: {network: telegram, language: en, chat: "@test_en", token: "${T_TELEGRAM}"}
"""


@dataclass
class Theatre:
    """`told` are the rows that took a step, `said` everything else that the worker told people."""

    root: Path
    sandbox: Sandbox
    told: list[Delivery] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    app: App = field(init=False)
    worker: Worker | None = None
    _task: "asyncio.Task[None] | None" = None
    _alarm: SchedulerAlarm | None = None

    def __post_init__(self) -> None:
        app = open_app(self.root)
        quick = replace(app.settings, rest=timedelta(seconds=0.3), sweep=timedelta(seconds=0.3))
        self.app = replace(app, settings=quick)

    @staticmethod
    def post(id: str, at: str, text: str, *more: str) -> str:
        """A post on every channel, in YAML."""
        lines = [f"- id: {id}", "  kind: statement", f"  at: {at}", "  channels: all", *(f"  {line}" for line in more)]
        return "\n".join([*lines, "  text:", "    en: |", f"      {text}", ""])

    def write(self, name: str, text: str) -> None:
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)

    async def start(self, checkpoint: Callable[[str], None] | None = None, **others: object) -> None:
        """Set the worker going, following the files; once it has reached its accounts, set the clock going."""
        self._alarm = SchedulerAlarm(self.app.clock)
        more = {"tell": self.told.append, "say": self.said.append, **others}
        more |= {"checkpoint": checkpoint} if checkpoint else {}
        self.worker = Worker(app=self.app, alarm=self._alarm, watching=True, **more)
        self._task = asyncio.create_task(self.worker.run())
        await self.until(lambda: len(self.app.ledger.accounts()) == 3)
        self.let_time_pass()

    def let_time_pass(self, spring: timedelta = timedelta(minutes=5)) -> None:
        """Twenty minutes a second; with no spring, time stands still."""
        wind(self.root / "var" / CLOCK_FILE, start=self.app.clock.now(), speed=1200, spring=spring)

    async def edit(self, name: str, text: str) -> None:
        """Change a file while time stands still, and let the worker take it."""
        self.let_time_pass(timedelta())
        before = self.app.ledger.revision_id()
        self.write(name, text)
        await self.until(lambda: self.app.ledger.revision_id() > before)
        self.let_time_pass()

    async def stop(self) -> None:
        if self.worker is not None and self._task is not None and self._alarm is not None:
            self.worker.stop()
            await self._task
            self._alarm.close()
            self.worker = None

    async def until(self, holds: Callable[[], bool], seconds: float = 15) -> None:
        """Wait until something holds; fails with what the worker said when it does not."""
        for _ in range(int(seconds / 0.05)):
            if holds():
                return
            if self._task is not None and self._task.done():
                self._task.result()
            await asyncio.sleep(0.05)
        states = {str(row.key): (row.state.value, row.reason) for row in self.rows()}
        pytest.fail(f"it did not come about; {states}; {self.said}")

    async def until_campaign(self, at: str) -> None:
        """Wait until it is that time of the campaign's day in Vienna."""
        hour, minute = at.split(":")
        instant = datetime(2027, 5, 21, int(hour) - 2, int(minute), tzinfo=UTC)
        await self.until(lambda: self.app.clock.now() >= instant, 30)

    def rows(self) -> list[Delivery]:
        ledger = self.app.ledger_if_any()
        return list(ledger.deliveries()) if ledger is not None else []

    def state(self, post: str, channel: str) -> State | None:
        row = self.app.ledger.delivery(Key(edition="2027", post=post, channel=channel))
        return row.state if row is not None else None

    def states(self, post: str) -> set[State]:
        return {row.state for row in self.rows() if row.key.post == post}

    def walls(self) -> list[str]:
        return [f"{wall.network}: {wall.text}" for wall in self.sandbox.walls()]


@pytest.fixture
async def theatre(tmp_path: Path, request: pytest.FixtureRequest) -> AsyncIterator[Theatre]:
    """The clock stands at 08:59 on the campaign's day until the worker is ready, then runs twenty minutes a second.

    Its three channels may be others.
    """
    (tmp_path / "config").mkdir()
    (tmp_path / "config" / "campaign.yaml").write_text(CAMPAIGN)
    (tmp_path / "config" / "channels.yaml").write_text(getattr(request, "param", CHANNELS))
    (tmp_path / "posts").mkdir()
    start = datetime(2027, 5, 21, 6, 59, tzinfo=UTC)
    clock = wind(tmp_path / "var" / CLOCK_FILE, start=start, speed=1200, spring=timedelta())
    (tmp_path / "var" / SANDBOX_FILE).write_text("{}")
    channels = open_app(tmp_path).written.channels.values()
    sandbox = await Sandbox.open(residents(channels), now=clock.now)
    (tmp_path / "var" / SANDBOX_FILE).write_text(json.dumps(dict(sandbox.urls)))
    stage = Theatre(tmp_path, sandbox)
    yield stage
    await stage.stop()
    stage.app.close()
    await sandbox.close()

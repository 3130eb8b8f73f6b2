"""The stage of the demo: a copy of the campaign, its squeezed clock, and two children, sandbox and worker."""

import json
import os
import re
import shutil
import subprocess
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

from amplify.bootstrap import CLOCK_FILE, SANDBOX_FILE, App, open_app
from amplify.clockwork.clocks import SqueezedClock, wind
from amplify.config.children import end, spawn

#: The day that is played, as it was.
DAY = date(2023, 5, 21)
#: Machine time: how long the clock runs without being wound, the start before the first slot, what a server may take.
_SPRING = timedelta(seconds=1.5)
_LEAD = timedelta(seconds=2)
_TIMEOUT = "3"
_MOST_RESTARTS = 20
#: How often, and how many times, to look whether everybody is ready.
_TICK = 0.2
_CHANCES = 150


@dataclass(slots=True)
class Stage:
    """In `root`, which stays a rehearsal for good: no command on it ever leads to a real server."""

    root: Path
    children: dict[str, "subprocess.Popen[bytes]"] = field(default_factory=dict)
    urls: dict[str, str] = field(default_factory=dict)
    restarts: int = 0
    speed: float = 1

    @property
    def clock(self) -> SqueezedClock:
        return SqueezedClock(self.root / "var" / CLOCK_FILE)

    def set_up(self, campaign: Path) -> None:
        """Copy the campaign, its day turned back to that of the appeal; a stage that stands is left as it is."""
        if (self.root / "config").exists():
            return
        for room in ("config", "posts"):
            if (campaign / room).exists():
                shutil.copytree(campaign / room, self.root / room)
        file = self.root / "config" / "campaign.yaml"
        text = re.sub(r"(?m)^day:.*$", f"day: {DAY}", file.read_text(encoding="utf-8"))
        text = re.sub(r"(?m)^edition:.*$", f'edition: "{DAY.year}"', text)
        file.write_text(text, encoding="utf-8")
        self._keep(SANDBOX_FILE, {})

    @property
    def environ(self) -> dict[str, str]:
        """For everybody on stage: servers of this machine answer at once or not at all."""
        return {**os.environ, "AMPLIFY_TIMEOUT": _TIMEOUT}

    def app(self) -> App:
        return open_app(self.root, environ=self.environ)

    def set_clock(self, seconds: float) -> None:
        """Squeeze the time from the first slot to the last into `seconds`; it stands still until let_go().

        Raises ValueError where there is nothing to play.
        """
        app = self.app()  # one of its own: an app keeps the clock that it found first
        slots = sorted(wanted.due for wanted in app.workshop.wanted(app.written))
        if not slots:
            raise ValueError("the campaign has no slot on its day, so there is nothing to play")
        self.speed = max((slots[-1] - slots[0]).total_seconds(), 1) / seconds
        wind(self.clock.file, start=slots[0] - _LEAD * self.speed, speed=self.speed, spring=timedelta())

    def let_go(self, app: App) -> None:
        """Let time pass once every channel has been reached, or has had its chance: a slow machine misses nothing."""
        for _ in range(_CHANCES):
            if (
                self.children["worker"].poll() is not None
                or app.ledger.accounts().keys() >= app.written.channels.keys()
            ):
                break
            time.sleep(_TICK)
        self.let_pass()

    def let_pass(self) -> None:
        """Let time pass for a moment, from where the clock stands."""
        wind(self.clock.file, start=self.clock.now(), speed=self.speed, spring=_SPRING)

    def start(self) -> None:
        """Start the sandbox, then the worker."""
        words = ["sandbox", "--json", "--campaign", str(self.root)]
        sandbox = spawn(words, environ=self.environ, stdout=subprocess.PIPE)
        self.children["sandbox"] = sandbox
        line = sandbox.stdout.readline() if sandbox.stdout is not None else b""
        if not line:
            raise ValueError("the sandbox did not start; `amplify sandbox --campaign var/demo` says why")
        said = json.loads(line)
        if "urls" not in said:
            raise ValueError(said["error"])
        self.urls = said["urls"]
        self._keep(SANDBOX_FILE, self.urls)

    def start_worker(self) -> None:
        with (self.root / "var" / "worker.log").open("ab") as log:
            words = ["run", "--no-watch", "--campaign", str(self.root)]
            self.children["worker"] = spawn(words, environ=self.environ, stdout=log, stderr=log)
        self._keep("pids.json", self.pids)

    @property
    def pids(self) -> dict[str, int]:
        return {name: child.pid for name, child in self.children.items()}

    def mind(self) -> bool:
        """Keep the worker going; True when it had to be started again.

        Raises ValueError where the sandbox has ended, or the worker keeps ending.
        """
        if self.children["sandbox"].poll() is not None:
            raise ValueError("the sandbox has ended; start the demo again and it goes on")
        if self.children["worker"].poll() is None:
            return False
        self.restarts += 1
        if self.restarts > _MOST_RESTARTS:
            raise ValueError(f"the worker keeps ending; {self.root / 'var' / 'worker.log'} says why")
        self.start_worker()
        return True

    def strike(self) -> None:
        """End the children, the worker first; the clock runs down by itself."""
        for name in ("worker", "sandbox"):
            if name in self.children:
                end(self.children[name])

    def _keep(self, name: str, said: Mapping[str, object]) -> None:
        """In one piece: others read it at any moment."""
        file = self.root / "var" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        fresh = file.with_suffix(".new")
        fresh.write_text(json.dumps(said))
        fresh.replace(file)

"""A campaign's whole life in real processes, and all that is left of it: files, what was said, notices, command lines."""

import asyncio
import json
import os
import signal
import stat
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Self

import pytest

import amplify
from amplify.bootstrap import CLOCK_FILE
from amplify.clockwork.clocks import SqueezedClock, wind
from amplify.config.secret_file import SecretFile
from amplify.testing.resident import Resident
from amplify.testing.sandbox import Sandbox
from secrecy import several, stranger
from secrecy.people import BESIDE, CAMPAIGN, FILED, SECRETS, channels, write
from worker.switchboard import Switchboard

#: Five minutes of the campaign in half a second.
SPEED = 600
#: Just before D 09:00 in Vienna.
BEGIN = datetime(2027, 5, 21, 6, 55, tzinfo=UTC)


@dataclass
class Life:
    """`said` is what each process has printed, by what was typed; `lines` are the command lines of all processes.

    `tokens` are those that Bluesky's server has given, `modes` are of the files in which they were kept.
    """

    root: Path
    home: Path
    sandbox: Sandbox
    board: Switchboard
    said: dict[str, bytes] = field(default_factory=dict)
    lines: set[bytes] = field(default_factory=set)
    tokens: set[str] = field(default_factory=set)
    modes: set[int] = field(default_factory=set)

    @classmethod
    async def begin(cls, place: Path, board: Switchboard) -> Self:
        """Nothing is applied yet."""
        root, home = place / "campaign", place / "home"
        for folder in (home, home / "tmp", place / "installed"):
            folder.mkdir(parents=True)
        stranger.install(place / "installed")
        file = SecretFile(place / "kept" / "secrets.env")
        for name in FILED:
            file.put(name, SECRETS[name], campaign=root)
        clock = wind(root / "var" / CLOCK_FILE, start=BEGIN, speed=SPEED, spring=timedelta())
        sandbox = await Sandbox.open(_residents(), now=clock.now)
        write(root, "config/campaign.yaml", CAMPAIGN)
        life = cls(root, home, sandbox, board)
        life.lead_to(**{name: sandbox.urls[name] for name in ("mastodon", "bluesky", "telegram")})
        return life

    @property
    def environ(self) -> dict[str, str]:
        here = f"127.0.0.1:{self.board.port}"
        notice, password = BESIDE["a notice"], BESIDE["a password"]
        good, bad = f"json://somebody:{password}@{here}/good/{notice}", f"json://{here}/bad/{notice}"
        return {
            **{name: secret for name, secret in SECRETS.items() if name not in FILED},
            "AMPLIFY_SECRETS": str(self.root.parent / "kept" / "secrets.env"),
            "PATH": os.environ["PATH"],
            "PYTHONPATH": f"{self.root.parent / 'installed'}{os.pathsep}{Path(amplify.__file__).parents[1]}",
            "HOME": str(self.home),
            "TMPDIR": str(self.home / "tmp"),
            "AMPLIFY_TIMEOUT": "1",
            "AMPLIFY_TRACEBACK": "1",
            "AMPLIFY_NOTICES": f"{good} {bad}",
            "AMPLIFY_HEARTBEAT": f"http://{here}/" + BESIDE["the heartbeat"],
            "AMPLIFY_PROXY": f"socks5://somebody:{BESIDE['our proxy']}@127.0.0.1:9",
            "HTTPS_PROXY": f"http://somebody:{BESIDE['a proxy']}@127.0.0.1:9",
        }

    def lead_to(self, **servers: str) -> None:
        write(self.root, "config/channels.yaml", channels(**servers))

    async def amplify(self, words: str, **environ: str) -> None:
        """A command as people type it."""
        process = await self._start("-m", "amplify", *words.split(), **environ)
        out, err = await process.communicate()
        self._keep(words, out + err)

    async def several(self, *commands: str) -> None:
        """Commands as people type them, one after another; words that belong together are joined by `~`."""
        words = [[word.replace("~", " ") for word in command.split()] for command in commands]
        process = await self._start(str(Path(several.__file__)))
        out, err = await process.communicate(json.dumps(words).encode())
        self._keep("several", err)
        for line in out.splitlines():
            told = json.loads(line)
            self._keep(" ".join(told["words"]), told["said"].encode())

    async def _start(self, *words: str, **environ: str) -> asyncio.subprocess.Process:
        pipe = asyncio.subprocess.PIPE
        return await asyncio.create_subprocess_exec(
            *(sys.executable, *words),
            env={**self.environ, **environ},
            cwd=self.root,
            stdin=pipe,
            stdout=pipe,
            stderr=pipe,
        )

    @asynccontextmanager
    async def working(self, words: str, end: signal.Signals = signal.SIGTERM) -> AsyncIterator[None]:
        """A worker beside, which is ended by a signal."""
        process = await self._start("-m", "amplify", *words.split())
        try:
            yield
        finally:
            process.send_signal(end)
            out, err = await process.communicate()
            self._keep(words, out + err)

    async def watch(self) -> None:
        """For as long as it is not cancelled."""
        while True:
            await asyncio.to_thread(self._note_command_lines)
            with suppress(FileNotFoundError):  # replaced just now
                self.tokens |= self.sessions()
                self.modes |= {stat.S_IMODE(file.stat().st_mode) for file in self.keepsakes()}
            await asyncio.sleep(0.1)

    def let_time_pass(self, span: timedelta) -> None:
        """From where the clock stands."""
        file = self.root / "var" / CLOCK_FILE
        wind(file, start=SqueezedClock(file).now(), speed=SPEED, spring=span / SPEED)

    async def until(self, holds: Callable[[], bool], seconds: float = 40) -> None:
        for _ in range(int(seconds / 0.02)):
            if holds():
                return
            await asyncio.sleep(0.02)
        pytest.fail(f"it did not come about; {self.said}")

    def sessions(self) -> frozenset[str]:
        """The tokens that Bluesky's server has given and that are kept."""
        kept = [file for file in self.keepsakes() if file.suffix not in (".lock", ".new")]
        return frozenset(
            token
            for file in kept
            for token in json.loads(file.read_text())["session"].split(":::")
            if "." in token[30:]
        )

    def keepsakes(self) -> list[Path]:
        return [*(self.root / "var" / "keepsakes").glob("*")]

    def set_clock(self, at: datetime) -> None:
        """Time stands still at `at`."""
        file = self.root / "var" / CLOCK_FILE
        file.unlink()
        wind(file, start=at, speed=SPEED, spring=timedelta())

    def held(self) -> int:
        return sum("hold" in request.faults for request in self.sandbox.requests())

    def _note_command_lines(self) -> None:
        for process in Path("/proc").glob("[0-9]*/cmdline"):
            with suppress(OSError):  # it has ended
                self.lines.add(process.read_bytes())

    def _keep(self, words: str, told: bytes) -> None:
        self.said[f"amplify {words} ({len(self.said)})"] = told


def _residents() -> list[Resident]:
    return [
        Resident(network=network, channels=(f"{network}-{each}",), name=name.format(each), secret=SECRETS[variable])
        for network, name in (("mastodon", "lantern_{}"), ("bluesky", "{}.example"), ("telegram", "@lantern_{}"))
        for each in ("en", "de")
        for variable in [f"T_{network}_{each}".upper()]
    ]

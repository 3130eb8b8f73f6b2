"""A disk that is really full: a file system of half a megabyte under the ledger of a real worker.

It is mounted in a namespace of the worker's own, so nothing is left behind; everybody may do that where the system lets
them, and root anywhere but in a closed container.
"""

import asyncio
import os
import shutil
import sys
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import repeat
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from bench.stop_latency import write

from amplify.bootstrap import CLOCK_FILE, open_app
from amplify.clockwork.clocks import wind
from amplify.domain.delivery import State
from amplify.ports.ledger import Ledger
from amplify.testing.faults import Rule
from amplify.testing.resident import Resident
from amplify.testing.sandbox import Sandbox

RESIDENT = Resident(network="mastodon", channels=("channel-0",), name="campaign_0", secret="canary-0")
POSTS = 3
MOUNT = ("unshare", "--map-root-user", "--mount")
#: The ledger comes along into the small file system; the worker takes the shell's place.
INSIDE = 'mount -t tmpfs -o size=512k,mode=0700 tmpfs "$1" && cp -p "$2" "$1/amplify.db" && shift 2 && exec "$@"'


@dataclass
class Stage:
    """`disk` is the small file system, seen from here."""

    root: Path
    sandbox: Sandbox
    at: datetime
    environ: dict[str, str]
    worker: asyncio.subprocess.Process
    log: Path

    @property
    def disk(self) -> Path:
        return Path(f"/proc/{self.worker.pid}/root{self.root / 'small'}")

    def fill(self) -> None:
        with (self.disk / "ballast").open("wb", buffering=0) as ballast, pytest.raises(OSError, match="No space left"):
            ballast.writelines(repeat(bytes(1024), 1024))

    def free(self) -> None:
        (self.disk / "ballast").unlink()

    def let_time_pass(self) -> None:
        wind(self.root / "var" / CLOCK_FILE, start=self.at, speed=1, spring=timedelta(hours=1))

    def walls(self) -> list[str]:
        return sorted(wall.text for wall in self.sandbox.walls())

    @contextmanager
    def ledger(self) -> Iterator[Ledger]:
        """A copy of it: SQLite does not find its way into another process's file system."""
        with TemporaryDirectory(dir=self.root) as folder:
            for name in ("amplify.db", "amplify.db-wal"):
                shutil.copyfile(self.disk / name, Path(folder) / name)
            url = f"sqlite:///{folder}/amplify.db"
            with closing(open_app(self.root, environ=self.environ | {"AMPLIFY_LEDGER": url})) as app:
                yield app.ledger

    def states(self) -> set[State]:
        with self.ledger() as ledger:
            return {row.state for row in ledger.deliveries()}

    def is_at_work(self) -> bool:
        """Whether its account is connected."""
        if not (self.disk / "amplify.db-wal").exists():
            return False
        with self.ledger() as ledger:
            return bool(ledger.accounts())

    async def until(self, holds: Callable[[], bool], seconds: float = 20) -> None:
        for _ in range(int(seconds / 0.05)):
            if holds():
                return
            await asyncio.sleep(0.05)
        pytest.fail(f"it did not come about; {self.walls()}; {self.log.read_text()}")


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[Stage]:
    """Applied, approved, connected; time stands still two seconds before all is due."""
    if sys.platform != "linux" or shutil.which(MOUNT[0]) is None:
        _not_tried("unshare: this system has no file systems of a process's own")
    sandbox = await Sandbox.open([RESIDENT], now=lambda: datetime.now(UTC))
    at = datetime.now(UTC).replace(second=0, microsecond=0)
    secrets = await asyncio.to_thread(write, tmp_path, [RESIDENT], sandbox.urls["mastodon"], at, POSTS)
    small = tmp_path / "small"
    small.mkdir()
    environ = {**os.environ, **secrets, "AMPLIFY_LEDGER": f"sqlite:///{small / 'amplify.db'}"}
    log = tmp_path / "worker.log"
    run = (sys.executable, "-m", "amplify", "run", "--no-watch", "--campaign", str(tmp_path))
    with log.open("wb") as said:
        worker = await asyncio.create_subprocess_exec(
            *(*MOUNT, "sh", "-c", INSIDE, "sh", str(small), str(tmp_path / "var" / "amplify.db"), *run),
            env=environ,
            stdout=said,
            stderr=said,
        )
    made = Stage(tmp_path, sandbox, at, environ, worker, log)
    try:
        await made.until(lambda: worker.returncode is not None or made.is_at_work())
        if worker.returncode is not None:
            _not_tried(log.read_text().strip())
        yield made
    finally:
        if worker.returncode is None:
            worker.terminate()
        await worker.wait()
        await sandbox.close()


def _not_tried(said: str) -> None:
    told = f"NOT TRIED: no small file system can be mounted here: {said}"
    if not said.startswith(("unshare:", "mount:")) or (os.environ.get("CI") == "true" and os.getuid() == 0):
        pytest.fail(told)
    pytest.skip(told)


async def test_nothing_leaves_while_the_disk_is_full_and_all_of_it_once_there_is_room(stage: Stage):
    stage.fill()
    stage.let_time_pass()
    await stage.until(lambda: "the disk is full" in stage.log.read_text())
    assert stage.walls() == []
    stage.free()
    await stage.until(lambda: len(stage.walls()) == POSTS)
    await stage.until(lambda: stage.states() == {State.PUBLISHED})
    assert stage.walls() == [f"Post {number}" for number in range(POSTS)]
    with stage.ledger() as ledger:
        assert ledger.verify() == ""


async def test_an_answer_that_comes_while_the_disk_is_full_is_kept_until_there_is_room(stage: Stage):
    stage.sandbox.faults.add(Rule(what="hold", arg=3, path="/api/v1/statuses$", method="POST"))
    stage.let_time_pass()
    await stage.until(lambda: len(stage.walls()) == 1)
    stage.fill()
    await asyncio.sleep(4.5)
    assert stage.walls() == ["Post 0"]
    stage.free()
    await stage.until(lambda: stage.states() == {State.PUBLISHED})
    assert stage.walls() == [f"Post {number}" for number in range(POSTS)]

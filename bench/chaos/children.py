"""Worker processes as the bench sees them: born in the nursery, or started cold as people start them."""

import asyncio
import json
import os
import signal
import sys
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self


@dataclass(slots=True, kw_only=True)
class Child:
    """A worker process. `code` is what it ended with; negative: the signal that ended it."""

    pid: int
    ended: asyncio.Event = field(default_factory=asyncio.Event)
    code: int | None = None
    watching: "asyncio.Task[None] | None" = None

    def tell(self, number: signal.Signals) -> None:
        """Nothing happens where it has ended."""
        if not self.ended.is_set():
            with suppress(ProcessLookupError):
                os.kill(self.pid, number)

    async def end(self, number: signal.Signals = signal.SIGKILL, seconds: float = 30) -> None:
        """Send the signal and see it end; it is killed where it takes too long."""
        self.tell(number)
        try:
            await asyncio.wait_for(self.ended.wait(), seconds)
        except TimeoutError:
            self.tell(signal.SIGKILL)
            await self.ended.wait()


class Nursery:
    """Open it with `open`: one process, out of which workers are forked."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process
        self._children: dict[int, Child] = {}
        self._births: asyncio.Queue[Child] = asyncio.Queue()
        self._one_at_a_time = asyncio.Lock()
        self._listening = asyncio.create_task(self._listen())

    @classmethod
    async def open(cls) -> Self:
        command = [sys.executable, "-m", "bench.chaos.nursery"]
        root = Path(__file__).parents[2]
        pipe = asyncio.subprocess.PIPE
        process = await asyncio.create_subprocess_exec(*command, stdin=pipe, stdout=pipe, cwd=root)
        if process.stdout is None or not await process.stdout.readline():
            raise RuntimeError("the nursery of workers did not start")
        return cls(process)

    async def birth(
        self,
        root: Path,
        environ: Mapping[str, str],
        *,
        hook: str = "",
        watching: bool = False,
        largest: int = 0,
        uid: int = 0,
    ) -> Child:
        """A worker in `root`. `largest` is the size in bytes beyond which it can write no file, `uid` whom it runs as."""
        order = {
            "root": str(root),
            "environ": dict(environ),
            "log": str(root / "worker.log"),
            "hook": hook,
            "watching": watching,
            "largest": largest,
            "uid": uid,
        }
        async with self._one_at_a_time:
            if self._process.stdin is None:
                raise RuntimeError("the nursery hears nothing")
            self._process.stdin.write(json.dumps(order).encode() + b"\n")
            await self._process.stdin.drain()
            return await self._births.get()

    async def close(self) -> None:
        for child in list(self._children.values()):
            await child.end()
        if self._process.stdin is not None:
            self._process.stdin.close()
        await self._process.wait()
        await self._listening

    async def _listen(self) -> None:
        while self._process.stdout is not None and (line := await self._process.stdout.readline()):
            said = json.loads(line)
            if "born" in said:
                child = self._children[said["born"]] = Child(pid=said["born"])
                self._births.put_nowait(child)
            if "ended" in said:
                child = self._children.pop(said["ended"])
                child.code = said["status"]
                child.ended.set()


async def cold(root: Path, environ: Mapping[str, str], *words: str) -> Child:
    """`amplify run` as people type it."""
    with (root / "worker.log").open("ab") as log:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "amplify", "run", "--campaign", str(root), *words),
            stdin=asyncio.subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            env={**os.environ, **environ},
        )
    child = Child(pid=process.pid)

    async def watch() -> None:
        child.code = await process.wait()
        child.ended.set()

    child.watching = asyncio.create_task(watch())
    return child

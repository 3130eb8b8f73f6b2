"""Servers that others wrote, as processes of the tests: started once, gone when the tests are, also when killed."""

import json
import os
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import Timer

import pytest

ROOT = Path(__file__).parents[2]
HERE = Path(__file__).parent
#: Where `make test` sets the parts up.
PARTS = ROOT / ".venv"


def set_up(part: str) -> Path:
    """Where a part has been set up. Without it the tests that need it are skipped, and fail where CI=true."""
    if (PARTS / f"{part}.stamp").exists():
        return PARTS / part
    why = PARTS / part / "why-not"
    reason = why.read_text().strip() if why.exists() else "it is not set up; `make test` does that"
    message = f"NOT TRIED against {part}: {reason}"
    if os.environ.get("CI") == "true":
        pytest.fail(message, pytrace=False)
    pytest.skip(message)


@contextmanager
def running(
    command: Sequence[str | Path], environ: Mapping[str, str], folder: Path, seconds: float = 60
) -> Iterator[str]:
    """The address that a server tells in its first line."""
    with telling(command, environ, folder, seconds) as told:
        yield told["url"]


@contextmanager
def telling(
    command: Sequence[str | Path], environ: Mapping[str, str], folder: Path, seconds: float = 60
) -> Iterator[Mapping[str, str]]:
    """All that a server tells in its first line. It lives as long as its standard input is open."""
    log = folder / "said.log"
    with log.open("wb") as errors:
        server = subprocess.Popen(
            [str(word) for word in command],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=errors,
            env={**os.environ, **environ},
            cwd=folder,
        )
    began = time.monotonic()
    too_late = Timer(seconds, server.kill)
    too_late.start()
    try:
        line = server.stdout.readline()
        too_late.cancel()
        if not line:
            pytest.fail(f"{command} did not start within {time.monotonic() - began:.0f} s: {log.read_text()[-2000:]}")
        yield json.loads(line)
    finally:
        too_late.cancel()
        server.stdin.close()
        try:
            server.wait(10)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()
        server.stdout.close()

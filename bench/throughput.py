"""How many posts a minute one worker publishes when many accounts are due at once; with --against, as a ratio.

The worker is a process as people start it, on a look-alike of Mastodon in another process. `--against REV` has it run
by the code of an earlier commit as well, in turn with this one, so that a busy machine slows both.
"""

import argparse
import asyncio
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from contextlib import closing
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path
from statistics import median
from tarfile import open as open_tar

from bench.stop_latency import write

from amplify.bootstrap import CLOCK_FILE, open_app
from amplify.domain.delivery import State
from amplify.testing.resident import Resident

ROOT = Path(__file__).parents[1]
SERVER = """\
import asyncio, sys
from datetime import UTC, datetime
from bench.throughput import residents
from amplify.testing.sandbox import Sandbox

async def main():
    sandbox = await Sandbox.open(residents(int(sys.argv[1])), now=lambda: datetime.now(UTC))
    print(sandbox.urls["mastodon"], flush=True)
    await asyncio.to_thread(sys.stdin.read)
    await sandbox.close()

asyncio.run(main())
"""
#: Seconds that one run may take.
PATIENCE = 120


def residents(lanes: int) -> list[Resident]:
    """One account a lane."""
    return [
        Resident(network="mastodon", channels=(f"channel-{n}",), name=f"campaign_{n}", secret=f"canary-{n}")
        for n in range(lanes)
    ]


async def measure(root: Path, source: Path, lanes: int, posts: int) -> float:
    """Posts a minute, by what the ledger says of the first request and the last answer."""
    pipe = asyncio.subprocess.PIPE
    server = await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", SERVER, str(lanes)), stdin=pipe, stdout=pipe, cwd=ROOT
    )
    if server.stdout is None or server.stdin is None:
        raise RuntimeError("the look-alike did not start")
    url = (await server.stdout.readline()).decode().strip()
    at = datetime.now(UTC).replace(second=0, microsecond=0)
    secrets = await asyncio.to_thread(write, root, residents(lanes), url, at, posts)
    (root / "var" / CLOCK_FILE).unlink()
    environ = {**os.environ, **secrets, "PYTHONPATH": str(source)}
    worker = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "amplify", "run", "--no-watch", "--until-idle", "--campaign", str(root)),
        env=environ,
        stdout=asyncio.subprocess.DEVNULL,
    )
    await asyncio.wait_for(worker.wait(), PATIENCE)
    server.stdin.close()
    await server.wait()
    with closing(open_app(root, environ=environ)) as app:
        rows = app.ledger.deliveries((State.PUBLISHED,))
    if len(rows) != lanes * posts:
        raise RuntimeError(f"{len(rows)} of {lanes * posts} were published")
    first = min(row.begun_at for row in rows if row.begun_at is not None)
    last = max(row.published_at for row in rows if row.published_at is not None)
    return len(rows) / ((last - first) / timedelta(minutes=1))


def earlier(revision: str, folder: Path) -> Path:
    """The code of an earlier commit."""
    command = ("git", "archive", revision, "src")
    packed = subprocess.run(command, cwd=ROOT, capture_output=True, check=True).stdout  # noqa: S603 - our own words
    with open_tar(fileobj=BytesIO(packed)) as tar:
        tar.extractall(folder, filter="data")
    return folder / "src"


def played(sources: Sequence[Path], lanes: int, posts: int, rounds: int) -> list[float]:
    """The median of each, played in turn."""
    rates: list[list[float]] = [[] for _ in sources]
    for _ in range(rounds):
        for found, source in zip(rates, sources, strict=True):
            with tempfile.TemporaryDirectory(prefix="throughput-") as folder:
                found.append(asyncio.run(measure(Path(folder), source, lanes, posts)))
                print(f"  {source.parent.name}: {found[-1]:.0f} a minute", flush=True)
    return [median(found) for found in rates]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--lanes", type=int, default=200)
    parser.add_argument("--posts", type=int, default=2, help="of each account")
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--against", metavar="REV", help="an earlier commit")
    said = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="earlier-") as folder:
        sources = [ROOT / "src"] + ([earlier(said.against, Path(folder))] if said.against else [])
        now, *before = played(sources, said.lanes, said.posts, said.rounds)
    print(f"{said.lanes} accounts due at the same minute: {now:.0f} posts a minute")
    if before:
        print(f"{said.against}: {before[0]:.0f}; now {now / before[0]:.1f} times as many")


if __name__ == "__main__":
    main()

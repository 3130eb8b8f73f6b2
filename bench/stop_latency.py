"""How long after `amplify stop` the last request leaves, with two hundred lanes busy on slow servers.

The worker and the brake are processes as people start them; the server's own wall clock tells when a request came.
"""

import argparse
import asyncio
import json
import os
import signal
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

from amplify.bootstrap import CLOCK_FILE, open_app
from amplify.clockwork.clocks import wind
from amplify.services.apply import apply
from amplify.services.rehearse import approve_all
from amplify.testing.faults import Rule
from amplify.testing.resident import Resident, settings_for
from amplify.testing.sandbox import Sandbox

POSTS = 40
#: Seconds: how long the server takes for a post; how long to look after the stop; how long the worker may need.
SLOW, AFTER, PATIENCE = 1.0, 8.0, 180.0
TICK = 0.002
CAMPAIGN = """\
name: Many lanes
edition: "2027"
timezone: UTC
day: {at:%Y-%m-%d}
languages: [en]
coordinators: {{one: {{}}, two: {{}}}}
rules: {{quiet_hours: none, per_account: {{a_day: 48, on_day: 48, least_gap: 0m}}}}
"""
POST = """\
- {{id: post-{number}, kind: statement, at: "{at:%Y-%m-%d %H:%M}", channels: all, text: {{en: "Post {number}"}}}}
"""


def write(root: Path, residents: list[Resident], url: str, at: datetime, posts: int = POSTS) -> dict[str, str]:
    """The campaign, applied and approved, due at `at`; the secrets that its worker needs."""
    wind(root / "var" / CLOCK_FILE, start=at - timedelta(seconds=2), speed=1, spring=timedelta())
    entries, environ = {}, {"AMPLIFY_TIMEOUT": "10"}
    for number, resident in enumerate(residents):
        settings = settings_for(resident, {"mastodon": url})
        environ[f"T_{number}"] = settings["token"]
        entries[resident.channels[0]] = {
            "network": "mastodon",
            "language": "en",
            **settings,
            "token": f"${{T_{number}}}",
        }
    files = {
        "config/campaign.yaml": CAMPAIGN.format(at=at),
        "config/channels.yaml": json.dumps(entries),
        "posts/posts.yaml": "".join(POST.format(number=number, at=at) for number in range(posts)),
    }
    for name, content in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(content)
    with closing(open_app(root, environ=environ)) as app:
        apply(app.folder.files(), app.workshop, app.ledger, by="one")
        approve_all(app.ledger, app.clock, 2)
    return environ


async def measure(root: Path, lanes: int) -> str:
    """What was found, in words."""
    residents = [
        Resident(network="mastodon", channels=(f"channel-{n}",), name=f"campaign_{n}", secret=f"canary-{n}")
        for n in range(lanes)
    ]
    arrived: list[float] = []
    async with asyncio.timeout(PATIENCE * 2):
        sandbox = await Sandbox.open(residents, now=lambda: datetime.now(UTC))
        sandbox.faults.add(
            Rule(what="hold", phase="before", arg=SLOW, path="/api/v1/statuses$", method="POST", count=lanes * POSTS)
        )
        at = datetime.now(UTC).replace(second=0, microsecond=0)
        environ = {**os.environ, **await asyncio.to_thread(write, root, residents, sandbox.urls["mastodon"], at)}
        watching = asyncio.create_task(watch(sandbox, lanes * POSTS, arrived))
        words = (sys.executable, "-m", "amplify")
        where = ("--campaign", str(root))
        worker = await asyncio.create_subprocess_exec(*words, "run", "--no-watch", *where, env=environ, stdout=-3)
        with closing(open_app(root, environ=environ)) as app:
            await until(lambda: len(app.ledger.accounts()) == lanes)
        wind(root / "var" / CLOCK_FILE, start=at, speed=1, spring=timedelta(hours=1))
        await until(lambda: len(arrived) > 2 * lanes)
        typed = time.monotonic()
        brake = await asyncio.create_subprocess_exec(
            *words, "stop", "--reason", "a trial", "--by", "one", *where, env=environ, stdout=-3
        )
        await brake.wait()
        returned = time.monotonic()
        await asyncio.sleep(AFTER)
        watching.cancel()
        worker.send_signal(signal.SIGTERM)
        await worker.wait()
        await sandbox.close()
    last, rate = arrived[-1], sum(t <= typed for t in arrived) / (typed - arrived[0])
    late = sum(t > returned for t in arrived)
    return (
        f"{lanes} lanes busy, {rate:.0f} requests a second: the last request came {last - typed:.2f} s after "
        f"`amplify stop` was typed, {last - returned:+.2f} s after it returned ({returned - typed:.2f} s); "
        f"{late} requests came after it had returned"
    )


async def until(holds: Callable[[], bool]) -> None:
    while not holds():  # noqa: ASYNC110 - other processes make it true
        await asyncio.sleep(TICK)


async def watch(sandbox: Sandbox, most: int, arrived: list[float]) -> None:
    """Note when each request to publish comes: rules that struck are counted, because the log is short."""
    while True:
        left = sum(count for _, count in sandbox.faults.left)
        arrived += [time.monotonic()] * (most - left - len(arrived))
        await asyncio.sleep(TICK)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--lanes", type=int, default=200)
    lanes = parser.parse_args().lanes
    with tempfile.TemporaryDirectory(prefix="stop-") as folder:
        print(asyncio.run(measure(Path(folder), lanes)))


if __name__ == "__main__":
    main()

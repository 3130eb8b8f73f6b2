"""Ten minutes at full load: the worker's memory and its open files stay flat, and a delivery costs its row.

One worker process, as people start it, publishes to look-alikes of the three networks on a squeezed clock. What it
holds is read from /proc (Linux); what each delivery leaves is the ledger's size divided by their number.
"""

import argparse
import asyncio
import os
import signal
import sys
import tempfile
from collections import Counter
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import mean

import yaml

from amplify.bootstrap import CLOCK_FILE, App, open_app
from amplify.clockwork.clocks import wind
from amplify.services.apply import apply
from amplify.services.rehearse import approve_all
from amplify.testing.resident import Resident, settings_for
from amplify.testing.sandbox import Sandbox

LANGUAGES = ("en", "de", "be", "ru")
NETWORKS = ("mastodon", "bluesky", "telegram")
SPACING = timedelta(minutes=30)
LOOK_EVERY = 10.0
#: The first part of the run, in which caches fill; and by how much memory may have grown after it.
WARM, GROWN = 0.25, 1.1
CAMPAIGN = """\
name: A soak
edition: "1"
timezone: UTC
day: {at:%Y-%m-%d}
languages: [en, de, be, ru]
hashtags: {{core: [Belarus]}}
coordinators: {{one: {{}}, two: {{}}}}
rules: {{quiet_hours: none, late: 6h, per_account: {{a_day: 48, on_day: 48, least_gap: 5m}}}}
"""
POST = """\
- id: post-{number}
  kind: statement
  at: {at:%Y-%m-%d %H:%M}
  channels: all
  text: {{en: Post {number}, de: Beitrag {number}, be: Допіс {number}, ru: Пост {number}}}
  tags: [core]
"""
#: A Mastodon takes no more of one account in three hours: the worker would wait.
MOST = 290


@dataclass(frozen=True, slots=True)
class Look:
    """Megabytes resident, open files, and posts on the walls, after `seconds`."""

    seconds: float
    memory: float
    files: int
    public: int

    @classmethod
    def at(cls, process: int, seconds: float, sandbox: Sandbox) -> "Look":
        status = Path(f"/proc/{process}/status").read_text()
        resident = next(line.split()[1] for line in status.splitlines() if line.startswith("VmRSS"))
        return cls(
            seconds, int(resident) / 1024, len(list(Path(f"/proc/{process}/fd").iterdir())), len(sandbox.walls())
        )


def residents() -> list[Resident]:
    return [
        Resident(
            network=network,
            channels=(f"{network}-{language}",),
            name={"bluesky": f"soak-{language}.example", "telegram": f"@soak_{language}"}.get(
                network, f"soak_{language}"
            ),
            secret=f"{7 + number}:canary-{network}-{language}",
        )
        for network in NETWORKS
        for number, language in enumerate(LANGUAGES)
    ]


def write(root: Path, who: list[Resident], sandbox: Sandbox, posts: int) -> tuple[App, datetime]:
    """The campaign, applied and approved; the instant of its first post."""
    first = (datetime.now(UTC) - timedelta(days=60)).replace(hour=8, minute=0, second=0, microsecond=0)
    wind(root / "var" / CLOCK_FILE, start=first - SPACING, speed=1, spring=timedelta())
    entries, environ = {}, dict(os.environ)
    for number, resident in enumerate(who):
        settings = dict(settings_for(resident, sandbox.urls))
        for secret in {"token", "password"} & settings.keys():
            environ[f"T_{number}"], settings[secret] = settings[secret], f"${{T_{number}}}"
        language = resident.channels[0].rpartition("-")[2]
        entries[resident.channels[0]] = {"network": resident.network, "language": language, **settings}
    files = {
        "config/campaign.yaml": CAMPAIGN.format(at=first),
        "config/channels.yaml": yaml.safe_dump(entries, sort_keys=False),
        "posts/posts.yaml": "".join(POST.format(number=n, at=first + n * SPACING) for n in range(posts)),
    }
    for name, content in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(content)
    app = open_app(root, environ=environ)
    apply(app.folder.files(), app.workshop, app.ledger, by="one")
    approve_all(app.ledger, app.clock, 2)
    return app, first


async def soak(root: Path, minutes: float, rate: float) -> int:
    """Play it, print what was seen, and say by the exit code whether it stayed flat."""
    posts = int(minutes * 60 * rate)
    speed = SPACING.total_seconds() * rate
    sandbox = await Sandbox.open(residents(), now=lambda: datetime.now(UTC))
    app, first = await asyncio.to_thread(write, root, residents(), sandbox, posts)
    with closing(app):
        worker = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "amplify", "run", "--no-watch", "--campaign", str(root),
            env=app.settings.environ, stdout=-3,
        )  # fmt: skip
        while len(app.ledger.accounts()) < len(residents()):  # noqa: ASYNC110 - another process makes it true
            await asyncio.sleep(0.1)
        wind(root / "var" / CLOCK_FILE, start=first, speed=speed, spring=timedelta(hours=2))
        looks = []
        while (seconds := len(looks) * LOOK_EVERY) < minutes * 60:
            looks.append(Look.at(worker.pid, seconds, sandbox))
            if len(looks) % 6 == 1:
                seen = looks[-1]
                print(
                    f"{seconds:5.0f} s  {seen.memory:6.1f} MB  {seen.files:3} files  {seen.public:6} public", flush=True
                )
            await asyncio.sleep(LOOK_EVERY)
        worker.send_signal(signal.SIGTERM)
        await worker.wait()
        states = Counter(row.state.value for row in app.ledger.deliveries())
        fault = app.ledger.verify()
    size = sum(file.stat().st_size for file in (root / "var").glob("amplify.db*"))
    walls = Counter((wall.account, wall.text) for wall in sandbox.walls())
    await sandbox.close()
    return told(looks, states, size, max(walls.values()), fault)


def told(looks: list[Look], states: Counter[str], size: int, most: int, fault: str) -> int:
    warm = looks[int(len(looks) * WARM) :]
    third = max(1, len(warm) // 3)
    early, late = mean(look.memory for look in warm[:third]), mean(look.memory for look in warm[-third:])
    files = {look.files for look in warm}
    print(f"{dict(states)}; each text at most {most} times on a wall; {fault or 'the record is whole'}")
    print(f"memory {early:.1f} MB early, {late:.1f} MB late: x {late / early:.3f}; files {min(files)} to {max(files)}")
    print(f"ledger {size / sum(states.values()) / 1024:.1f} kB a delivery, its history and approvals included")
    return int(late / early > GROWN or most > 1 or bool(fault))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--rate", type=float, default=0.4, help="slots a second; each is twelve deliveries")
    said = parser.parse_args()
    if said.minutes * 60 * said.rate > MOST:
        parser.error(f"an account takes {MOST} posts in three hours: fewer minutes, or a lower --rate")
    with tempfile.TemporaryDirectory(prefix="soak-") as folder:
        sys.exit(asyncio.run(soak(Path(folder), said.minutes, said.rate)))


if __name__ == "__main__":
    main()

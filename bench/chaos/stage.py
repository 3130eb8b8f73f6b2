"""A campaign, the servers that it is published to, and one worker at a time, which can be killed and started again."""

import asyncio
import json
import signal
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

from bench.chaos.children import Child, Nursery, cold
from bench.chaos.street import House, Street

from amplify.bootstrap import CLOCK_FILE, App, open_app
from amplify.domain.delivery import State
from amplify.services.apply import apply
from amplify.services.rehearse import approve_all

_CAMPAIGN = """\
name: A trial by fire
edition: "2027"
timezone: UTC
day: {at:%Y-%m-%d}
languages: [en, de, be]
hashtags: {{core: [Belarus]}}
coordinators: {{one: {{}}, two: {{}}}}
rules: {{quiet_hours: none, late: {late}m, per_account: {{a_day: 48, on_day: 48, least_gap: 5m}}}}
"""
_POST = """\
- id: post-{number}
  kind: statement
  at: {at:%Y-%m-%d %H:%M}
  channels: all
  text: {{en: "{text}", de: "{text}", be: "{text}"}}
"""
_LANGUAGES = ("en", "de", "be")
_SECRETS = ("token", "password")
#: Seconds: what a server may take to answer, as AMPLIFY_TIMEOUT says it; the least is 1.
TIMEOUT = 2
#: Seconds: how long a clock runs, which is longer than any cell does.
_SPRING = timedelta(hours=12)
_TICK = 0.02
#: The campaign's clock starts that long ago, so that it is never ahead of the servers' own.
_AGO = timedelta(days=7)
#: More than the least gap between two posts of an account; and, in seconds, what a post takes.
GAP, _A_POST = timedelta(minutes=6), 2.5
#: A busy machine takes more gaps than there are posts.
_MOST_GAPS = 20
_WAITING = frozenset({State.APPROVED, State.CLAIMED, State.SENDING})


def as_it_is(house: House) -> dict[str, str]:
    """The entry of a channel that leads where it should."""
    return house.settings


@dataclass(slots=True, kw_only=True)
class Stage:
    """`speed` is that of the campaign's clock: an account posts every five minutes at most.

    `kills` and `inside` count workers killed, and how many of them while a request of theirs was being held.
    """

    root: Path
    street: Street
    nursery: Nursery
    random: Random
    texts: tuple[str, ...]
    late: int = 45
    speed: float = 1
    kills: int = 0
    inside: int = 0
    forgotten: bool = False
    worker: Child | None = None
    environ: dict[str, str] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)

    def set_up(self, settings: Callable[[House], dict[str, str]]) -> None:
        """Write the campaign, apply it and approve all of it; all is due now. `settings` are the channels' entries."""
        slot = datetime.now(UTC).replace(second=0, microsecond=0) - _AGO
        self.set_clock(slot - timedelta(seconds=1), spring=timedelta())
        entries, spoken = {}, Counter[str]()
        for house in self.street.houses:
            written = settings(house)
            for name in _SECRETS:
                if name in written:
                    variable = f"T_{house.channel.replace('-', '_').upper()}"
                    self.environ[variable], written[name] = written[name], f"${{{variable}}}"
            # beyond this machine no two accounts of a network may speak one language
            spoken[house.resident.network] += 1
            entries[house.channel] = {"language": _LANGUAGES[spoken[house.resident.network] - 1], **written}
        self.environ["AMPLIFY_TIMEOUT"] = str(TIMEOUT)
        posts = [_POST.format(number=number, at=slot, text=text) for number, text in enumerate(self.texts)]
        files = {
            "config/campaign.yaml": _CAMPAIGN.format(at=slot, late=self.late),
            "config/channels.yaml": json.dumps(entries),
            "posts/posts.yaml": "".join(posts),
        }
        for name, content in files.items():
            (self.root / name).parent.mkdir(parents=True, exist_ok=True)
            (self.root / name).write_text(content)
        with closing(self.app()) as app:
            apply(app.folder.files(), app.workshop, app.ledger, by="one")
            approve_all(app.ledger, app.clock, 2)
        self.set_clock(slot + timedelta(seconds=1))

    def app(self) -> App:
        return open_app(self.root, environ=self.environ)

    @property
    def ledger(self) -> Path:
        return self.root / "var" / "amplify.db"

    def set_clock(self, campaign: datetime, spring: timedelta = _SPRING) -> None:
        """The campaign's clock says this now, and goes on for `spring`."""
        wall = datetime.now(UTC)
        said = {"campaign": campaign, "wall": wall, "until": wall + spring}
        file = self.root / "var" / CLOCK_FILE
        file.parent.mkdir(parents=True, exist_ok=True)
        fresh = file.with_suffix(".new")
        fresh.write_text(json.dumps({"speed": self.speed, **{name: at.isoformat() for name, at in said.items()}}))
        fresh.replace(file)

    def step(self, by: timedelta) -> None:
        """Somebody sets the clock."""
        said = json.loads((self.root / "var" / CLOCK_FILE).read_text())
        ran = (datetime.now(UTC) - datetime.fromisoformat(said["wall"])) * self.speed
        self.set_clock(datetime.fromisoformat(said["campaign"]) + ran + by)

    async def pass_time(self) -> None:
        """Let a worker go on while gap after gap passes, until there is nothing left to wait for."""
        if self.worker is None:
            await self.start()
        for _ in range(_MOST_GAPS):
            if not await asyncio.to_thread(self._waits):
                break
            self.step(GAP)
            await asyncio.sleep(_A_POST)
        await self.stop()

    def _waits(self) -> bool:
        with closing(self.app()) as app:
            return any(row.state in _WAITING for row in app.ledger.deliveries())

    async def start(self, *, hook: str = "", watching: bool = False, largest: int = 0, uid: int = 0) -> Child:
        """A worker at work; see Nursery.birth()."""
        self.worker = await self.nursery.birth(
            self.root, self.environ, hook=hook, watching=watching, largest=largest, uid=uid
        )
        return self.worker

    async def kill(self) -> None:
        """With SIGKILL, whatever it is doing."""
        if self.worker is not None:
            await self.worker.end(signal.SIGKILL)
            self.kills += 1
            self.worker = None

    async def stop(self) -> None:
        """In good order."""
        if self.worker is not None:
            await self.worker.end(signal.SIGTERM)
            self.worker = None

    async def finish(self, seconds: float) -> bool:
        """`amplify run --until-idle`, cold and undisturbed; whether it ended by itself within `seconds`."""
        child = await cold(self.root, self.environ, "--no-watch", "--until-idle")
        try:
            await asyncio.wait_for(child.ended.wait(), seconds)
        except TimeoutError:
            await child.end(signal.SIGTERM)
            return False
        return child.code == 0

    async def until(self, holds: Callable[[], bool], seconds: float = 10) -> bool:
        """Wait until something holds, or time is over; whether it does. A worker that has ended is not waited for."""
        loop = asyncio.get_running_loop()
        end = loop.time() + seconds
        while not holds():
            if loop.time() > end or (self.worker is not None and self.worker.ended.is_set()):
                return holds()
            await asyncio.sleep(_TICK)
        return True

    def last_words(self) -> str:
        """Of the worker."""
        return " | ".join((self.root / "worker.log").read_text(errors="replace").splitlines()[-3:])

    def sends(self) -> int:
        """The requests to publish that have arrived anywhere."""
        return sum(len(house.sends) for house in self.street.houses)

    def kept_open(self) -> int:
        return sum(house.kept_open for house in self.street.houses)

    async def a_while(self, most: float) -> None:
        await asyncio.sleep(self.random.uniform(0, most))

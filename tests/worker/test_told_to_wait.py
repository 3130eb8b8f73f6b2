"""A 429 in each network's own way: the next try comes when we were told, not earlier and hardly later, by our own clock."""

import asyncio
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from amplify.clockwork.apscheduler_clock import SchedulerAlarm
from amplify.domain.delivery import State
from amplify.testing.faults import Rule
from amplify.testing.resident import Resident, settings_for
from amplify.testing.sandbox import Sandbox
from amplify.worker.work import Worker
from servers.nine import Nine
from servers.stage import campaign

#: Of servers whose clocks are wrong.
AHEAD, BEHIND = timedelta(minutes=7), timedelta(minutes=-4)
NETWORKS = {
    "mastodon": ("{}", "/api/v1/statuses$"),
    "bluesky": ("{}.example", "putRecord"),
    "telegram": ("@{}", "sendMessage"),
}
#: A busy machine takes its time, too.
AT_MOST = 2


def iso(at: datetime) -> dict[str, str]:
    return {"X-RateLimit-Reset": at.isoformat().replace("+00:00", "Z")}


def epoch(name: str) -> Callable[[datetime], dict[str, str]]:
    return lambda at: {name: str(int(at.timestamp()))}


def http_date(at: datetime) -> dict[str, str]:
    return {"Retry-After": format_datetime(at, usegmt=True)}


@dataclass
class Told(Mapping[str, str]):
    """Headers that are made when they are sent, and which remember until when they ask to wait.

    `clock` is by how much the server's is wrong; `whole`: it names instants in whole seconds.
    """

    network: str
    seconds: float
    says: Callable[[datetime], dict[str, str]]
    clock: timedelta = timedelta()
    whole: bool = False
    status: int = 429
    body: object = None
    until: float = 0

    def _made(self) -> dict[str, str]:
        now = datetime.now(UTC)
        at = now + self.clock + timedelta(seconds=self.seconds)
        at = at.replace(microsecond=0) + timedelta(seconds=1) if self.whole else at
        self.until = self.until or (at - self.clock).timestamp()
        told = self.says(at)
        return {"Date": format_datetime((now + self.clock).replace(microsecond=0), usegmt=True), **told}

    def __getitem__(self, name: str) -> str:
        return self._made()[name]

    def __iter__(self) -> Iterator[str]:
        return iter(("Date", *self._made().keys() - {"Date"}))

    def __len__(self) -> int:
        return len(self._made())


def retry_after(seconds: int) -> Callable[[datetime], dict[str, str]]:
    return lambda _: {"Retry-After": str(seconds)}


GOTOSOCIAL = {
    "domain": "busy.example",
    "version": "0.18.0+git-1234abc",
    "source_url": "https://codeberg.org/superseriousbusiness/gotosocial",
    "configuration": {},
}
BUSY = {"error": "server capacity exceeded"}
SLOWLY = {"error": "Too many requests"}
WAIT = {"ok": False, "error_code": 429, "description": "Too Many Requests: retry after 8"}
#: One after another: side by side each would be measured with the work of all others.
CASES = {
    "mastodon-iso": Told("mastodon", 3, iso),
    "mastodon-ahead": Told("mastodon", 4.2, iso, AHEAD),
    "mastodon-behind": Told("mastodon", 5.4, iso, BEHIND),
    "look-alike-epoch": Told("mastodon", 6.6, epoch("X-RateLimit-Reset"), AHEAD, whole=True),
    "telegram-seconds": Told("telegram", 8, lambda _: {}, AHEAD, body={**WAIT, "parameters": {"retry_after": 8}}),
    "look-alike-seconds": Told("mastodon", 9, retry_after(9), BEHIND, body=SLOWLY),
    "look-alike-date": Told("mastodon", 10, http_date, AHEAD, whole=True, body=SLOWLY),
    "gotosocial-503": Told("mastodon", 11, retry_after(11), status=503, body=BUSY),
    "bluesky-epoch": Told("bluesky", 12, epoch("RateLimit-Reset"), BEHIND, whole=True),
    "bluesky-seconds": Told("bluesky", 13, retry_after(13), body=SLOWLY),
}


async def open_at(stack: AsyncExitStack, name: str, network: str) -> tuple[Sandbox, dict[str, str]]:
    """A server of its own for one channel, and the channel's settings."""
    secret = f"7:canary-{name}" if network == "telegram" else f"canary-{name}"
    resident = Resident(
        network=network,
        channels=(name,),
        name=NETWORKS[network][0].format(name.replace("-", "_" if network == "telegram" else "")),
        secret=secret,
    )
    sandbox = await Sandbox.open([resident], now=lambda: datetime.now(UTC))
    stack.push_async_callback(sandbox.close)
    return sandbox, {"network": network, **settings_for(resident, sandbox.urls)}


def strike(sandbox: Sandbox, told: Told, path: str = "") -> None:
    path = path or NETWORKS[told.network][1]
    sandbox.faults.add(Rule(what="status", arg=told.status, path=path, method="POST", headers=told, body=told.body))
    if told.status == 503:
        sandbox.faults.add(Rule(what="status", arg=200, path="/api/v2/instance", body=GOTOSOCIAL))


def tries(sandbox: Sandbox, path: str) -> list[float]:
    return [r.at for r in sandbox.requests() if r.method == "POST" and r.path.endswith(path.removesuffix("$"))]


async def worked(app, until: Callable[[], bool], seconds: float = 45) -> list[str]:
    """A worker in this process, until something holds; what it said."""
    alarm, said = SchedulerAlarm(app.clock), []
    worker = Worker(app=app, alarm=alarm, tell=lambda _: None, say=said.append, watching=False)
    task = asyncio.create_task(worker.run())
    try:
        async with asyncio.timeout(seconds):
            while not until():  # noqa: ASYNC110 - what is looked at is in a ledger
                await asyncio.sleep(0.05)
    except TimeoutError:
        pytest.fail(f"{[(str(r.key), r.state.value, r.reason) for r in app.ledger.deliveries()]}; {said}")
    finally:
        worker.stop()
        await task
        alarm.close()
    return said


async def test_the_next_try_comes_when_the_server_said_by_whichever_clock_and_others_do_not_wait(
    tmp_path, record_property
):
    async with AsyncExitStack() as stack:
        opened = {name: await open_at(stack, name, told.network) for name, told in CASES.items()}
        opened["calm"] = await open_at(stack, "calm", "mastodon")
        for name, told in CASES.items():
            strike(opened[name][0], told)
        channels = {name: settings for name, (_, settings) in opened.items()}
        app = campaign(tmp_path, channels, text="Patience", timeout=timedelta(seconds=8), soon=timedelta(seconds=5))
        stack.callback(app.close)
        await worked(app, lambda: all(row.state is State.PUBLISHED for row in app.ledger.deliveries()))
        measured = {}
        for name, told in CASES.items():
            _, again = tries(opened[name][0], NETWORKS[told.network][1])
            measured[name] = again - told.until
        record_property("told", ", ".join(f"{name} {late:+.2f} s" for name, late in measured.items()))
        assert {name: late for name, late in measured.items() if not 0 <= late <= AT_MOST} == {}
        calm = next(row for row in app.ledger.deliveries() if row.key.channel == "calm")
        assert calm.published_at - calm.due < timedelta(seconds=min(told.seconds for told in CASES.values()))


#: What is told that cannot be believed, how many seconds we wait then, and what people read.
ODD = {
    "a-year-ahead": (lambda at: iso(at + timedelta(days=365)), 86_400, "asked again in 24 hours"),
    "over": (lambda at: iso(at - timedelta(hours=1)), 10, "asked again in 10 seconds"),
    "garbage": (lambda _: {"X-RateLimit-Reset": "soon", "Retry-After": "a while"}, 60, "goes again by itself"),
    "nothing": (lambda _: {}, 60, "goes again by itself"),
    "of-two-kinds": (lambda at: {**iso(at + timedelta(days=365)), "Retry-After": "30"}, 30, "goes again by itself"),
}


async def test_what_cannot_be_believed_is_bounded_and_said(tmp_path):
    async with AsyncExitStack() as stack:
        opened = {name: await open_at(stack, name, "mastodon") for name in ODD}
        for name, (says, _, _) in ODD.items():
            strike(opened[name][0], Told("mastodon", 0, says, body=SLOWLY))
        channels = {name: settings for name, (_, settings) in opened.items()}
        app = campaign(tmp_path, channels, text="Patience", timeout=timedelta(seconds=8))
        stack.callback(app.close)
        began = app.clock.machine()
        await worked(app, lambda: all(row.not_before for row in app.ledger.deliveries()))
        for row in app.ledger.deliveries():
            _, waits, words = ODD[row.key.channel]
            assert words in row.reason
            assert 0 <= (row.not_before - began).total_seconds() - waits <= 8


async def test_a_worker_that_is_killed_while_it_waits_leaves_the_wait_to_the_next_one(tmp_path, record_property):
    """Posts, and the door of an account that has signed in too often."""
    told = {
        "mastodon": Told("mastodon", 7, iso, AHEAD),
        "bluesky": Told("bluesky", 8.4, epoch("RateLimit-Reset"), BEHIND, whole=True),
        "telegram": Told("telegram", 10, lambda _: {}, body={**WAIT, "parameters": {"retry_after": 10}}),
        "door": Told("bluesky", 11.5, epoch("RateLimit-Reset"), AHEAD, whole=True),
    }
    async with AsyncExitStack() as stack:
        opened = {name: await open_at(stack, name, one.network) for name, one in told.items()}
        paths = {name: "createSession" if name == "door" else NETWORKS[one.network][1] for name, one in told.items()}
        for name, one in told.items():
            strike(opened[name][0], one, paths[name])
        channels = {name: settings for name, (_, settings) in opened.items()}
        app = campaign(tmp_path, channels, text="Patience", timeout=timedelta(seconds=8))
        stack.callback(app.close)
        carried = Nine(app=app)
        await carried.work(until=lambda: all(one.until for one in told.values()) and _noted(app))
        killed = time.time()
        assert killed < min(one.until for one in told.values())
        await carried.work()
        late = {}
        for name, one in told.items():
            _, again, *_ = tries(opened[name][0], paths[name])
            assert again >= one.until
            late[name] = again - max(one.until, _there(opened[name][0], opened["bluesky"][0], killed, again))
        record_property("told", "killed and started again: " + ", ".join(f"{n} {s:+.2f} s" for n, s in late.items()))
        assert {name: seconds for name, seconds in late.items() if not 0 <= seconds <= AT_MOST} == {}
        assert carried.states() == ["published"] * 4


def _there(sandbox: Sandbox, other: Sandbox, killed: float, again: float) -> float:
    """When the new worker was there at all, which may be late on a busy machine: it has asked who it is, or elsewhere."""
    asked = [request.at for request in sandbox.requests() if killed < request.at < again]
    return max(asked) if asked else min(request.at for request in other.requests() if request.at > killed)


def _noted(app) -> bool:
    """Whether all that was told is in the ledger: the killed process takes the rest along."""
    rows = [row for row in app.ledger.deliveries() if row.not_before]
    return len(rows) == 3 and any(word.account.startswith("bluesky http") for word in app.ledger.words())

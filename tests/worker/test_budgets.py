"""No server has to refuse us: what it takes in a while is known, and what does not fit waits for the next while.

Servers and the client libraries are real, and so is the worker; only the hours pass at once.
"""

import asyncio
import json
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from amplify.bootstrap import App, open_app
from amplify.domain.budget import Use
from amplify.domain.delivery import State
from amplify.services.apply import apply
from amplify.services.rehearse import approve_all
from amplify.testing.bluesky.identifiers import did_of
from amplify.testing.manners import Manners
from amplify.testing.memory_ledger import MemoryLedger
from amplify.testing.pictures import sample
from amplify.testing.resident import Resident, settings_for
from amplify.testing.sandbox import Sandbox
from amplify.worker.work import Worker

Before = Callable[[Sandbox, App], None]
NAMES = {"mastodon": "someone", "bluesky": "campaign.example", "telegram": "@campaign"}
CAMPAIGN = """\
name: A trial
edition: "2027"
timezone: Europe/Vienna
day: 2027-05-21
languages: [en]
hashtags: {core: [Belarus]}
coordinators: {one: {}, two: {}}
rules: {quiet_hours: none, per_account: {a_day: 48, on_day: 48, least_gap: 5m}}
"""


def at(hour: int, minute: int = 0, second: int = 0) -> datetime:
    """In Vienna, on the campaign's day."""
    return datetime(2027, 5, 21, hour - 2, minute, second, tzinfo=UTC)


@dataclass
class Hours:
    """A clock that stands while anything is being done, and else jumps to when something is next."""

    time: datetime
    worker: Worker | None = None
    seen: set[str] = field(default_factory=set)

    def now(self) -> datetime:
        return self.time

    def machine(self) -> datetime:
        return self.time

    def on_machine(self, at: datetime) -> datetime:
        return at

    async def sleep_until(self, at: datetime) -> None:
        assert self.worker is not None
        if self.worker._running or self.worker._connections.trying:
            await asyncio.sleep(0.002)
            return
        rows = self.worker.app.ledger.deliveries((State.APPROVED,), self.time)
        self.seen |= {row.reason for row in rows}
        if not self.worker.app.ledger.deliveries((State.APPROVED, State.SENDING, State.CLAIMED)):
            self.worker.stop()
        self.time = max(self.time, at)

    def ring(self) -> None:
        pass

    def close(self) -> None:
        pass


@dataclass
class Day:
    """What went out, and how."""

    app: App
    sandbox: Sandbox
    hours: Hours

    def refused(self) -> int:
        return sum(request.status == 429 for request in self.sandbox.requests())

    def published(self, post: str) -> list[str]:
        """The times at which its parts went out."""
        rows = [row for row in self.app.ledger.deliveries((State.PUBLISHED,)) if row.key.post == post]
        return [f"{row.published_at + timedelta(hours=2):%H:%M:%S}" for row in rows]


def thread(id: str, when: str, parts: int, media: int = 0) -> str:
    """Each part with so many pictures of its own."""
    lines = [f"- id: {id}", "  kind: thread", f"  at: D {when}", "  channels: [here]", "  thread:"]
    for part in range(parts):
        pictures = [f'{{file: lamp.jpg, alt: {{en: "The lamp {id} {part} {n} shines"}}}}' for n in range(media)]
        lines.append(f"    - {{id: p{part}, text: {{en: This is {id} {part}}}, media: [{', '.join(pictures)}]}}")
    return "\n".join(lines) + "\n"


async def day(
    root, network: str, posts: str, start: datetime, before: Before = lambda _, __: None, has_topics: bool = False
) -> Day:
    """From `start` until nothing is left to do; `before` is what the account has used of its server by then."""
    secret = "7:canary" if network == "telegram" else "canary-1"
    resident = Resident(network=network, channels=("here",), name=NAMES[network], secret=secret, has_topics=has_topics)
    hours = Hours(start)
    sandbox = await Sandbox.open(
        [resident],
        now=hours.now,
        machine=lambda: hours.machine().timestamp(),
        manners=Manners(enforces_limits=True),
    )
    channel = {"network": network, "language": "en", **settings_for(resident, sandbox.urls)}
    hidden = "password" if "password" in channel else "token"
    channels = {"here": {**channel, hidden: "${T}"}}
    files = {"config/campaign.yaml": CAMPAIGN, "config/channels.yaml": json.dumps(channels), "posts/day.yaml": posts}
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text)
    (root / "posts" / "media").mkdir()
    (root / "posts" / "media" / "lamp.jpg").write_bytes(sample())
    app = open_app(root, environ={"T": secret})
    app = replace(app, settings=replace(app.settings, sweep=timedelta(minutes=10)))
    app.__dict__["clock"], app.__dict__["ledger"] = hours, MemoryLedger()
    apply(app.folder.files(), app.workshop, app.ledger, by="one")
    approve_all(app.ledger, hours, 2)
    before(sandbox, app)
    hours.worker = Worker(app=app, alarm=hours, tell=lambda _: None, say=print, watching=False)
    await asyncio.wait_for(hours.worker.run(), 60)
    await sandbox.close()
    return Day(app, sandbox, hours)


async def test_300_posts_in_three_hours_go_out_and_the_next_ones_wait_without_one_refusal(tmp_path, record_property):
    posts = "".join(thread(f"t{n}", f"{14 + (5 * n + 5) // 60}:{(5 * n + 5) % 60:02}", 10) for n in range(31))
    seen = await day(tmp_path, "mastodon", posts, at(13, 59))
    assert seen.refused() == 0
    times = [time for n in range(31) for time in seen.published(f"t{n}")]
    assert len(times) == len(seen.sandbox.walls()) == 310
    assert sum(time < "17:00" for time in times) == 300
    assert {time[:5] for time in seen.published("t30")} == {"17:00"}
    assert "the server takes 300 posts and boosts in 3 hours; the next one at 17:00" in seen.hours.seen
    record_property("told", f"310 posts, 300 by 17:00, no 429, the 301st at {min(seen.published('t30'))}")


async def test_pictures_of_later_posts_are_not_given_ahead_of_those_that_go_first(tmp_path):
    """A thread's parts are given their pictures one after the other, and a post after it has its own ready early."""
    later = "".join(
        f"- {{id: {id}, kind: statement, at: D {when}, channels: [here], text: {{en: This is {id}}}, media: ["
        + ", ".join(f'{{file: lamp.jpg, alt: {{en: "The lamp {id} {n} shines"}}}}' for n in range(many))
        + "]}\n"
        for id, when, many in (("one", "14:10", 1), ("two", "14:15", 2), ("words", "14:20", 0))
    )
    seen = await day(tmp_path, "mastodon", thread("lamps", "14:05", 7, 4) + later, at(14, 1))
    assert seen.refused() == 0
    assert {time[:5] for time in seen.published("lamps")} == {"14:05"}
    assert [seen.published(id)[0][:5] for id in ("one", "two", "words")] == ["14:10", "14:30", "14:20"]
    assert "the server takes 30 pictures and films in 30 minutes; the next one at 14:30" in seen.hours.seen


async def test_a_group_on_telegram_gets_twenty_messages_a_minute(tmp_path):
    seen = await day(tmp_path, "telegram", thread("long", "14:05", 25), at(14, 4), has_topics=True)
    assert seen.refused() == 0
    times = seen.published("long")
    assert (sum(t < "14:06" for t in times), len(times)) == (20, 25)


async def test_changes_on_bluesky_wait_for_the_points_of_the_next_hour(tmp_path):
    def before(sandbox: Sandbox, app: App) -> None:
        """Three posts short of all that there is."""
        did = did_of(NAMES["bluesky"])
        app.ledger.spend(did, Use.POST, 2497, at(13, 30))
        sandbox._memory.section("bluesky")["counts"][f"write {did} 3600"] = [at(13, 30).timestamp(), 4994]

    seen = await day(tmp_path, "bluesky", thread("letter", "14:05", 5), at(14, 4), before)
    assert seen.refused() == 0
    assert [time[:5] for time in seen.published("letter")] == ["14:05", "14:05", "14:05", "14:30", "14:30"]


async def test_what_somebody_has_posted_by_hand_is_heard_from_the_server(tmp_path):
    def before(sandbox: Sandbox, _: App) -> None:
        window = at(14).timestamp() // (3 * 60 * 60)
        sandbox._memory.section("mastodon")["counts"]["posts someone"] = [window, 297]

    seen = await day(tmp_path, "mastodon", thread("letter", "16:40", 5), at(16, 39), before)
    assert seen.refused() == 0
    assert [time[:5] for time in seen.published("letter")] == ["16:40", "16:40", "16:40", "17:00", "17:00"]


async def test_what_waits_too_long_for_its_server_is_missed_and_says_why(tmp_path):
    def before(sandbox: Sandbox, _: App) -> None:
        sandbox._memory.section("mastodon")["counts"]["posts someone"] = [at(14).timestamp() // 10_800, 299]

    posts = "".join(
        f"- {{id: {id}, kind: statement, at: D {when}, channels: [here], text: {{en: This is {id}}}}}\n"
        for id, when in (("last", "16:00"), ("late", "16:10"))
    )
    seen = await day(tmp_path, "mastodon", posts, at(15, 59), before)
    assert seen.refused() == 0
    (row,) = seen.app.ledger.deliveries((State.MISSED,))
    assert row.key.post == "late"
    assert row.reason.endswith("past its time; the server takes 300 posts and boosts in 3 hours; the next one at 17:00")

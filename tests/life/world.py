"""What a life is lived in: a campaign in a folder, two clocks, a board of servers, a ledger, a worker that can be killed.

The book of yeses is our own: it knows nothing of the ledger, and judges whatever leaves.
"""

import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

from hypothesis import strategies as st

from amplify.bootstrap import open_app
from amplify.domain.delivery import State
from amplify.domain.envelope import Envelope
from amplify.domain.key import Key
from amplify.ports.ledger import Changed, LedgerError
from amplify.services.apply import apply
from amplify.services.approve import approve, named
from amplify.services.deliver import deliver
from amplify.services.desk import Desk
from amplify.services.office import Office
from amplify.services.overdue import miss_overdue
from amplify.services.reconcile import reconcile, ripe
from amplify.testing.memory_ledger import MemoryLedger
from amplify.testing.memory_shelf import Shelf
from life.board import QUARANTINE, Account, Board, Fate, Killed

CHANNELS = {"keyed-en": "bluesky", "replaying-en": "mastodon", "careless-en": "mastodon", "blind-en": "telegram"}
LATE = timedelta(minutes=45)
CAMPAIGN = """\
name: A life
edition: "1"
timezone: UTC
day: 2027-05-21
languages: [en]
hashtags: {core: [Belarus]}
coordinators: {one: {}, two: {}, three: {}}
rules:
  approval: {people: 2}
  quiet_hours: none
  per_account: {a_day: 48, on_day: 48, least_gap: 5m}
"""
SERVERS = {
    "mastodon": 'server: "https://{name}.example", token: "${{T}}"',
    "bluesky": 'server: "https://{name}.example", handle: {name}.example, password: "${{T}}"',
    "telegram": 'chat: "@{name}", token: "${{T}}"',
}
MANY = 12
CHECKPOINTS = ("claimed", "staged", "begun", "answered", "failed", "looked", "replaying", "replay answered")
FATES = st.lists(st.sampled_from(list(Fate)), max_size=5)
KILLS = st.none() | st.tuples(st.sampled_from(CHECKPOINTS), st.integers(0, 3))
#: Names a post, whichever there are by then.
NUMBER = st.integers(0, MANY - 1)
PEOPLE = ("one", "two", "three")
#: What an edit may change to; nothing where it leaves that as it is.
WORDS = ("first", "second", "")
BEGIN = datetime(2027, 5, 21, 8, 50, tzinfo=UTC)


class TwoClocks:
    """`machine` is true time; `step` is by how much the wall clock is wrong."""

    def __init__(self) -> None:
        self.true = BEGIN
        self.step = timedelta()

    def now(self) -> datetime:
        return self.true + self.step

    def machine(self) -> datetime:
        return self.true

    def on_machine(self, at: datetime) -> datetime:
        return self.true + (at - self.now())


class World:
    """`yeses` is our own book: who has said yes to which words of which delivery, for when."""

    """`yeses` is our own book: who has said yes to which words of which delivery."""

    def __init__(self) -> None:
        self.folder = tempfile.TemporaryDirectory()
        root = Path(self.folder.name)
        (root / "config").mkdir()
        (root / "posts").mkdir()
        (root / "config" / "campaign.yaml").write_text(CAMPAIGN)
        names = {name.split("-")[0]: network for name, network in CHANNELS.items()}
        lines = [
            f"{name}-en: {{network: {network}, language: en, {SERVERS[network].format(name=name)}}}\n"
            for name, network in names.items()
        ]
        (root / "config" / "channels.yaml").write_text("".join(lines))
        self.root = root
        self.clock = TwoClocks()
        self.app = open_app(root, environ={})
        self.app.__dict__["clock"] = self.clock
        self.shelf = Shelf()
        self.ledger = MemoryLedger(self.shelf)
        self.board = Board(self.clock.machine, self.judge)
        self.workers = 0
        self.written: dict[str, tuple[str, str]] = {}
        self.posts: list[str] = []
        self.yeses: dict[tuple[Key, str, datetime], set[str]] = {}
        self.stopped = False
        self.known: set[Key] = set()
        self.wrong: list[str] = []
        self.kill_at: tuple[str, int] | None = None

    def teardown(self) -> None:
        self.app.close()
        self.folder.cleanup()

    def take(self) -> None:
        entries = [
            f"- {{id: {post}, kind: statement, at: {slot}, channels: all, text: {{en: {post} {words}}}}}\n"
            for post, (words, slot) in self.written.items()
        ]
        (self.root / "posts" / "day.yaml").write_text("".join(entries) or "[]\n")
        apply(self.app.folder.files(), self.app.workshop, self.ledger, by="one")
        self.known |= {row.key for row in self.ledger.deliveries()}

    def yes(self, post: str, who: tuple[str, ...]) -> None:
        for by in who:
            for row in self.rows_of(post):
                try:
                    approve([row], self.in_force(), self.app.workshop, self.ledger, by=by, via="cli")
                except LedgerError:
                    continue
                if row.digest and row.state is not State.HELD:
                    self.yeses.setdefault((row.key, row.text, row.due), set()).add(by)

    def pass_by(self, span: int) -> None:
        self.clock.true += timedelta(seconds=span)
        self.board.land()

    def start_a_worker(self) -> None:
        self.workers += 1
        self.shelf.holder = ""
        self.ledger = MemoryLedger(self.shelf)
        name = f"worker-{self.workers}"
        self.ledger.hold(name)
        self.ledger.expire(worker=name, machine=self.clock.machine(), now=self.clock.now())
        self.since = self.clock.machine()
        for account in self.accounts().values():
            who, now = account.identity.id, self.clock.now()
            self.ledger.bind(account.channel, id=who, name="", url="", limits=account.limits, now=now)

    async def round(self) -> None:
        desk = self.desk()
        await miss_overdue(desk)
        for channel, account in self.accounts().items():
            for row in self.ledger.deliveries((State.UNCONFIRMED,)):
                if row.key.channel == channel and ripe(row, desk):
                    await reconcile(row, account, desk)
            skip: set[Key] = set()
            while row := self.ledger.next_due([channel], self.clock.machine(), tuple(skip)):
                skip.add(row.key)
                if row.due > self.clock.now() or self.ledger.accounts()[channel].halted:
                    break
                try:
                    await deliver(row, account, desk)
                except Changed:
                    continue

    def desk(self) -> Desk:
        passed = dict.fromkeys(CHECKPOINTS, 0)

        def checkpoint(name: str) -> None:
            passed[name] += 1
            if self.kill_at == (name, passed[name] - 1):
                raise Killed

        return Desk(
            ledger=self.ledger,
            workshop=self.app.workshop,
            office=Office(ledger=self.ledger, workshop=self.app.workshop),
            folder=self.app.folder,
            worker=f"worker-{self.workers}",
            since=self.since,
            lease=2 * QUARANTINE,
            quarantine=QUARANTINE,
            secrets=frozenset,
            checkpoint=checkpoint,
        )

    def accounts(self) -> dict[str, Account]:
        networks = self.app.networks
        return {
            name: Account(name, name.split("-")[0], self.board, networks[network].defaults)
            for name, network in CHANNELS.items()
        }

    def in_force(self):
        revision = self.ledger.revision()
        assert revision is not None
        return self.app.author.read(revision.files)

    def post(self, number: int) -> str:
        return self.posts[number % len(self.posts)]

    def rows_of(self, post: str):
        try:
            return named(post, self.in_force(), self.ledger)
        except LedgerError:
            return []

    def judge(self, envelope: Envelope) -> None:
        """Whatever leaves is looked at by itself, as the public would want it looked at.

        The code under test catches whatever a publisher raises, so what is wrong is noted here and told by an invariant.
        """
        row = self.ledger.delivery(envelope.key)
        if row is None or row.state is not State.SENDING or row.envelope != envelope:
            self.wrong.append(f"{envelope.key} left without being on record first")
            return
        late = self.clock.now() - row.due
        words = (row.key, str(envelope.request["text"]), row.due)
        faults = {
            "during a stop": self.stopped,
            "with a STOP in the folder": (self.root / "STOP").exists(),
            "too early": late < timedelta(),
            "late": late > LATE,
            "without two yeses to these very words": len(self.yeses.get(words, ())) < 2,
        }
        self.wrong += [f"{row.key} left {fault}" for fault, holds in faults.items() if holds]

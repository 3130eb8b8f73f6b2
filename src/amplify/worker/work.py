"""The worker: follows the files, keeps the lanes going, wakes at the next due instant, ends cleanly."""

import asyncio
import os
import secrets
import socket
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial

from amplify.bootstrap import App
from amplify.domain.delivery import Delivery
from amplify.ports.clock import Alarm
from amplify.ports.ledger import LedgerError
from amplify.ports.publisher import Publisher
from amplify.services.desk import Desk, pass_on
from amplify.services.office import Office
from amplify.services.overdue import miss_overdue
from amplify.services.rehearse import approve_all
from amplify.services.settle import Leftovers
from amplify.worker.aside import Aside
from amplify.worker.beside import Beside, Outside
from amplify.worker.collector import Collector
from amplify.worker.connections import Connections
from amplify.worker.crier import Crier
from amplify.worker.health import Health
from amplify.worker.lane import Lane
from amplify.worker.open_ends import OpenEnds
from amplify.worker.pulse import Pulse
from amplify.worker.watch import Watch

_WATCH_EVERY = timedelta(milliseconds=500)
#: In a rehearsal; as many as urgent posts and posts about a person need under any rules.
_ALWAYS_ENOUGH = 2
#: How much longer than a look at what is overdue the rest after it is.
_REST = 9
#: How long those who listen may take at the end.
_LAST_LISTENING = timedelta(seconds=5)


@dataclass(slots=True, kw_only=True)
class Worker:
    """`tell` hears of every delivery that took a step, `say` of everything else that people should know.

    Both are called in a thread of their own. `outside` are those who are told of trouble.
    """

    app: App
    alarm: Alarm
    tell: Callable[[Delivery], None]
    say: Callable[[str], None]
    watching: bool
    checkpoint: Callable[[str], None] = pass_on
    outside: Outside = field(default_factory=Outside)
    stopping: asyncio.Event = field(default_factory=asyncio.Event)
    name: str = field(default_factory=lambda: f"{socket.gethostname()}:{os.getpid()}:{secrets.token_hex(4)}")
    _lanes: dict[str, Lane] = field(default_factory=dict)
    _leftovers: Leftovers = field(default_factory=Leftovers)
    _running: dict[str, asyncio.Task[datetime | None]] = field(default_factory=dict)
    _next: dict[str, datetime] = field(default_factory=dict)
    _since: datetime = field(init=False)
    _swept: datetime | None = None
    _overdue_from: datetime = field(init=False)
    _connections: Connections = field(init=False)
    _watch: Watch = field(init=False)
    _office: Office = field(init=False)
    _aside: Aside = field(init=False)
    _health: Health = field(init=False)

    def __post_init__(self) -> None:
        self._aside = Aside(listen=self.tell, hear=self.say, time=self.app.clock.machine)
        self._connections = Connections(app=self.app, say=self._aside.say, tried=self._tried)
        self._watch = Watch(app=self.app, say=self._aside.say)
        self._office = Office(ledger=self.app.ledger, workshop=self.app.workshop)
        self._health = Health(ledger=self.app.ledger)

    async def run(self, *, until_idle: bool = False, once: bool = False) -> None:
        """Work until told to stop, or until idle, or once through. Raises LedgerError."""
        ledger, clock = self.app.ledger, self.app.clock
        ledger.hold(self.name)
        for row in ledger.expire(worker=self.name, machine=clock.machine(), now=clock.now()):
            self._aside.tell(row)
        self._since = self._overdue_from = clock.machine()
        beside = self._beside()
        try:
            while not self.stopping.is_set():
                await self._round()
                if self._through() and (once or (until_idle and await self._is_idle())):
                    break
                await self.alarm.sleep_until(self._wake())
        finally:
            self.stopping.set()
            await asyncio.gather(*self._running.values(), return_exceptions=True)
            await self._connections.close()
            await beside.end()
            await asyncio.to_thread(self._aside.end, _LAST_LISTENING)

    def stop(self) -> None:
        """End after the requests that are on their way."""
        self.stopping.set()
        self.alarm.ring()

    def remark(self, words: str) -> None:
        """Let people know what is no step of a delivery; nobody waits until they do."""
        self._aside.say(words)

    def secrets(self) -> frozenset[str]:
        """All that are known now: no text may contain them."""
        return self._connections.secrets() | self.app.settings.addresses

    async def _round(self) -> None:
        machine = self.app.clock.machine()
        try:
            taken = self.watching and await self._watch.look()
            if taken or self._swept is None or machine >= self._swept + self.app.settings.sweep:
                self._swept = machine
                await self._sweep()
                self._health.swept()
        except LedgerError as error:
            if self._health.swept(error):
                self._aside.say(f"The ledger cannot be used just now: {error}")
        self._health.round_ended(self.app.clock.machine())
        self._connections.connect()
        self._start_lanes(machine)

    async def _sweep(self) -> None:
        """Look after what no due instant announces: connections, approvals of a rehearsal, what is too late."""
        number = await asyncio.to_thread(self.app.ledger.revision_id)
        if not number:
            return
        copy = await self._office.copy(number)
        if self.app.sandbox is not None and copy.written.campaign is not None:
            people = max(copy.written.campaign.rules.people, _ALWAYS_ENOUGH)
            await asyncio.to_thread(approve_all, self.app.ledger, self.app.clock, people)
        await self._connections.follow(copy.written.channels)
        self._connections.connect()
        self._arrange()
        await self._miss_overdue()
        self._next.clear()

    async def _miss_overdue(self) -> None:
        """What is too late never leaves; that it is told so must not take the time of what is not late yet."""
        clock = self.app.clock
        began = clock.machine()
        if began < self._overdue_from:
            return
        for row in await miss_overdue(self._desk()):
            self._aside.tell(row)
        now = clock.machine()
        self._overdue_from = now + (now - began) * _REST

    def _beside(self) -> Beside:
        """Going, where there is anybody to be told or anything to be looked at; a rehearsal looks at nothing."""
        outside, say = self.outside, self._aside.say
        crier = Crier(
            app=self.app,
            office=self._office,
            connections=self._connections,
            health=self._health,
            recipients=outside.addressed(),
            say=say,
            every=outside.look,
            calm=outside.calm,
        )
        clock = self.app.clock
        pulse = Pulse(health=self._health, clock=clock, heartbeat=outside.heartbeat, say=say, every=outside.beat)
        collector = Collector(app=self.app, office=self._office, say=say) if self.app.sandbox is None else None
        beside = Beside(crier=crier, pulse=pulse, collector=collector)
        beside.start(outside)
        return beside

    def _desk(self) -> Desk:
        settings = self.app.settings
        return Desk(
            ledger=self.app.ledger,
            workshop=self.app.workshop,
            office=self._office,
            folder=self.app.folder,
            worker=self.name,
            since=self._since,
            lease=settings.lease,
            quarantine=settings.quarantine,
            secrets=self.secrets,
            checkpoint=self.checkpoint,
        )

    def _arrange(self) -> None:
        """One lane for each account that answered."""
        by_account: dict[str, dict[str, Publisher]] = {}
        for channel, publisher in self._connections.publishers.items():
            by_account.setdefault(publisher.identity.id, {})[channel] = publisher
        for account, publishers in by_account.items():
            lane = self._lanes.setdefault(
                account,
                Lane(
                    publishers={},
                    tell=self._aside.tell,
                    stopping=self.stopping,
                    again_after=self.app.settings.sweep,
                    look_again=self.app.settings.look_again,
                    leftovers=self._leftovers,
                ),
            )
            lane.left |= lane.publishers.keys() != publishers.keys()
            lane.publishers = publishers
        for account in self._lanes.keys() - by_account.keys():
            self._lanes[account].publishers = {}

    def _tried(self) -> None:
        self._arrange()
        self.alarm.ring()

    def _start_lanes(self, machine: datetime) -> None:
        desk = self._desk()
        for account, lane in self._lanes.items():
            if account not in self._running and self._next.get(account, machine) <= machine:
                task = asyncio.create_task(lane.run(desk))
                self._running[account] = task
                task.add_done_callback(partial(self._lane_ended, account))

    def _lane_ended(self, account: str, done: asyncio.Task[datetime | None]) -> None:
        del self._running[account]
        if done.cancelled():
            return
        error = done.exception()
        news = self._health.lane_ended(account, error)
        if error is not None and news:
            self._aside.say(f"The lane of {account} stumbled and goes on: {error}")
        again = self.app.clock.machine() + self.app.settings.sweep
        due = done.result() if error is None else None
        self._next[account] = min(due, again) if due is not None else again
        self.alarm.ring()

    def _wake(self) -> datetime:
        """The next instant at which something may have to be done."""
        rest = _WATCH_EVERY if self.watching else self.app.settings.sweep
        soonest = self.app.clock.machine() + min(rest, self.app.settings.sweep)
        lanes = [at for account, at in self._next.items() if account not in self._running]
        return min([soonest, self._connections.next_try or soonest, *lanes])

    def _through(self) -> bool:
        """Every channel has been tried, and every lane has had its turn since the last sweep."""
        return not self._connections.trying and not self._running and self._lanes.keys() <= self._next.keys()

    def _ends(self) -> OpenEnds:
        lanes, stuck = list(self._lanes.values()), dict(self._connections.stuck)
        return OpenEnds(desk=self._desk(), lanes=lanes, stuck=stuck, look_for=self.app.settings.look_for)

    async def _is_idle(self) -> bool:
        """Nothing is due within a minute, and all that is open waits for a person, who is told. Raises LedgerError."""
        ends = self._ends()
        if not await asyncio.to_thread(ends.none):
            return False
        for told in await asyncio.to_thread(lambda: list(ends.left())):
            self._aside.say(told)
        return True

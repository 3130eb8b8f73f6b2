"""One account's lane: serial, in order. Lanes run side by side and never wait for one another."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from amplify.domain.delivery import Delivery, State
from amplify.domain.guard import Verdict
from amplify.domain.key import Key
from amplify.ports.clock import Clock
from amplify.ports.ledger import Changed
from amplify.ports.publisher import Publisher
from amplify.services.ahead import AHEAD, Ahead, stage_ahead
from amplify.services.deliver import deliver, put_back
from amplify.services.desk import Desk
from amplify.services.paused import Pauses, pauses
from amplify.services.reconcile import reconcile, ripe
from amplify.services.settle import Leftovers, has_failed, is_unsettled, settle

#: How often a worker tries what should follow a post.
_TRIES = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Wait:
    """Why a due delivery is left alone until `until` (machine time)."""

    verdict: Verdict
    until: datetime

    def anew(self, clock: Clock) -> "Wait":
        """Counted again: a clock that is set, or a machine that sleeps, moves campaign time against machine time."""
        return self if self.verdict.until is None else replace(self, until=clock.on_machine(self.verdict.until))


@dataclass(slots=True, kw_only=True)
class Lane:
    """`publishers` are those of the account's channels. `tell` hears of every row that took a step.

    `for_a_person` are lost ones that no other look will find. `ahead` are the rows that were looked at
    ahead of their time: once is enough. `left`: something may be claimed or sending that nobody has in hand. `unsettled`
    are the tries of what should follow public posts and has not; None where nobody has looked into `leftovers` yet.
    """

    publishers: dict[str, Publisher]
    tell: Callable[[Delivery], None]
    stopping: asyncio.Event
    again_after: timedelta
    look_again: timedelta
    leftovers: Leftovers
    waits: dict[Key, Wait] = field(default_factory=dict)
    looked: dict[Key, datetime] = field(default_factory=dict)
    for_a_person: set[Key] = field(default_factory=set)
    ahead: dict[Key, Ahead] = field(default_factory=dict)
    left: bool = True
    unsettled: dict[Key, int] | None = None

    async def run(self, desk: Desk) -> datetime | None:
        """Do all that is due; return when the next one will be (machine time). Raises LedgerError."""
        await self._pick_up(desk)
        if (paused := await self._paused(desk, desk.clock.machine())).whole is not None:
            return paused.whole
        await self._reconcile(desk)
        await self._settle_left(desk)
        while not self.stopping.is_set():
            machine = desk.clock.machine()
            paused, open_channels = await self._paused(desk, machine), await self._open(desk)
            if paused.whole is not None:
                return paused.whole
            waits = {key: wait.anew(desk.clock) for key, wait in self.waits.items()}
            self.waits = {key: wait for key, wait in waits.items() if wait.until > machine}
            row = await asyncio.to_thread(desk.ledger.next_due, open_channels, machine, tuple(self.waits))
            soonest = min((*paused.partly, *(wait.until for wait in self.waits.values())), default=None)
            if row is None:
                return soonest
            if row.due > desk.clock.now():
                due = desk.clock.on_machine(row.due)
                await self._look_ahead(open_channels, due, desk)
                return due if soonest is None else min(due, soonest)
            await self._deliver(row, desk)
        return None

    async def _deliver(self, row: Delivery, desk: Desk) -> None:
        try:
            with self._in_hand():
                attempt = await deliver(row, self.publishers[row.key.channel], desk)
        except Changed:
            return  # somebody wrote first; the loop reads it again
        if attempt.row.state is State.APPROVED:
            wait = Wait(verdict=attempt.verdict, until=attempt.until or desk.clock.machine() + self.again_after)
            self.waits[row.key] = wait.anew(desk.clock)
            return
        if attempt.row.state is State.PUBLISHED:
            # the next part of a thread may go
            self.waits = {key: wait for key, wait in self.waits.items() if key.thread != row.key.thread}
            self.tell(await self._settle(attempt.row, desk))
            return
        self.tell(attempt.row)

    async def _settle(self, row: Delivery, desk: Desk) -> Delivery:
        """What follows a post that has just become public; what does not succeed is tried again later."""
        with suppress(Changed):  # somebody has written to it meanwhile, such as to withdraw it
            row = await settle(row, self.publishers[row.key.channel], desk)
        if is_unsettled(row, desk) and self.unsettled is not None:
            self.unsettled[row.key] = self.unsettled.get(row.key, 0) + has_failed(row)
        return row

    async def _settle_left(self, desk: Desk) -> None:
        """Try again what should follow public posts, each a few times."""
        if self.unsettled is None:
            self.unsettled = {row.key: 0 for row in await self.leftovers.on(self.publishers, desk)}
        for key in [key for key, tries in self.unsettled.items() if tries < _TRIES]:
            row = await asyncio.to_thread(desk.ledger.delivery, key)
            if row is None or not is_unsettled(row, desk):
                del self.unsettled[key]
            elif not self.stopping.is_set():
                after = await self._settle(row, desk)
                if after.version != row.version:
                    self.tell(after)

    async def _look_ahead(self, channels: list[str], due: datetime, desk: Desk) -> None:
        """Stage what is due in a while, one at a time, for as long as nothing can be late because of it."""
        seen: dict[Key, Ahead] = {}
        while not self.stopping.is_set():
            machine = desk.clock.machine()
            row = await asyncio.to_thread(desk.ledger.next_due, channels, machine, (*self.waits, *seen))
            if row is None or due <= machine + desk.quarantine or desk.clock.on_machine(row.due) > machine + AHEAD:
                break
            known = self.ahead.get(row.key)
            if known is None or known.row.version != row.version:
                kept_free = sum(before.missing for before in seen.values())
                known = await stage_ahead(row, self.publishers[row.key.channel], desk, kept_free)
            seen[row.key] = known
        self.ahead = seen

    async def _open(self, desk: Desk) -> list[str]:
        """The channels that are not halted."""
        accounts = await asyncio.to_thread(desk.ledger.accounts)
        return [name for name in self.publishers if name in accounts and not accounts[name].halted]

    async def _paused(self, desk: Desk, machine: datetime) -> Pauses:
        publisher = next(iter(self.publishers.values()), None)
        if publisher is None:
            return Pauses()
        return await asyncio.to_thread(pauses, publisher.identity.id, publisher.limits.budgets, desk.ledger, machine)

    async def _pick_up(self, desk: Desk) -> None:
        """Put back what this lane had in hand when it stumbled over the ledger: a lane is serial, nobody else has it."""
        if not self.left:
            return
        for row in await asyncio.to_thread(desk.ledger.deliveries, (State.CLAIMED, State.SENDING)):
            if row.key.channel in self.publishers:
                self.tell(await put_back(row, desk))
        self.left = False

    @contextmanager
    def _in_hand(self) -> Iterator[None]:
        """Whatever ends otherwise than well has left something, perhaps."""
        try:
            yield
        except BaseException:
            self.left = True
            raise

    async def _reconcile(self, desk: Desk) -> None:
        for row in await asyncio.to_thread(desk.ledger.deliveries, (State.UNCONFIRMED,)):
            machine = desk.clock.machine()
            looked = self.looked.get(row.key)
            if row.key.channel not in self.publishers or not ripe(row, desk):
                continue
            if looked is not None and machine < looked + self.look_again:
                continue
            self.looked[row.key] = machine
            try:
                with self._in_hand():
                    after = await reconcile(row, self.publishers[row.key.channel], desk)
            except Changed:
                continue
            asks = after.row.state is State.UNCONFIRMED and not after.again
            (self.for_a_person.add if asks else self.for_a_person.discard)(row.key)
            if after.row.state is not row.state:
                self.tell(await self._settle(after.row, desk))

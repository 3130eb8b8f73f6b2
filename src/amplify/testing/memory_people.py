"""The part of a ledger in memory that people speak to: their yeses, and the brake."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from amplify.domain.approval import Approval
from amplify.domain.delivery import SEALED, UNSURE, WAITING, Delivery, Event, State
from amplify.domain.key import Key
from amplify.domain.step import stepped
from amplify.domain.stop import Stop
from amplify.ports.ledger import Changed, LedgerError
from amplify.ports.steps import hushed
from amplify.testing.memory_shelf import OnShelf, alone

_ON_A_YES = frozenset({State.PLANNED, State.APPROVED, State.CLAIMED})


class MemoryPeople(OnShelf):
    @alone
    def approve(
        self, delivery: Delivery, approval: Approval, *, enough: Callable[[Sequence[Approval]], bool]
    ) -> Delivery:
        row = self.shelf.seen(delivery)
        if row.state not in WAITING:
            raise LedgerError(f"{row.key} is {row.state}; there is nothing left to approve")
        if approval.digest != row.digest:
            raise Changed(f"the words of {row.key} have changed since they were shown; look again")
        said = (approval.by, approval.digest)
        if all((yes.by, yes.digest) != said for yes in self.shelf.standing(row.key)):
            self.shelf.yeses.append(approval)
        self.shelf.epoch += 1
        approved = row.state is State.PLANNED and enough(self.shelf.standing(row.key))
        new = stepped(row, Event.APPROVE, now=approval.at) if approved else row
        said_so = {"by": approval.by, "digest": approval.digest, "note": approval.note}
        return self.shelf.keep(Event.APPROVE, row, new, approval.at, said_so)

    @alone
    def revoke(self, key: Key, *, by: str, now: datetime, anyway: bool = False) -> Delivery:
        row = self.shelf.known(key)
        if row.state in SEALED and not (anyway and row.state in UNSURE):
            raise LedgerError(f"{key} is {row.state}; it is too late to take an approval back")
        self.shelf.yeses = [yes for yes in self.shelf.yeses if yes.key != key]
        self.shelf.epoch += 1
        reason = f"{by} took the approval back"
        new = stepped(row, Event.REVISE, now=now, reason=reason) if row.state in _ON_A_YES else row
        return self.shelf.keep("revoke", row, new, now, {"by": by})

    @alone
    def hush(self, key: Key, *, now: datetime) -> Delivery:
        row = self.shelf.known(key)
        new = hushed(row)
        self.shelf.yeses = [yes for yes in self.shelf.yeses if yes.key != key]
        self.shelf.epoch += 1
        return self.shelf.keep("void", row, new, now, {"reason": row.reason})

    @alone
    def approvals(self, keys: Iterable[Key]) -> Mapping[Key, Sequence[Approval]]:
        return {key: stand for key in keys if (stand := self.shelf.standing(key))}

    @alone
    def stop(self, *, reason: str, by: str, now: datetime, channel: str, except_posts: frozenset[str]) -> Stop:
        number = len(self.shelf.stops) + 1
        stop = Stop(id=number, reason=reason, by=by, at=now, channel=channel, except_posts=except_posts)
        self.shelf.stops.append(stop)
        self.shelf.epoch += 1
        self.shelf.enter("stop", now, {"by": by, "reason": reason, "channel": channel})
        return stop

    @alone
    def resume(self, *, by: str, now: datetime, people: int) -> int:
        in_force = [stop for stop in self.shelf.stops if stop.lifted_at is None]
        if not in_force:
            return 0
        missing = max(0, people - min(len(stop.resumed_by | {by}) for stop in in_force))
        for stop in in_force:
            voted = replace(stop, resumed_by=stop.resumed_by | {by}, lifted_at=None if missing else now)
            self.shelf.stops[stop.id - 1] = voted
        self.shelf.epoch += 1
        self.shelf.enter("resume", now, {"by": by, "still_needed": str(missing)})
        return missing

    def stops(self) -> Sequence[Stop]:
        return tuple(self.shelf.stops)

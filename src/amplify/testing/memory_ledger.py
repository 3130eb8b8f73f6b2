"""A ledger in memory, for tests of what stands on one. It keeps the same promises, except to survive the process.

Handles on one `Shelf` see the same rows, as processes see the same file.
"""

import secrets
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from amplify.domain.chain import START, fault
from amplify.domain.delivery import Delivery, Event, State
from amplify.domain.envelope import Envelope, Staged
from amplify.domain.key import Key
from amplify.domain.rendition import Limits
from amplify.domain.step import begun, claimed, stepped
from amplify.domain.traits import NO_TRAITS, Traits, changes
from amplify.ports.ledger import (
    Account,
    Busy,
    Changed,
    Facts,
    HistoryLine,
    LedgerError,
    NewDelivery,
    Outcome,
    Revision,
    Update,
)
from amplify.ports.steps import made, recorded, revised
from amplify.testing.memory_erasing import erase
from amplify.testing.memory_notes import MemoryNotes
from amplify.testing.memory_people import MemoryPeople
from amplify.testing.memory_proposals import MemoryProposals
from amplify.testing.memory_reaching import MemoryReaching
from amplify.testing.memory_series import MemorySeries
from amplify.testing.memory_shelf import Shelf, alone, shown
from amplify.testing.memory_spending import MemorySpending

_RAISING = frozenset({Event.APPROVE, Event.REVISE, Event.RENEW})


class MemoryLedger(MemoryPeople, MemoryProposals, MemorySeries, MemorySpending, MemoryNotes, MemoryReaching):
    def __init__(self, shelf: Shelf | None = None) -> None:
        self.shelf = shelf if shelf is not None else Shelf()
        self._holds = False

    def epoch(self) -> int:
        return self.shelf.epoch

    def revision_id(self) -> int:
        return len(self.shelf.revisions)

    def revision(self, number: int | None = None) -> Revision | None:
        wanted = self.revision_id() if number is None else number
        return next((revision for revision in self.shelf.revisions if revision.id == wanted), None)

    @alone
    def apply(
        self,
        files: Mapping[str, bytes],
        new: Iterable[NewDelivery],
        updates: Iterable[Update],
        *,
        epoch: int,
        now: datetime,
        by: str,
    ) -> Revision:
        if self.shelf.epoch != epoch:
            raise Changed("the ledger has changed since this was planned; plan again")
        rows = dict(self.shelf.rows)
        steps: list[tuple[str, Delivery | None, Delivery]] = []
        for each in new:
            if each.key in rows:
                raise Changed(f"{each.key} is known already; look again")
            rows[each.key] = made(each, nonce=secrets.token_hex(16), now=now)
            steps.append(("create", None, rows[each.key]))
        for change in updates:
            if change.key not in rows:
                raise Changed(f"{change.key} is not known any more; look again")
            row = rows[change.key]
            rows[change.key] = revised(row, change, now=now)
            steps.append((change.event, row, rows[change.key]))
        revision = Revision(id=self.revision_id() + 1, at=now, by=by, files=dict(files))
        self.shelf.revisions.append(revision)
        self.shelf.enter("apply", now, {"revision": str(revision.id), "by": by})
        for event, old, row in steps:
            self.shelf.keep(
                event, old, row, now, {"due": row.due.isoformat(), "digest": row.digest, "reason": row.reason}
            )
        self.shelf.epoch += 1
        return revision

    def delivery(self, key: Key) -> Delivery | None:
        return self.shelf.rows.get(key)

    @alone
    def deliveries(self, states: Iterable[State] = (), until: datetime | None = None) -> Sequence[Delivery]:
        wanted = frozenset(states) or frozenset(State)
        rows = [row for row in self.shelf.rows.values() if row.state in wanted and (until is None or row.due <= until)]
        return sorted(rows, key=lambda row: (row.due, row.position, str(row.key)))

    def next_due(self, channels: Iterable[str], machine: datetime, skip: Collection[Key] = ()) -> Delivery | None:
        on = frozenset(channels)
        for row in self.deliveries((State.APPROVED,)):
            free = row.not_before is None or row.not_before <= machine
            if free and row.key.channel in on and row.key not in skip:
                return row
        return None

    @alone
    def facts(self, key: Key, account: str, since: datetime) -> Facts:
        return Facts(
            epoch=self.shelf.epoch,
            revision=self.revision_id(),
            delivery=self.shelf.known(key),
            approvals=self.shelf.standing(key),
            stops=tuple(self.shelf.stops),
            sent=self.shelf.sent(account, since),
        )

    @alone
    def claim(self, delivery: Delivery, *, worker: str, account: str, lease_until: datetime, now: datetime) -> Delivery:
        row = self.shelf.seen(delivery)
        new = claimed(row, worker=worker, account=account, lease_until=lease_until)
        return self.shelf.keep(Event.CLAIM, row, new, now, {"worker": worker, "account": account})

    @alone
    def begin(
        self, delivery: Delivery, envelope: Envelope, *, epoch: int, lease_until: datetime, now: datetime
    ) -> Delivery:
        if self.shelf.epoch != epoch:
            raise Changed(f"something that can forbid {delivery.key} has changed since it was judged; look again")
        row = self.shelf.seen(delivery)
        if (row.worker, row.lease_until) != (delivery.worker, delivery.lease_until):
            raise Changed(f"{row.key} is claimed by another worker")
        return self.shelf.keep(Event.BEGIN, row, begun(row, envelope, lease_until=lease_until, now=now), now, {})

    @alone
    def record(self, delivery: Delivery, outcome: Outcome) -> Delivery:
        row = self.shelf.seen(delivery)
        if outcome.epoch not in (None, self.shelf.epoch):
            raise Changed("something that can forbid the send has moved since it was judged")
        new = recorded(row, outcome)
        detail = {"reason": outcome.reason, "by": outcome.by}
        if outcome.receipt is not None:
            detail |= {"remote_id": outcome.receipt.remote_id, "url": outcome.receipt.url}
        kept = self.shelf.keep(outcome.event, row, new, outcome.now, detail)
        self.shelf.epoch += outcome.event in _RAISING
        return kept

    @alone
    def remark(self, delivery: Delivery, reason: str) -> Delivery:
        row = self.shelf.seen(delivery)
        self.shelf.rows[row.key] = replace(row, reason=reason, version=row.version + 1)
        return self.shelf.rows[row.key]

    @alone
    def keep_staged(self, delivery: Delivery, staged: Staged) -> Delivery:
        row = self.shelf.seen(delivery)
        self.shelf.rows[row.key] = replace(row, staged=staged, version=row.version + 1)
        return self.shelf.rows[row.key]

    @alone
    def remote_ids(self, account: str) -> frozenset[str]:
        mine = (row for row in self.shelf.rows.values() if row.account == account)
        return frozenset(row.receipt.remote_id for row in mine if row.receipt is not None)

    @alone
    def expire(self, *, worker: str, machine: datetime, now: datetime) -> Sequence[Delivery]:
        if not self._holds:
            raise LedgerError("only the one worker of this ledger may void leases")
        freed = []
        for row in self.deliveries((State.CLAIMED, State.SENDING)):
            if row.worker == worker and row.lease_until is not None and row.lease_until > machine:
                continue
            lost = row.state is State.SENDING
            reason = (
                "the worker ended while the request was on its way" if lost else "the worker ended before it was sent"
            )
            event = Event.LOSE_SIGHT if lost else Event.RELEASE
            new = stepped(row, event, now=now, reason=reason, lost_at=machine if lost else None)
            freed.append(self.shelf.keep(event, row, new, now, {"reason": reason, "worker": row.worker}))
        return freed

    def accounts(self) -> Mapping[str, Account]:
        return dict(self.shelf.accounts)

    @alone
    def bind(
        self, channel: str, *, id: str, name: str, url: str, limits: Limits, now: datetime, traits: Traits = NO_TRAITS
    ) -> Account:
        known = self.shelf.account(channel)
        if known.id not in ("", id):
            raise LedgerError(f"behind the channel {channel} answers {name}, but it belongs to {known.name}")
        bound = replace(known, id=id, name=name, url=url, limits=limits, traits=traits, halted="")
        return self.shelf.know("bind", bound, now, changes(known.traits, traits))

    @alone
    def halt(self, channel: str, reason: str, now: datetime) -> None:
        self.shelf.know("halt", replace(self.shelf.account(channel), halted=reason), now)

    @alone
    def throttle(self, account: str, until: datetime, now: datetime) -> None:
        for known in [one for one in self.shelf.accounts.values() if one.id == account]:
            self.shelf.know("throttle", replace(known, throttled_until=until), now)

    @alone
    def erase(
        self, keys: Collection[Key], files: Mapping[int, Mapping[str, bytes]], *, by: str, now: datetime
    ) -> Sequence[Delivery]:
        return erase(self.shelf, keys, files, by=by, now=now)

    @alone
    def hold(self, worker: str) -> None:
        if self.shelf.holder and not self._holds:
            raise Busy(f"another worker publishes from this ledger: {self.shelf.holder}; end that one first")
        self.shelf.holder, self._holds = worker, True

    def has_worker(self) -> bool:
        return bool(self.shelf.holder)

    def touch(self) -> None:
        pass

    @alone
    def history(self, key: Key | None = None) -> Sequence[HistoryLine]:
        return [shown(line) for line in self.shelf.lines if key is None or line.key == str(key)]

    @alone
    def verify(self) -> str:
        last = self.shelf.lines[-1].hash if self.shelf.lines else START
        states = {str(key): row.state.value for key, row in self.shelf.rows.items()}
        return fault(self.shelf.lines, last_seq=len(self.shelf.lines), last_hash=last, states=states)

    @alone
    def close(self) -> None:
        if self._holds:
            self.shelf.holder, self._holds = "", False

"""What is still open when a worker could end: whether it may go on by itself before long, and what a person is told."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta

from amplify.domain.delivery import Delivery, State
from amplify.services.desk import Desk
from amplify.services.reconcile import looks_on
from amplify.worker.lane import Lane

#: What is due within this (machine time) keeps `--until-idle` waiting.
SOON = timedelta(minutes=1)
_OPEN = (State.APPROVED, State.CLAIMED, State.SENDING, State.UNCONFIRMED)


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenEnds:
    """`stuck` is channel → reason. `look_for`: for how long a lost post may still be looked for."""

    desk: Desk
    lanes: Collection[Lane]
    stuck: Mapping[str, str]
    look_for: timedelta

    def none(self) -> bool:
        """Whether nothing is due within a minute, and all that is open waits for a person. Raises LedgerError."""
        halted = self._halted()
        return not any(self._goes_on(row, halted) for row in self.desk.ledger.deliveries(_OPEN))

    def left(self) -> Iterator[str]:
        """What a person is told at the end. Raises LedgerError."""
        halted, now = self._halted(), self.desk.clock.now()
        for row in self.desk.ledger.deliveries(_OPEN):
            if row.state is State.UNCONFIRMED:
                yield f"Left open: {row.key} may be public ({row.reason}). `amplify status` shows what to type."
            elif row.due <= now and row.key.channel in halted:
                yield f"Left waiting: {row.key}, because {row.key.channel} is halted ({halted[row.key.channel]})."

    def _goes_on(self, row: Delivery, halted: Mapping[str, str]) -> bool:
        clock = self.desk.clock
        if row.key.channel in halted:
            return False
        if row.state is State.UNCONFIRMED:
            asks = any(row.key in lane.for_a_person for lane in self.lanes)
            return not asks and looks_on(row, self.desk, self.look_for)
        soon = clock.machine() + SOON
        wait = next((lane.waits[row.key] for lane in self.lanes if row.key in lane.waits), None)
        if wait is not None and (wait.verdict.person or wait.until > soon):
            return False
        return row.state is not State.APPROVED or clock.on_machine(row.due) <= soon

    def _halted(self) -> Mapping[str, str]:
        accounts = self.desk.ledger.accounts()
        return {name: account.halted for name, account in accounts.items() if account.halted} | dict(self.stuck)

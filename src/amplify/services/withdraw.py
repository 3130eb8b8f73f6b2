"""amplify withdraw: what is public of a post is deleted, what of it still waits is cancelled, and both are recorded.

Cancelling comes first, so that nothing follows what is being deleted. Said again it goes on where it stopped: what is
gone already is only written down.
"""

import asyncio
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from amplify.domain.delivery import SEALED, Delivery, Event, ImpossibleMove, State
from amplify.domain.taken_back import TAKEN_BACK
from amplify.ports.clock import Clock
from amplify.ports.errors import OutcomeUnknown, PublishError, Rejected, Throttled
from amplify.ports.ledger import Changed, Ledger, LedgerError, Outcome
from amplify.services.by_hand import said
from amplify.services.discreet import Broke, Discreet
from amplify.services.taking import Doomed
from amplify.services.throttle import heed
from amplify.services.visit import Errands, Unreached

_TRIES = 3
_BY_HAND = "delete it by hand, in the network's own app"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fate:
    """What became of one public post. `left` says why it is still there, or empty; `stays` what cannot be recalled.

    `until` (machine time) is when its server lets us go on. `unclear`: it may be gone as well.
    """

    row: Delivery
    left: str = ""
    stays: str = ""
    until: datetime | None = None
    unclear: bool = False


def cancel(
    rows: Iterable[Delivery], ledger: Ledger, *, by: str, now: datetime
) -> tuple[list[Delivery], list[Delivery]]:
    """Those that will not go out, and those whose request was faster. No yes to them stands any more.

    What has ended in another way meanwhile, or was taken back by somebody else, is neither. What became of a request may
    be that nothing was sent: without a yes it does not go again.
    """
    seen = [_cancelled(row, ledger, by, now) for row in rows]
    cancelled = [row for row in seen if row.state is State.CANCELLED]
    return cancelled, [row for row in seen if row.state in SEALED and row.state is not State.WITHDRAWN]


async def withdraw(doomed: Sequence[Doomed], errands: Errands, ledger: Ledger, clock: Clock, *, by: str) -> list[Fate]:
    """Account by account side by side, on each in the order given. Raises LedgerError."""
    scythe = Scythe(ledger=ledger, clock=clock, by=by)

    async def on(channel: str, some: Sequence[Doomed]) -> list[Fate]:
        errand = errands[channel]
        if isinstance(errand, str):
            return [Fate(row=one.row, left=errand) for one in some]
        try:
            publisher = await errand.begin()
        except Unreached as error:
            return [Fate(row=one.row, left=str(error)) for one in some]
        try:
            return await scythe.take(some, publisher)
        finally:
            await publisher.close()

    def channel(one: Doomed) -> str:
        return one.row.key.channel

    by_channel = [(name, [*some]) for name, some in groupby(sorted(doomed, key=channel), key=channel)]
    found = await asyncio.gather(*(on(name, some) for name, some in by_channel))
    return [fate for fates in found for fate in fates]


@dataclass(frozen=True, slots=True, kw_only=True)
class Scythe:
    """Deletes on one account after the other; nothing is tried twice."""

    ledger: Ledger
    clock: Clock
    by: str

    async def take(self, doomed: Sequence[Doomed], publisher: Discreet) -> list[Fate]:
        """All of them, or up to the one behind which the account takes no more now. Raises LedgerError."""
        fates: list[Fate] = []
        for place, one in enumerate(doomed):
            fate, goes_on = await self._delete(one, publisher)
            fates.append(fate)
            if not goes_on:
                left = doomed[place + 1 :]
                return [
                    *fates,
                    *(Fate(row=other.row, left=f"not tried: {fate.left}", until=fate.until) for other in left),
                ]
        return fates

    async def _delete(self, one: Doomed, publisher: Discreet) -> tuple[Fate, bool]:
        """What became of it, and whether to go on with the next one."""
        row = one.row
        if row.receipt is None:
            return Fate(row=row, left="the ledger does not know where it is"), True
        try:
            stays = await publisher.withdraw(row.envelope, row.receipt)
        except Throttled as error:
            until = await heed(publisher.identity.id, error, publisher.limits.budgets, self.ledger, self.clock)
            return Fate(row=row, left=said(error), until=until), False
        except (PublishError, Broke) as error:
            return _left(row, error), isinstance(error, Rejected | OutcomeUnknown | Broke)
        for each in (row, *one.along):
            await asyncio.to_thread(_record, each, self.ledger, self.by, self.clock.now())
        return Fate(row=row, stays=stays), True


def _left(row: Delivery, error: Exception) -> Fate:
    """What a person is told; whatever a stranger's code has done before it broke, nobody knows."""
    if isinstance(error, OutcomeUnknown | Broke):
        return Fate(row=row, left=said(OutcomeUnknown(str(error))), unclear=True)
    told = said(error)
    by_hand = f"; {_BY_HAND}" if isinstance(error, Rejected) and "elete it" not in told else ""
    return Fate(row=row, left=f"{told}{by_hand}")


def _record(row: Delivery, ledger: Ledger, by: str, now: datetime) -> None:
    """Raises LedgerError; a worker may have noted something on the row meanwhile."""
    for _ in range(_TRIES):
        seen = ledger.delivery(row.key)
        if seen is None or seen.state is not State.PUBLISHED:
            return
        try:
            ledger.record(seen, Outcome(event=Event.WITHDRAW, now=now, by=by, reason=f"{TAKEN_BACK} {by}"))
        except Changed:
            continue
        return
    raise LedgerError(f"{row.key} is deleted, and that could not be written down: say it again")


def _cancelled(row: Delivery, ledger: Ledger, by: str, now: datetime) -> Delivery:
    """The row as it is now: cancelled, unless something was faster. Raises LedgerError where it keeps changing."""
    for _ in range(_TRIES):
        try:
            seen = ledger.revoke(row.key, by=by, now=now, anyway=True)
            return ledger.record(seen, Outcome(event=Event.CANCEL, now=now, by=by, reason=f"{TAKEN_BACK} {by}"))
        except Changed:
            continue
        except (LedgerError, ImpossibleMove):
            seen_now = ledger.delivery(row.key)
            if seen_now is None:
                raise
            return seen_now
    raise LedgerError(f"{row.key} keeps changing while it should be cancelled: `amplify stop` first, then say it again")

"""What is past its time and has not left: missed, with the reason that kept it."""

import asyncio
from datetime import timedelta

from amplify.domain.delivery import SEALED, Delivery, Event, State
from amplify.domain.guard import Say, Verdict
from amplify.ports.ledger import Changed, Outcome
from amplify.services.deliver import set_aside
from amplify.services.desk import Desk
from amplify.services.weigh import Weighed, weigh

#: The most that `rules.late` may say (design 2).
LONGEST_LATE = timedelta(hours=6)
_WAITING = (State.PLANNED, State.APPROVED, State.HELD)


async def miss_overdue(desk: Desk) -> list[Delivery]:
    """Look at everything that is due and record what is too late. Raises LedgerError."""
    rows = await asyncio.to_thread(desk.ledger.deliveries, _WAITING, desk.clock.now())
    ended = []
    for row in rows:
        weighed = await weigh(row, desk)
        try:
            after = await _end(weighed.facts.delivery, weighed, desk)
        except Changed:
            continue  # somebody was faster; the next round sees what they did
        if after is not None:
            ended.append(after)
    return ended


async def _end(row: Delivery, weighed: Weighed, desk: Desk) -> Delivery | None:
    """The row after MISS, or after HOLD of a torn thread; None where it may still go."""
    if row.state not in _WAITING:
        return None
    verdict = weighed.verdict
    if weighed.situation is not None and weighed.situation.stop_file:
        # the file leaves no trace in the ledger: what falls due while it lies there is told now or never
        begun = weighed.situation.previous in SEALED
        verdict = Verdict(say=Say.HOLD if begun else Say.MISS, reason="its time fell into a stop, by the file STOP")
    if verdict.say is Say.MISS:
        kept = row.reason or ("" if row.state is State.APPROVED else "nobody approved it in time")
        said = "; ".join(part for part in (verdict.reason, kept) if part)
        return await asyncio.to_thread(
            desk.ledger.record, row, Outcome(event=Event.MISS, now=desk.clock.now(), reason=said)
        )
    if verdict.say is Say.HOLD and row.state is not State.HELD:
        return await set_aside(row, verdict, desk)
    if weighed.situation is None and _too_late(row, desk):
        said = f"past its time; {row.reason or verdict.reason}"
        return await asyncio.to_thread(
            desk.ledger.record, row, Outcome(event=Event.MISS, now=desk.clock.now(), reason=said)
        )
    return None


def _too_late(row: Delivery, desk: Desk) -> bool:
    """Without words or rules to judge by, the longest lateness that rules may allow has to do."""
    return desk.clock.machine() - desk.clock.on_machine(row.due) > LONGEST_LATE

"""When an account may come back, by our clock, after its server has asked it to wait: bounded, and remembered once."""

import asyncio
from collections.abc import Collection
from datetime import datetime, timedelta

from amplify.domain.budget import Budget, Use, Word, about
from amplify.ports.clock import Clock
from amplify.ports.errors import Throttled
from amplify.ports.ledger import Ledger

#: However far away a server says, it is asked again after that long.
LONGEST = timedelta(days=1)
#: Where it names a time that is over already.
_SHORT = timedelta(seconds=10)
#: Where it names no time to speak of.
_LEAST = timedelta(seconds=1)
#: Of two words that differ by less, both mean the same answer.
_SAME = timedelta(seconds=2)


def bounded(wait: timedelta) -> tuple[timedelta, str]:
    """The wait that is believed, and what to tell people where that is another one."""
    if wait > LONGEST:
        return LONGEST, "The server names a time that is more than a day away: it is asked again in 24 hours"
    if wait < timedelta():
        seconds = int(_SHORT.total_seconds())
        return _SHORT, f"The server names a time that is over: it is asked again in {seconds} seconds"
    return max(wait, _LEAST), ""


def told(error: Exception, now: datetime) -> str:
    """What people are told of an error, where it asks us to wait: also when what it asks is not believed."""
    remark = bounded(error.wait(now))[1] if isinstance(error, Throttled) else ""
    return f"{str(error).rstrip('.')}. {remark}" if remark else str(error)


async def heed(account: str, error: Throttled, budgets: Collection[Budget], ledger: Ledger, clock: Clock) -> datetime:
    """Until when the account waits, from now on also in the ledger: with what the refusal was about, or with everything.

    Raises LedgerError.
    """
    now = clock.machine()
    until = now + bounded(error.wait(now))[0]
    budget = about(error.reading, budgets) if error.reading is not None else None
    if budget is None or budget.cost_of(Use.REQUEST):
        return await asyncio.to_thread(_wait_with_everything, account, until, ledger, clock.now())
    return await asyncio.to_thread(_wait_with, account, budget, until, ledger)


def _wait_with_everything(account: str, until: datetime, ledger: Ledger, now: datetime) -> datetime:
    told = [one.throttled_until for one in ledger.accounts().values() if one.id == account and one.throttled_until]
    known = max(told, default=None)
    if known is not None and abs(known - until) < _SAME:
        return known
    ledger.throttle(account, until, now)
    return until


def _wait_with(account: str, budget: Budget, until: datetime, ledger: Ledger) -> datetime:
    known = next((word for word in ledger.words(account) if word.budget == budget.id), None)
    if known is not None and known.until is not None and abs(known.until - until) < _SAME:
        return known.until
    most = known.most if known is not None else None
    ledger.heed(Word(account=account, budget=budget.id, most=most, until=until))
    return until

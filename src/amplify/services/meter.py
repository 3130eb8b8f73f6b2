"""Counts what one account uses of its server's budgets, in the ledger: so that all its channels share one count.

A count that cannot be written is a count that is missing, and nothing else: no post waits for it.
"""

import asyncio
from collections.abc import Collection
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime

from amplify.domain.budget import Budget, Full, Reading, Use, Word, about, believed, full, waits
from amplify.ports.clock import Clock
from amplify.ports.errors import Throttled
from amplify.ports.ledger import Ledger, LedgerError
from amplify.services.throttle import bounded, heed

#: What is refused where nobody is let in.
DOOR = "connections"


@dataclass(slots=True, kw_only=True)
class LedgerMeter:
    """`door` is what the account is called before it has answered: sign-ins are counted under it, all else under `account`."""

    ledger: Ledger
    clock: Clock
    door: str
    budgets: Collection[Budget]
    account: str = ""

    def belongs_to(self, account: str, budgets: Collection[Budget]) -> None:
        """Who has answered, and what its server takes."""
        self.account, self.budgets = account, budgets

    async def spend(self, use: Use, number: int = 1) -> None:
        if use is Use.REQUEST:  # too many to be counted; what the server says of them is heard
            return
        try:
            found = await asyncio.to_thread(self._spend, use, number)
        except LedgerError:
            return
        if found is not None:
            reading = Reading(use=use, wait=found.until - self.clock.machine(), refused=True)
            raise Throttled(f"{found.budget.told}, and has had as many; it goes on after that", reading=reading)

    async def hear(self, reading: Reading) -> None:
        with suppress(LedgerError):
            if reading.refused:
                await heed(
                    self._whose(reading.use), Throttled("", reading=reading), self.budgets, self.ledger, self.clock
                )
            elif (budget := about(reading, self.budgets)) is not None:
                await asyncio.to_thread(self._remember, reading, budget)

    async def shut_until(self) -> datetime | None:
        """Until when nobody is let in, where the server has said so. Raises LedgerError."""
        words = await asyncio.to_thread(self.ledger.words, self.door)
        until = next((word.until for word in words if word.budget == DOOR), None)
        return until if waits(until, self.clock.machine()) else None

    async def shut(self, error: Throttled) -> datetime:
        """Nobody is let in, whichever channel asks: remembered, so that a new worker does not ask either. Raises LedgerError."""
        until = await self.shut_until()
        if until is None:
            now = self.clock.machine()
            until = now + bounded(error.wait(now))[0]
            await asyncio.to_thread(self.ledger.heed, Word(account=self.door, budget=DOOR, until=until))
        return until

    def _spend(self, use: Use, number: int) -> Full | None:
        whose, now = self._whose(use), self.clock.machine()
        found = full(self.budgets, self.ledger.spent(whose), self.ledger.words(whose), use, number, now)
        if found is None:
            self.ledger.spend(whose, use, number, now)
        return found

    def _remember(self, reading: Reading, budget: Budget) -> None:
        """What a server says with every answer is written down only where it is news."""
        whose = self._whose(reading.use)
        words = self.ledger.words(whose)
        known = next((word for word in words if word.budget == budget.id), None)
        (now_believed,) = believed([budget], words)
        until = None
        if reading.left == 0 and reading.wait is not None:
            until = self.clock.machine() + bounded(reading.wait)[0]
        most = reading.most if reading.most not in (None, now_believed.most) else None
        if until is not None or most is not None:
            kept = known or Word(account=whose, budget=budget.id)
            most = kept.most if most is None else most
            self.ledger.heed(replace(kept, most=most, until=until or kept.until))

    def _whose(self, use: Use) -> str:
        return self.door if use is Use.SIGN_IN or not self.account else self.account

"""Whether the worker does what it is for: rounds go round, lanes do not stumble, the ledger can be written."""

import asyncio
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from amplify.domain.delivery import State
from amplify.ports.ledger import Ledger, LedgerError

#: A round that takes longer than this hangs.
_LONGEST_ROUND = timedelta(minutes=2)


@dataclass(slots=True, kw_only=True)
class Health:
    """Written by the worker, read by what tells of it. Times are the machine's."""

    ledger: Ledger
    _rounded: datetime | None = None
    _unread: str = ""
    _unwritten: str = ""
    _stumbles: dict[str, Exception] = field(default_factory=dict)

    def round_ended(self, at: datetime) -> None:
        self._rounded = at

    def swept(self, trouble: LedgerError | None = None) -> bool:
        """Whether the sweep ended otherwise than the one before: what is told again and again is read by nobody."""
        before, self._unread = self._unread, str(trouble or "")
        return self._unread != before

    def lane_ended(self, account: str, error: BaseException | None) -> bool:
        """Whether it ended otherwise than the last time."""
        before = self._stumbles.pop(account, None)
        if isinstance(error, Exception):
            self._stumbles[account] = error
        return repr(error) != repr(before)

    @property
    def trouble(self) -> str:
        """Empty, or why the ledger cannot be used."""
        return self._met() or self._unwritten

    async def ailing(self, machine: datetime) -> str:
        """Empty, or what is wrong; tries to write to the ledger, unless somebody has just done so in vain."""
        if self._met():
            return self._met()
        self._unwritten = await asyncio.to_thread(self._try_to_write)
        if self._unwritten:
            return self._unwritten
        for account, error in self._stumbles.items():
            return f"the lane of {account} stumbles: {error!r}"
        if self._rounded is None or machine > self._rounded + _LONGEST_ROUND:
            return "the worker's round does not end"
        rows = await asyncio.to_thread(self.ledger.deliveries, (State.CLAIMED, State.SENDING))
        stuck = [row.key for row in rows if row.lease_until is not None and row.lease_until < machine]
        return f"{stuck[0]} has been on its way for too long" if stuck else ""

    def _met(self) -> str:
        """The trouble that others had with it."""
        stumbled = (str(error) for error in self._stumbles.values() if isinstance(error, LedgerError))
        return self._unread or next(stumbled, "")

    def _try_to_write(self) -> str:
        try:
            self.ledger.touch()
        except LedgerError as error:
            return str(error)
        return ""

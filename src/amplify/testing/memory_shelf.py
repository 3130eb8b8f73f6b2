"""What the handles of a ledger in memory share: the rows, and how one is found, compared and kept."""

import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import wraps
from threading import RLock
from typing import Concatenate, ParamSpec, TypeVar

from amplify.domain.approval import Approval
from amplify.domain.budget import Spent, Word
from amplify.domain.chain import START, Line, seal, words
from amplify.domain.delivery import Delivery, State
from amplify.domain.key import Key
from amplify.domain.proposal import Proposal
from amplify.domain.sent import Sent
from amplify.domain.stop import Stop
from amplify.ports.ledger import Account, Changed, HistoryLine, LedgerError, Revision
from amplify.ports.reaching import Away
from amplify.ports.upkeep import Measured

_H = TypeVar("_H", bound="OnShelf")
_P = ParamSpec("_P")
_T = TypeVar("_T")


@dataclass(slots=True, kw_only=True)
class Shelf:
    """`holder` names the one worker, or is empty."""

    epoch: int = 0
    revisions: list[Revision] = field(default_factory=list)
    rows: dict[Key, Delivery] = field(default_factory=dict)
    yeses: list[Approval] = field(default_factory=list)
    stops: list[Stop] = field(default_factory=list)
    accounts: dict[str, Account] = field(default_factory=dict)
    proposals: list[Proposal] = field(default_factory=list)
    series: dict[Key, list[Measured]] = field(default_factory=dict)
    spending: dict[str, list[Spent]] = field(default_factory=dict)
    words: dict[tuple[str, str], Word] = field(default_factory=dict)
    away: dict[str, Away] = field(default_factory=dict)
    lines: list[Line] = field(default_factory=list)
    holder: str = ""
    lock: RLock = field(default_factory=RLock)

    def known(self, key: Key) -> Delivery:
        """Raises LedgerError."""
        if key not in self.rows:
            raise LedgerError(f"the ledger knows no delivery {key}")
        return self.rows[key]

    def seen(self, row: Delivery) -> Delivery:
        """The row as it is, if it is still the one that the caller has seen. Raises Changed."""
        now = self.rows.get(row.key)
        if now is None or now.version != row.version:
            raise Changed(f"{row.key} has changed meanwhile; look again")
        return now

    def standing(self, key: Key) -> Sequence[Approval]:
        return [yes for yes in self.yeses if yes.key == key]

    def sent(self, account: str, since: datetime) -> Sequence[Sent]:
        return [
            Sent(key=row.key, thread=row.key.thread, begun_at=row.begun_at)
            for row in self.rows.values()
            if row.account == account and row.begun_at is not None and row.begun_at >= since
        ]

    def account(self, channel: str) -> Account:
        """A channel that never connected has no identity."""
        return self.accounts.get(channel) or Account(channel=channel, id="", name="", url="")

    def know(self, event: str, account: Account, now: datetime, changed: str = "") -> Account:
        """Keep it, and add a line where it is another than before; what a server allows is no matter for the record."""
        before = self.accounts.get(account.channel)
        self.accounts[account.channel] = account
        if before is None or replace(before, limits=account.limits) != account:
            said = {"account": account.id, "reason": account.halted} | ({"changed": changed} if changed else {})
            self.enter(event, now, said, key=account.channel)
        return account

    def keep(
        self, event: str, old: Delivery | None, new: Delivery, now: datetime, detail: Mapping[str, str]
    ) -> Delivery:
        """Take the row and add the record's line. Raises Changed where the account sends something else already."""
        sending = (row for row in self.rows.values() if row.state is State.SENDING and row.key != new.key)
        if new.state is State.SENDING and any(row.account == new.account for row in sending):
            raise Changed(f"{new.key} has to wait: its account is sending another post")
        self.rows[new.key] = new
        self.enter(event, now, detail, key=str(new.key), before=old.state if old else "", after=new.state)
        return new

    def enter(
        self, event: str, at: datetime, detail: Mapping[str, str], *, key: str = "", before: str = "", after: str = ""
    ) -> None:
        """Add a line to the record."""
        previous = self.lines[-1].hash if self.lines else START
        line = seal(
            detail,
            seq=len(self.lines) + 1,
            key=key,
            event=event,
            before=before,
            after=after,
            at=at.astimezone(UTC).isoformat(),
            salt=secrets.token_hex(16),
            previous=previous,
        )
        self.lines.append(line)


class OnShelf:
    """A handle, or a part of one."""

    shelf: Shelf


def alone(method: Callable[Concatenate[_H, _P], _T]) -> Callable[Concatenate[_H, _P], _T]:
    """One call at a time."""

    @wraps(method)
    def locked(self: _H, /, *args: _P.args, **kwargs: _P.kwargs) -> _T:
        with self.shelf.lock:
            return method(self, *args, **kwargs)

    return locked


def shown(line: Line) -> HistoryLine:
    return HistoryLine(
        seq=line.seq,
        key=line.key,
        event=line.event,
        at=datetime.fromisoformat(line.at),
        detail=words(line.content),
        hash=line.hash,
    )

"""Which channels wait because their servers have asked for it, or can take no more for now."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo

from amplify.domain.budget import Budget, Use, Word, waits
from amplify.domain.channel import Channel
from amplify.domain.rendition import Limits
from amplify.ports.ledger import Account, Ledger
from amplify.services.meter import DOOR


@dataclass(frozen=True, slots=True, kw_only=True)
class Paused:
    """Until when (machine time), and what waits."""

    until: datetime
    what: str

    def as_json(self, zone: tzinfo) -> Mapping[str, str]:
        return {"until": self.until.astimezone(zone).isoformat(), "what": self.what}


@dataclass(frozen=True, slots=True, kw_only=True)
class Pauses:
    """Until when an account leaves its server alone with everything (`whole`), and with some of it (machine time)."""

    whole: datetime | None = None
    partly: tuple[datetime, ...] = ()


def pauses(account: str, budgets: Collection[Budget], ledger: Ledger, machine: datetime) -> Pauses:
    """Those of an account that are not over. Raises LedgerError."""
    throttled = [one.throttled_until for one in ledger.accounts().values() if one.id == account]
    everything = {one.id for one in budgets if one.cost_of(Use.REQUEST)}
    words = [word for word in ledger.words(account) if waits(word.until, machine)]
    whole = [until for until in throttled if until is not None and waits(until, machine)]
    whole += [word.until for word in words if word.until is not None and word.budget in everything]
    partly = tuple(word.until for word in words if word.until is not None and word.budget not in everything)
    return Pauses(whole=max(whole, default=None), partly=partly)


def paused(ledger: Ledger, channels: Mapping[str, Channel], machine: datetime) -> Mapping[str, Paused]:
    """By channel; what waits for the longest is told. Raises LedgerError."""
    accounts, words = ledger.accounts(), ledger.words()
    found = {name: _of(channel, accounts.get(name), words, machine) for name, channel in channels.items()}
    return {name: one for name, one in found.items() if one is not None}


def _of(channel: Channel, account: Account | None, words: Sequence[Word], machine: datetime) -> Paused | None:
    said = []
    if account is not None and account.throttled_until is not None:
        said.append(Paused(until=account.throttled_until, what="its server has asked to wait with everything"))
    for word in words:
        if word.until is None:
            continue
        if (word.account, word.budget) == (channel.account_hint, DOOR):
            said.append(Paused(until=word.until, what="its server lets nobody sign in"))
        elif account is not None and word.account == account.id:
            said.append(Paused(until=word.until, what=_what(word, account.limits)))
    return max((one for one in said if waits(one.until, machine)), key=lambda one: one.until, default=None)


def _what(word: Word, limits: Limits | None) -> str:
    known = next((one for one in (limits.budgets if limits is not None else ()) if one.id == word.budget), None)
    if known is None or known.cost_of(Use.REQUEST):
        return "its server has asked to wait with everything"
    return f"its server takes no more {known.name} for now"

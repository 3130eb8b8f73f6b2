"""Who has read the rules of a channel's server, when, and what has changed in them since. The record has it.

The rules themselves are in the line, so that a change can be shown; nobody else's words are in them.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from amplify.ports.examining import Rules
from amplify.ports.ledger import HistoryLine, Ledger
from amplify.ports.noting import Deed

_NEW_LINE = "\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class RulesRead:
    by: str
    at: datetime
    rules: Rules

    def changes(self, now: Rules) -> str:
        """Empty where they are the same, else what is new and what is gone."""
        if now.digest == self.rules.digest:
            return ""
        new = [f"new: “{line}”" for line in now.lines if line not in self.rules.lines]
        gone = [f"gone: “{line}”" for line in self.rules.lines if line not in now.lines]
        return "; ".join([*new, *gone]) or "they stand in another order"


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """By channel: who last read its rules, and since when amplify has known the account behind it."""

    read: Mapping[str, RulesRead]
    bound: Mapping[str, datetime]


def past(history: Iterable[HistoryLine]) -> Past:
    read: dict[str, RulesRead] = {}
    bound: dict[str, datetime] = {}
    for line in history:
        if line.event == Deed.RULES_READ.value:
            rules = Rules(lines=tuple(line.detail.get("rules", "").splitlines()), url=line.detail.get("url", ""))
            read[line.key] = RulesRead(by=line.detail.get("by", ""), at=line.at, rules=rules)
        elif line.event == "bind":
            bound.setdefault(line.key, line.at)
    return Past(read=read, bound=bound)


def note_rules_read(ledger: Ledger, channel: str, rules: Rules, *, by: str, now: datetime) -> RulesRead:
    """Write down that `by` has read them as they are. Raises LedgerError."""
    said = {"by": by, "digest": rules.digest, "url": rules.url, "rules": _NEW_LINE.join(rules.lines)}
    ledger.note(Deed.RULES_READ, channel, said, now=now)
    return RulesRead(by=by, at=now, rules=rules)

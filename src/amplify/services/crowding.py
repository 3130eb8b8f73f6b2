"""What `plan` and `check` say where a schedule does not fit into what an account's server takes, urgent posts included."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from amplify.domain.budget import Budget, Use, Word, believed, span_told
from amplify.domain.crowd import Crowd, Due, crowds
from amplify.domain.delivery import ENDED, Delivery, State
from amplify.domain.key import Key
from amplify.domain.plan import Intent
from amplify.domain.when import zone_named
from amplify.domain.written import Written
from amplify.ports.ledger import Account
from amplify.services.survey import Surveyed
from amplify.services.workshop import Workshop

#: What is over sooner than that makes nothing late that anybody would notice.
_SHORT = timedelta(minutes=10)
#: The most that a post may be late (design 2): what is older is decided.
_LONGEST_LATE = timedelta(hours=6)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sent:
    intent: Intent
    at: datetime

    def cost(self, budget: Budget) -> int:
        rendition = self.intent.rendition
        if rendition is None:
            return 0
        use = Use.EDIT if rendition.settings.get("as") == "edit" else Use.POST
        return budget.cost_of(use) + budget.cost_of(Use.UPLOAD) * len(rendition.prints())


def with_crowds(
    surveyed: Sequence[Surveyed],
    written: Written,
    workshop: Workshop,
    accounts: Mapping[str, Account],
    words: Sequence[Word],
    known: Mapping[Key, Delivery],
) -> list[Surveyed]:
    """The same, each that would be late with a sentence that says so."""
    if written.campaign is None:
        return list(surveyed)
    by_account: dict[str, list[_Sent]] = defaultdict(list)
    for one in surveyed:
        by_account[one.intent.account] += _sent(one, known, workshop.clock.now())
    told: dict[Key, str] = {}
    for account, sent in by_account.items():
        if not sent:
            continue
        limits = workshop.limits(sent[0].intent.wanted.channel, accounts)
        own = [word for word in words if word.account == account]
        for budget in believed(limits.budgets, own):
            told |= _told(budget, sent, written.campaign.zone, workshop.clock.now())
    return [_with(one, told.get(one.intent.wanted.key, "")) for one in surveyed]


def _sent(one: Surveyed, known: Mapping[Key, Delivery], now: datetime) -> Iterator[_Sent]:
    """When it leaves, or has left; nothing where it does not."""
    wanted = one.intent.wanted
    row = known.get(wanted.key)
    gone = row is not None and (row.state in ENDED or row.state is State.WITHDRAWN)
    if one.intent.rendition is None or gone:
        return
    begun = row.begun_at if row is not None else None
    if begun is not None or wanted.due > now - _LONGEST_LATE:
        yield _Sent(intent=one.intent, at=begun or wanted.due)


def _told(budget: Budget, sent: Sequence[_Sent], zone: str, now: datetime) -> Mapping[Key, str]:
    if budget.window < _SHORT:
        return {}
    dues = [Due(key=s.intent.wanted.key, at=s.at, cost=cost) for s in sent if (cost := s.cost(budget))]
    if sum(due.cost for due in dues) <= budget.most:
        return {}
    return {
        key: _sentence(crowd, budget, sorted({due.key.channel for due in dues}), zone)
        for crowd in crowds(budget, dues)
        if crowd.until > now
        for key in crowd.late
    }


def _sentence(crowd: Crowd, budget: Budget, channels: Iterable[str], zone: str) -> str:
    since, until = (at.astimezone(zone_named(zone)) for at in (crowd.since, crowd.until))
    day = "" if since.date() == until.date() else f" on {since.day} {since:%b}"
    between = f"between {since:%H:%M}{day} and {until:%H:%M} on {until.day} {until:%b}"
    takes = f"{budget.most}" if budget.aligned else f"{budget.most} in {span_told(budget.window)}"
    many = f"{crowd.total} {budget.name} {between}, the server takes {takes}"
    return f"{', '.join(channels)}: {many}: {len(crowd.late)} would be late"


def _with(one: Surveyed, told: str) -> Surveyed:
    if not told:
        return one
    return replace(one, intent=replace(one.intent, concerns=(*one.intent.concerns, told)), crowded=told)

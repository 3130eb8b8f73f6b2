"""How much each account publishes on each day, counted as the guard counts: what people see before it says no."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from amplify.domain.campaign import Campaign
from amplify.domain.guard import cap_on, gap_between
from amplify.domain.key import Key
from amplify.domain.when import zone_named


@dataclass(frozen=True, slots=True, kw_only=True)
class Begun:
    """A delivery that goes out, or went, at `at`; urgent ones count, but are kept back by nothing."""

    key: Key
    account: str
    at: datetime
    urgent: bool
    on_loopback: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """One account's day. `close` are the posts that begin too soon after another one."""

    channels: tuple[str, ...]
    day: date
    used: int
    cap: int
    close: int

    @property
    def is_heavy(self) -> bool:
        """Whether nothing more fits, or something does not fit already."""
        return self.used >= self.cap or self.close > 0


def loads(begun: Iterable[Begun], campaign: Campaign) -> tuple[Load, ...]:
    """Every day on which an account publishes, by day and channel."""
    by_account: dict[str, list[Begun]] = defaultdict(list)
    for one in sorted(begun, key=lambda each: each.at):
        by_account[one.account].append(one)
    found = [load for account in by_account.values() for load in _of_account(account, campaign)]
    return tuple(sorted(found, key=lambda load: (load.day, load.channels)))


def _of_account(begun: list[Begun], campaign: Campaign) -> list[Load]:
    zone = zone_named(campaign.zone)
    days: dict[date, list[Begun]] = defaultdict(list)
    close: dict[date, int] = defaultdict(int)
    seen: set[Key] = set()
    last: datetime | None = None
    for one in begun:
        day = one.at.astimezone(zone).date()
        days[day].append(one)
        gap = gap_between(campaign, on_loopback=one.on_loopback)
        soon = last is not None and one.at < last + gap
        close[day] += soon and not one.urgent and one.key.thread not in seen
        seen.add(one.key.thread)
        last = one.at
    return [
        Load(
            channels=tuple(sorted({one.key.channel for one in ones})),
            day=day,
            used=len({one.key.thread for one in ones}),
            cap=cap_on(day, campaign, on_loopback=ones[0].on_loopback),
            close=close[day],
        )
        for day, ones in days.items()
    ]

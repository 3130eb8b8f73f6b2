"""A plan as people read it, whatever they read it in: what needs a hand first, then what is new, day by day."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from amplify.documents.agenda_line import Line, abridged, folded
from amplify.domain.campaign import Campaign
from amplify.domain.delivery import Delivery
from amplify.domain.key import Key
from amplify.domain.load import Load
from amplify.domain.plan import Action, Intent, Plan
from amplify.domain.when import zone_named

_SECTIONS: Mapping[str, frozenset[Action]] = {
    "Needs a hand": frozenset({Action.BLOCKED}),
    "New": frozenset({Action.CREATE}),
    "Changed": frozenset({Action.MOVE, Action.REWORD}),
    "Cancelled": frozenset({Action.CANCEL}),
    "Public already": frozenset({Action.PUBLISHED}),
}
_SUMS: Mapping[Action, str] = {
    Action.CREATE: "to create",
    Action.MOVE: "to move",
    Action.REWORD: "to reword",
    Action.CANCEL: "to cancel",
    Action.BLOCKED: "blocked",
    Action.KEEP: "as they are",
    Action.PUBLISHED: "published",
}
_MINUTE = timedelta(minutes=1)
#: From this number on, channels are counted where all of them are meant.
_MANY = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """Lines by day. `shared` are the reasons that all of them have, and what most of them wait for: no line repeats it."""

    title: str
    shared: tuple[str, ...]
    days: Mapping[date, Sequence[Line]]

    @property
    def lines(self) -> list[Line]:
        return [line for day in self.days.values() for line in day]

    @property
    def deliveries(self) -> int:
        return sum(line.deliveries for line in self.lines)


@dataclass(frozen=True, slots=True, kw_only=True)
class Agenda:
    """`zone` is the campaign's, `others` are the followers'. `loads` are those of the days that change."""

    plan: Plan
    campaign: Campaign
    channels: frozenset[str]
    zone: ZoneInfo
    others: tuple[ZoneInfo, ...]
    sections: tuple[Section, ...]
    loads: tuple[Load, ...]

    @property
    def summary(self) -> str:
        """Such as: 40 deliveries: 2 to create, 38 as they are."""
        counted = self.plan.summary()
        parts = [f"{counted[action]} {words}" for action, words in _SUMS.items() if counted[action]]
        number = len(self.plan.changes)
        return f"{number} {'delivery' if number == 1 else 'deliveries'}: {', '.join(parts) or 'none written'}."

    @property
    def reading(self) -> list[str]:
        """How the times are to be read, and how late a post may go."""
        beside = f"; beside them {', '.join(zone.key for zone in self.others)}" if self.others else ""
        late = int(self.campaign.rules.late / _MINUTE)
        return [
            f"Times are those of {self.zone.key}{beside}.",
            f"Each may go out up to {late} minutes late, and not after midnight where its words hold on one day only.",
        ]

    def heading(self, day: date) -> str:
        """`Friday 14 May 2027 (D-7)`."""
        days = (day - self.campaign.day).days
        return f"{day:%A %d %B %Y} (D{f'{days:+d}' if days else ''})"

    def clock(self, at: datetime) -> str:
        return f"{at.astimezone(self.zone):%H:%M}"

    def elsewhere(self, at: datetime) -> list[str]:
        """That instant on the walls of the followers; with the weekday where that is another one."""
        here = at.astimezone(self.zone).date()
        walls = [at.astimezone(zone) for zone in self.others]
        return [f"{wall:%H:%M}{'' if wall.date() == here else f'{wall: (%a)}'}" for wall in walls]

    @property
    def towns(self) -> list[str]:
        return [zone.key.rpartition("/")[2].replace("_", " ") for zone in self.others]

    def where(self, channels: Collection[str]) -> str:
        """In few words."""
        everywhere = len(channels) >= _MANY and self.channels == set(channels)
        return f"all {len(channels)} channels" if everywhere else abridged(channels)

    def remarks(self, line: Line) -> list[str]:
        """What is to be said of a line besides its words."""
        was = [f"was {line.was.astimezone(self.zone):%a %d %b %H:%M}"] if line.was is not None else []
        late = ["not after midnight"] if line.shorter else []
        return [*was, *line.reasons, *line.waits, *late]

    @property
    def full(self) -> Mapping[date, Sequence[str]]:
        """The days on which an account has no room left, or posts too close together."""
        alike: dict[tuple[date, int, int, int], list[str]] = {}
        for one in self.loads:
            if one.is_heavy:
                alike.setdefault((one.day, one.used, one.cap, one.close), []).extend(one.channels)
        days: dict[date, list[str]] = {}
        gap = int(self.campaign.rules.per_account.least_gap / _MINUTE)
        for (day, used, cap, close), channels in alike.items():
            told = f"; {close} less than {gap} minutes behind another" if close else ""
            days.setdefault(day, []).append(f"{used} of {cap} posts{told}: {abridged(channels)}")
        return days

    @property
    def fullest(self) -> str:
        """Of the days with room left, the one with the least."""
        light = [one for one in self.loads if not one.is_heavy]
        if not light:
            return ""
        most = max(light, key=lambda one: (one.used / one.cap, one.used))
        told = f"at most {most.used} of {most.cap} posts a day, as on {self.heading(most.day)} on {abridged(most.channels)}"
        full = any(one.is_heavy for one in self.loads)
        return f"All other days have room: {told}." if full else f"No day is full: {told}."


def agenda(
    plan: Plan,
    campaign: Campaign,
    *,
    channels: Iterable[str],
    intents: Mapping[Key, Intent],
    known: Mapping[Key, Delivery],
    loads: Iterable[Load],
    zones: Sequence[str] = (),
) -> Agenda:
    """`intents` and `known` are what was written and what the ledger knew; `loads` are all there are."""
    zone = zone_named(campaign.zone)
    lines = folded(plan.changes, campaign, intents, known)
    days = {change.due.astimezone(zone).date() for change in plan.steps}
    sections = [
        _section(title, [one for one in lines if one.action in acts], zone) for title, acts in _SECTIONS.items()
    ]
    return Agenda(
        plan=plan,
        campaign=campaign,
        channels=frozenset(channels),
        zone=zone,
        others=tuple(map(zone_named, zones)),
        sections=tuple(section for section in sections if section.days),
        loads=tuple(load for load in loads if load.day in days),
    )


def _section(title: str, lines: Sequence[Line], zone: ZoneInfo) -> Section:
    several = len(lines) > 1
    shared = [reason for reason in lines[0].reasons if all(reason in one.reasons for one in lines)] if several else []
    usual, number = Counter(line.waits for line in lines).most_common(1)[0] if several else ((), 0)
    days: dict[date, list[Line]] = {}
    for line in lines:
        reasons = tuple(reason for reason in line.reasons if reason not in shared)
        own = replace(line, reasons=reasons, waits=() if line.waits == usual else line.waits)
        days.setdefault(line.due.astimezone(zone).date(), []).append(own)
    unless = " unless it says otherwise" if number < len(lines) else ""
    return Section(title=title, shared=(*shared, *(f"each {wait}{unless}" for wait in usual)), days=days)

"""`check` in pieces: every file of posts is looked at by itself, and again with those that it touches.

What was found is kept under a mark of all that it depends on, so that an edit costs what the edited file costs. What
comes out is, problem by problem, what looking at all files at once finds.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta, tzinfo

from amplify.domain.channel import Channel
from amplify.domain.problem import Problem
from amplify.domain.when import zone_named
from amplify.domain.written import Written
from amplify.ports.drawer import Drawer
from amplify.services.check import findings, in_order
from amplify.services.looking.marks import marked
from amplify.services.looking.sheet import Sheet
from amplify.services.looking.touching import touching
from amplify.services.looking.traces import traces
from amplify.services.plan import Planned, plan
from amplify.services.workshop import Workshop

_APART = "apart"
_POSTS, _NO_POSTS = "posts/", ("posts/media/", "posts/templates/")


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What is wrong, in order, in how many posts that can be read; and when that holds."""

    problems: list[Problem]
    posts: int
    channels: Mapping[str, Channel]
    since: datetime
    until: datetime


@dataclass(slots=True, kw_only=True)
class Looks:
    """`mark` stands for all that matters besides the files; empty where nothing may be kept.

    Only while there is no ledger: what it knows touches every file.
    """

    files: Mapping[str, bytes]
    workshop: Workshop
    drawer: Drawer
    mark: str
    _used: set[str] = field(default_factory=set)
    _marks: dict[tuple[str, ...], str] = field(default_factory=dict)
    _around: dict[str, bytes] = field(init=False)
    _around_mark: bytes = field(init=False)

    def __post_init__(self) -> None:
        self._around = {name: data for name, data in self.files.items() if not _is_of_posts(name)}
        self._around_mark = marked(self._around, self.mark)

    def found(self) -> Found:
        """Look at what has changed, and at what that touches."""
        bare = self.workshop.author.read(self._around)
        units: list[tuple[tuple[str, ...], Sheet]]
        units = [((name,), self._sheet((name,))) for name in sorted(self.files) if _is_of_posts(name)]
        units = units or [((), self._sheet(()))]
        apart = self._apart(units)
        while len(groups := touching([sheet.traces for _, sheet in units], bare.campaign, apart)) < len(units):
            units = [self._together([units[number] for number in group]) for group in groups]
            apart = frozenset()
        if self.mark:
            self._keep_apart(units)
            self.drawer.keep_only({*self._used, _APART})
        sheets = [sheet for _, sheet in units]
        return Found(
            problems=in_order([problem for sheet in sheets for problem in sheet.problems], self.workshop),
            posts=sum(sheet.posts for sheet in sheets),
            channels=bare.channels,
            since=max(sheet.since for sheet in sheets),
            until=min(sheet.until for sheet in sheets),
        )

    def _apart(self, units: Sequence[tuple[tuple[str, ...], Sheet]]) -> frozenset[int]:
        """The numbers of those that were alone the last time: nothing in them has come to be like anything in another."""
        try:
            known = set(json.loads(self.drawer.load(_APART) or b"[]")) if self.mark else set()
        except (TypeError, ValueError):
            known = set()
        return frozenset(number for number, (names, _) in enumerate(units) if self._mark(names) in known)

    def _keep_apart(self, units: Sequence[tuple[tuple[str, ...], Sheet]]) -> None:
        self.drawer.save(_APART, json.dumps([self._mark(names) for names, _ in units if len(names) == 1]).encode())

    def _together(self, units: Sequence[tuple[tuple[str, ...], Sheet]]) -> tuple[tuple[str, ...], Sheet]:
        if len(units) == 1:
            return units[0]
        names = tuple(sorted(name for unit, _ in units for name in unit))
        return names, self._sheet(names)

    def _sheet(self, names: tuple[str, ...]) -> Sheet:
        """The one that was kept, or a new one."""
        mark = self._mark(names) if self.mark else ""
        kept = self._kept(mark) if mark else None
        if kept is None:
            kept = self._look(names)
            if mark:
                self.drawer.save(mark, json.dumps(kept.as_data(), ensure_ascii=False).encode())
        self._used.add(mark)
        return kept

    def _kept(self, mark: str) -> Sheet | None:
        data = self.drawer.load(mark)
        try:
            sheet = Sheet.of(json.loads(data)) if data is not None else None
        except (LookupError, TypeError, ValueError, AttributeError):
            return None
        return sheet if sheet is not None and sheet.holds(self.workshop.clock.now()) else None

    def _look(self, names: Sequence[str]) -> Sheet:
        now = self.workshop.clock.now()
        written = self.workshop.author.read(self._around | {name: self.files[name] for name in names})
        planned = plan(written, self.workshop, None)
        return Sheet(
            problems=tuple(findings(written, planned)),
            posts=len(written.posts),
            traces=traces(written, planned.surveyed),
            since=now,
            until=holds_until(now, written, planned),
        )

    def _mark(self, names: tuple[str, ...]) -> str:
        if names not in self._marks:
            self._marks[names] = marked({name: self.files[name] for name in names}, self._around_mark.hex()).hex()
        return self._marks[names]


def _is_of_posts(name: str) -> bool:
    return name.startswith(_POSTS) and name.endswith(".yaml") and not name.startswith(_NO_POSTS)


def holds_until(now: datetime, written: Written, planned: Planned) -> datetime:
    """Until a slot passes, or a day ends: some rules go by the calendar."""
    midnights = [_midnight_after(now, UTC)]
    if written.campaign is not None:
        midnights.append(_midnight_after(now, zone_named(written.campaign.zone)))
    slots = [one.intent.wanted.due for one in planned.surveyed]
    return min([*midnights, *(slot for slot in slots if slot > now)])


def _midnight_after(now: datetime, zone: tzinfo) -> datetime:
    tomorrow = now.astimezone(zone).date() + timedelta(days=1)
    return datetime.combine(tomorrow, time(), zone).astimezone(UTC)

"""A number with unit, qualifier, as-of date, source, definition and history: a record, not a number.

The model is `docs/figures.md`; the reasons are there too. What a number says on one day is a version. Its id is made of
what it says, so that two versions with one id say the same, and a corrected one is another.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date, datetime
from enum import StrEnum
from hashlib import sha256

#: As many characters of a digest as tell the versions of one figure and one day apart.
_ENOUGH = 8


class Qualifier(StrEnum):
    EXACT = "exact"
    AT_LEAST = "at_least"
    MORE_THAN = "more_than"
    ALMOST = "almost"
    ABOUT = "about"
    UP_TO = "up_to"


class Kind(StrEnum):
    """How many now, how many ever, or what somebody has estimated."""

    STOCK = "stock"
    CUMULATIVE = "cumulative"
    ESTIMATE = "estimate"


class Unit(StrEnum):
    PERSONS = "persons"
    CASES = "cases"
    EVENTS = "events"


class Status(StrEnum):
    """`historical` is right for its day and goes stale like any other; the last three are not printed."""

    CONFIRMED = "confirmed"
    HISTORICAL = "confirmed (historical)"
    PROPOSED = "proposed"
    SUPERSEDED = "superseded"
    WITHDRAWN = "withdrawn"


#: Statuses in which a figure is not to be printed.
NOT_PRINTED = frozenset({Status.PROPOSED, Status.SUPERSEDED, Status.WITHDRAWN})


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """`linked`: whether pages about the figure may lead there (`host_allowed` in files)."""

    name: str
    url: str = ""
    archived_url: str = ""
    linked: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """What is likely of a figure (`limits:` in its file); None: as its kind says (`of_kind`).

    `max_step` is a number, the percentages are of the version before. `people` is how many must look at a new number.
    """

    min: int | None = None
    max: int | None = None
    max_drop_pct: int | None = None
    max_rise_pct: int | None = None
    max_step: int | None = None
    monotone: bool | None = None
    people: int | None = None
    max_age_days: int | None = None


_OF_KIND: Mapping[Kind, Bounds] = {
    Kind.STOCK: Bounds(max_drop_pct=5, max_rise_pct=5, monotone=False, people=1),
    Kind.CUMULATIVE: Bounds(max_rise_pct=15, monotone=True, people=1, max_age_days=60),
    Kind.ESTIMATE: Bounds(monotone=False, people=1, max_age_days=1095),
}


def of_kind(kind: Kind, own: Bounds) -> Bounds:
    """Its own bounds, filled up with those of its kind. A `max_step` stands for the percentages of the kind."""
    usual = _OF_KIND[kind]
    if own.max_step is not None:
        usual = replace(usual, max_drop_pct=None, max_rise_pct=None)
    said = {one.name: getattr(own, one.name) for one in fields(own)}
    return replace(usual, **{name: value for name, value in said.items() if value is not None})


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """What a figure says on one day. Either `value` or both of `low` and `high` are set; counts are whole numbers.

    `breakdown` are parts of the number, of the same day. `raw` is the number as it was printed. `reason` is why an
    unlikely number is true; `corrects` is the id of the version that was wrong. `entered_by` and
    `confirmed_by` are handles.
    """

    as_of: date
    value: int | None = None
    low: int | None = None
    high: int | None = None
    qualifier: Qualifier = Qualifier.EXACT
    period: str = ""
    source: Source
    breakdown: Mapping[str, int] = field(default_factory=dict)
    raw: str = ""
    note: str = ""
    published_on: date | None = None
    retrieved_at: datetime | None = None
    reason: str = ""
    corrects: str = ""
    entered_by: str = ""
    confirmed_by: str = ""
    confirmed_at: datetime | None = None

    @property
    def plain(self) -> str:
        """`1496`, or `143600-171900`."""
        return str(self.value) if self.value is not None else f"{self.low}-{self.high}"

    @property
    def counted(self) -> str:
        """For people: `more than 1500`, `about 143600 to 171900`."""
        number = self.plain.replace("-", " to ")
        return number if self.qualifier is Qualifier.EXACT else f"{self.qualifier.replace('_', ' ')} {number}"

    @property
    def by_two(self) -> bool:
        """Whether one person has entered it and another one has compared it with its source."""
        return bool(self.entered_by and self.confirmed_by) and self.entered_by != self.confirmed_by


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure(Version):
    """A figure as it stands, and its earlier versions, the oldest first.

    `preferred`: where two figures count the same and disagree, posts may print this one. `held` is empty or says why
    the figure is not to be printed. From `untrue_from` on its qualifier is known to be false, as `untrue` says.
    """

    id: str
    label: Mapping[str, str]
    definition_id: str = ""
    kind: Kind = Kind.STOCK
    unit: Unit | None = None
    scope: Mapping[str, str] = field(default_factory=dict)
    coverage_note: Mapping[str, str] = field(default_factory=dict)
    licence: str = ""
    status: Status = Status.CONFIRMED
    limits: Bounds = Bounds()
    preferred: bool = False
    history: tuple[Version, ...] = ()
    held: str = ""
    untrue_from: date | None = None
    untrue: str = ""

    @property
    def bounds(self) -> Bounds:
        """Its limits, with what its kind says where it says nothing."""
        return of_kind(self.kind, self.limits)

    @property
    def now(self) -> Version:
        """The version in force, by itself."""
        return Version(**{name: getattr(self, name) for name in _OF_VERSION})

    @property
    def versions(self) -> tuple[Version, ...]:
        """All of them, the one in force last."""
        return (*self.history, self.now)

    def age(self, on: date) -> int:
        """Days since the date that the figure speaks of; negative when that date is still to come."""
        return (on - self.as_of).days

    def replaced(self, version: Version) -> "Figure":
        """The figure with another version in force, and the one that was at the end of its history."""
        said = {name: getattr(version, name) for name in _OF_VERSION}
        return replace(
            self, **said, history=self.versions, status=Status.CONFIRMED, held="", untrue_from=None, untrue=""
        )


_OF_VERSION = tuple(one.name for one in fields(Version))


def version_id(figure: Figure, version: Version | None = None) -> str:
    """`political_prisoners:2023-05-31:1a2b3c4d`, of one of a figure's versions, or of the one in force."""
    one = version or figure
    parts = sorted(one.breakdown.items())
    said = (figure.definition_id, one.plain, one.qualifier.value, one.period, one.source.name, one.source.url, parts)
    return f"{figure.id}:{one.as_of}:{sha256(repr(said).encode()).hexdigest()[:_ENOUGH]}"

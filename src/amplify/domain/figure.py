"""A number with unit, qualifier, as-of date, source, definition and history: a record, not a number.

The model is `docs/figures.md`; the reasons are there too.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class Qualifier(StrEnum):
    EXACT = "exact"
    AT_LEAST = "at_least"
    MORE_THAN = "more_than"
    ALMOST = "almost"
    ABOUT = "about"
    UP_TO = "up_to"


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    name: str
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """What the figure said on an earlier day. Numbers as in Figure; `note` is for people."""

    as_of: date
    value: int | None = None
    low: int | None = None
    high: int | None = None
    qualifier: Qualifier = Qualifier.EXACT
    source: Source
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A figure as it stands, and its earlier versions, the oldest first.

    Either `value` or both of `low` and `high` are set; counts are whole numbers.
    """

    id: str
    label: Mapping[str, str]
    value: int | None = None
    low: int | None = None
    high: int | None = None
    qualifier: Qualifier = Qualifier.EXACT
    as_of: date
    period: str = ""
    source: Source
    unit: str = ""
    breakdown: Mapping[str, int] = field(default_factory=dict)
    scope: Mapping[str, str] = field(default_factory=dict)
    coverage_note: Mapping[str, str] = field(default_factory=dict)
    max_age_days: int | None = None
    history: tuple[Version, ...] = ()

    def age(self, on: date) -> int:
        """Days since the date that the figure speaks of; negative when that date is still to come."""
        return (on - self.as_of).days

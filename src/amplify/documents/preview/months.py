"""The way to a day: a leaf for each month in which something goes out, with a link on each such day."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from amplify.documents.preview.values import Drawn


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """`wrong` counts the deliveries with a problem."""

    on: date
    deliveries: tuple[Drawn, ...]

    @property
    def wrong(self) -> int:
        return sum(one.wrong for one in self.deliveries)

    @property
    def id(self) -> str:
        return f"day-{self.on.isoformat()}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Month:
    """`first` is its first day; `days` by their number."""

    first: date
    days: Mapping[int, Day]

    @property
    def blank(self) -> int:
        """Columns before the first day; weeks begin on Monday."""
        return self.first.weekday()

    @property
    def length(self) -> int:
        following = date(self.first.year + self.first.month // 12, self.first.month % 12 + 1, 1)
        return (following - self.first).days


def days(deliveries: Iterable[Drawn]) -> list[Day]:
    """In order; deliveries keep theirs within a day."""
    found: dict[date, list[Drawn]] = {}
    for one in deliveries:
        found.setdefault(one.due.date(), []).append(one)
    return [Day(on=on, deliveries=tuple(found[on])) for on in sorted(found)]


def months(of: Iterable[Day]) -> list[Month]:
    return [
        Month(first=first, days={day.on.day: day for day in within})
        for first, within in groupby(of, key=lambda day: day.on.replace(day=1))
    ]

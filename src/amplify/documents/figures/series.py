"""The versions of figures as series, one for each definition: two definitions never share a line."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from amplify.domain.figure import Figure, Qualifier, Version, version_id

#: How an axis may be parted, times a power of ten.
_STEPS = (1, 2, 2.5, 5, 10)
_PARTS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """A version, for drawing. `loose` ones have a qualifier; `corrected` ones were wrong, and no line leads there."""

    id: str
    figure: str
    version: Version
    on: date
    low: int
    high: int
    words: str
    source: str
    loose: bool
    corrected: bool

    @property
    def middle(self) -> float:
        return (self.low + self.high) / 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """One definition's numbers, the oldest first. `definition` is empty where none is written."""

    title: str
    definition: str
    unit: str
    kind: str
    points: tuple[Point, ...]

    @property
    def joined(self) -> tuple[Point, ...]:
        """Those that the line leads through."""
        return tuple(point for point in self.points if not point.corrected)

    @property
    def step(self) -> int:
        """Between two marks of the axis that begins at 0."""
        highest = max(point.high for point in self.points)
        rough = max(highest / _PARTS, 1)
        power = 10 ** (len(str(int(rough))) - 1)
        return int(next(step * power for step in _STEPS if step * power >= rough and step * power % 1 == 0))

    @property
    def top(self) -> int:
        highest = max(point.high for point in self.points)
        return max(-(-highest // self.step), 1) * self.step


def series_of(figures: Iterable[Figure], language: str) -> list[Series]:
    """Figures that count the same are one series; one without a definition is alone."""
    groups: dict[str, list[Figure]] = {}
    for figure in figures:
        groups.setdefault(figure.definition_id or f"({figure.id})", []).append(figure)
    return [_series(group, language) for group in groups.values()]


def _series(group: list[Figure], language: str) -> Series:
    first = group[0]
    wrong = {version.corrects for figure in group for version in figure.versions if version.corrects}
    found = [_point(figure, version, wrong) for figure in group for version in figure.versions]
    return Series(
        title=first.label.get(language) or next(iter(first.label.values())),
        definition=first.definition_id,
        unit=first.unit or "",
        kind=first.kind.value,
        points=tuple(sorted(found, key=lambda point: point.on)),
    )


def _point(figure: Figure, version: Version, wrong: set[str]) -> Point:
    name = version_id(figure, version)
    low, high = (version.low or 0, version.high or 0) if version.value is None else (version.value, version.value)
    return Point(
        id=name,
        figure=figure.id,
        version=version,
        on=version.as_of,
        low=low,
        high=high,
        words=version.counted,
        source=version.source.name,
        loose=version.qualifier is not Qualifier.EXACT,
        corrected=name in wrong,
    )

"""config/figures.yaml: numbers with their date and source. A number without a source is never posted."""

from collections.abc import Iterator
from datetime import date
from typing import Annotated, Any

from pydantic import Field, PlainValidator

from amplify.authoring.reading import values
from amplify.authoring.reading.findings import error, named, warning
from amplify.authoring.reading.nodes import Node, Table, place_of
from amplify.authoring.reading.typed import typed
from amplify.authoring.reading.words import ByLanguage, Entry, Known, Name, Text, Variable, Words
from amplify.domain.figure import Figure, Qualifier, Source
from amplify.domain.problem import Problem

FIGURES_FILE = "config/figures.yaml"
Count = Annotated[int, PlainValidator(values.count)]
Day = Annotated[date, PlainValidator(values.day)]
#: States in which a figure is not to be printed.
_NOT_CONFIRMED = ("proposed", "superseded", "withdrawn")


#: Keys of the model that are kept for people; nothing reads them yet.
Kept = Any


class SourceEntry(Entry):
    name: Words = Field(description="a number without a source is never posted: write who counted, `name: …`")
    url: Text = ""
    archived_url: Kept = None
    host_allowed: Kept = None


class RangeEntry(Entry):
    low: Count
    high: Count


class BreakdownEntry(Entry):
    key: Name
    value: Count


class LimitsEntry(Entry):
    max_age_days: Count | None = None
    min: Kept = None
    max: Kept = None
    max_drop_pct: Kept = None
    max_rise_pct: Kept = None
    monotone: Kept = None


class FigureEntry(Entry):
    label: ByLanguage = Field(description="write what is counted, `label: {en: …}`")
    value: Count | None = None
    range: RangeEntry | None = None
    qualifier: Qualifier = Qualifier.EXACT
    as_of: Day = Field(description="write the day that the number speaks of, `as_of: 2023-05-31`")
    source: SourceEntry = Field(
        description="a number without a source is never posted: write `source: {name: …, url: …}`"
    )
    period: Text = ""
    unit: Text = ""
    breakdown: list[BreakdownEntry] = Field(default_factory=list)
    scope: Variable = Field(default_factory=dict)
    coverage_note: ByLanguage = Field(default_factory=dict)
    limits: LimitsEntry = LimitsEntry()
    status: Text = ""
    id: Kept = None
    definition_id: Kept = None
    kind: Kept = None
    published_on: Kept = None
    retrieved_at: Kept = None
    raw: Kept = None
    licence: Kept = None
    entered_by: Kept = None
    confirmed_by: Kept = None
    confirmed_at: Kept = None
    note: Kept = None
    history: Kept = None
    corrects: Kept = None


def read_figures(node: Table, known: Known) -> tuple[dict[str, Figure], list[Problem]]:
    """The figures that are right, and what is wrong with the others."""
    figures: dict[str, Figure] = {}
    problems = list(node.faults)
    for name, written in node.entries.items():
        entry, wrong = typed(FigureEntry, written, known)
        if entry is not None:
            wrong = list(_contradictions(name, entry, written))
        wrong += named(name, node.keys[name])
        problems += wrong
        if entry is None or wrong or name in node.repeated:
            continue
        if entry.status.startswith(_NOT_CONFIRMED):
            told = f"figure {name} is `{entry.status}`, so posts that print it are held"
            problems.append(
                warning("not-confirmed", told, place_of(written, "status"), "write `status: confirmed` once it is")
            )
            continue
        figures[name] = _figure(name, entry)
    return figures, problems


def _contradictions(name: str, entry: FigureEntry, node: Node) -> Iterator[Problem]:
    if (entry.value is None) == (entry.range is None):
        told = f"figure {name} needs either `value` or `range`"
        yield error("missing-key", told, node.place, "write `value: 1496`, or `range: {low: 143600, high: 171900}`")
    if entry.range is not None and entry.range.low >= entry.range.high:
        told = f"the range of {name} ends below its beginning"
        yield error("out-of-range", told, place_of(node, "range"), "write the smaller number as `low`")
    top = entry.value if entry.value is not None else entry.range.high if entry.range else None
    for number, part in enumerate(entry.breakdown):
        if top is not None and part.value > top:
            told = f"`{part.key}` ({part.value}) is more than the whole ({top})"
            yield error("out-of-range", told, place_of(node, "breakdown", number), "check both numbers at the source")


def _figure(name: str, entry: FigureEntry) -> Figure:
    return Figure(
        id=name,
        label=entry.label,
        value=entry.value,
        low=entry.range.low if entry.range else None,
        high=entry.range.high if entry.range else None,
        qualifier=entry.qualifier,
        as_of=entry.as_of,
        period=entry.period,
        source=Source(name=entry.source.name, url=entry.source.url),
        unit=entry.unit,
        breakdown={part.key: part.value for part in entry.breakdown},
        scope=entry.scope if isinstance(entry.scope, dict) else {},
        coverage_note=entry.coverage_note,
        max_age_days=entry.limits.max_age_days,
    )

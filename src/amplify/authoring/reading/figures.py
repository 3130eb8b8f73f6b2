"""config/figures.yaml: numbers with their date and source. A number without a source is never posted."""

from collections.abc import Iterator
from datetime import date
from typing import Annotated, Any

from pydantic import ConfigDict, Field

from amplify.authoring.reading import values
from amplify.authoring.reading.campaign_schema import SourceUrl
from amplify.authoring.reading.findings import error, named, warning
from amplify.authoring.reading.nodes import Node, Table, follow, place_of
from amplify.authoring.reading.seen import one_of
from amplify.authoring.reading.typed import typed
from amplify.authoring.reading.words import ByLanguage, Entry, Known, Name, Text, Variable, Words
from amplify.domain.figure import Figure, Qualifier, Source, Version
from amplify.domain.problem import Problem

FIGURES_FILE = "config/figures.yaml"
Count = Annotated[int, values.count]
Day = Annotated[date, values.day]
#: States in which a figure is not to be printed.
_NOT_CONFIRMED = ("proposed", "superseded", "withdrawn")


#: Keys of the model that are kept for people; nothing reads them yet.
Kept = Any


class SourceEntry(Entry):
    name: Words = Field(
        title="Who counted; it is printed with the number.",
        description="a number without a source is never posted: write who counted, `name: …`",
    )
    url: SourceUrl = Field(default="", title="The page where you read the number.")
    archived_url: SourceUrl = Field(default="", title="A copy of that page that stays.")
    host_allowed: Kept = Field(default=None, title="Whether posts may link to it (nothing reads this yet).")


class RangeEntry(Entry):
    low: Count = Field(title="The smaller number.")
    high: Count = Field(title="The larger number.")


class BreakdownEntry(Entry):
    key: Name = Field(title="What templates call this part.")
    value: Count = Field(title="How many of the whole.")


class LimitsEntry(Entry):
    max_age_days: Count | None = Field(default=None, title="How many days the figure stays fresh; 45, if not said.")
    min: Kept = Field(default=None, title="The smallest likely number (nothing reads this yet).")
    max: Kept = Field(default=None, title="The largest likely number (nothing reads this yet).")
    max_drop_pct: Kept = Field(default=None, title="How much it may fall at once (nothing reads this yet).")
    max_rise_pct: Kept = Field(default=None, title="How much it may rise at once (nothing reads this yet).")
    monotone: Kept = Field(default=None, title="Whether it only ever grows (nothing reads this yet).")


class VersionEntry(Entry):
    """A number with its day and its source: a figure, or what it was before."""

    model_config = ConfigDict(json_schema_extra=one_of("value", "range"))

    value: Count | None = Field(default=None, title="The number: digits only, without points or spaces.")
    range: RangeEntry | None = Field(default=None, title="Instead of `value`, for estimates: two numbers.")
    qualifier: Qualifier = Field(default=Qualifier.EXACT, title="The word before the number; `exact`, if not said.")
    as_of: Day = Field(
        title="The day that the number speaks of, not the day you typed it.",
        description="write the day that the number speaks of, `as_of: 2023-05-31`",
    )
    source: SourceEntry = Field(
        title="Who counted, and where that can be read.",
        examples=[{"name": "Viasna", "url": "https://…"}],
        description="a number without a source is never posted: write `source: {name: …, url: …}`",
    )
    note: Text = Field(default="", title="Anything worth knowing, for the record.")


class FigureEntry(VersionEntry):
    label: ByLanguage = Field(
        title="What is counted, in each language: the words before the colon.",
        description="write what is counted, `label: {en: …}`",
    )
    period: Text = Field(
        default="", title="For estimates: the stretch of time that they speak of.", examples=["2021/2022"]
    )
    unit: Text = Field(
        default="", title="What is counted: persons, cases or events.", examples=["persons", "cases", "events"]
    )
    breakdown: list[BreakdownEntry] = Field(default_factory=list, title="Parts of the number, of the same day.")
    scope: Variable = Field(default_factory=dict, title="What is counted and what is not.")
    coverage_note: ByLanguage = Field(default_factory=dict, title="What is missing from the count, in each language.")
    limits: LimitsEntry = Field(default=LimitsEntry(), title="How long the figure stays fresh.")
    status: Text = Field(
        default="",
        title="`confirmed`; a figure that is proposed, superseded or withdrawn is not printed.",
        examples=["confirmed", "proposed", "superseded", "withdrawn"],
    )
    id: Kept = Field(default=None, title="The name once more, for the record.")
    definition_id: Kept = Field(
        default=None, title="A name for what exactly is counted: another one is another series."
    )
    kind: Kept = Field(
        default=None, title="How many now, how many ever, or an estimate.", examples=["stock", "cumulative", "estimate"]
    )
    published_on: Kept = Field(default=None, title="When the source published it.")
    retrieved_at: Kept = Field(default=None, title="When you read it.")
    raw: Kept = Field(default=None, title="The number as it was printed, so that others can check how you read it.")
    licence: Kept = Field(default=None, title="Under what terms the source gives it.")
    entered_by: Kept = Field(default=None, title="Who typed it in: a handle, never a real name.")
    confirmed_by: Kept = Field(default=None, title="Who compared it with the source: a handle, never a real name.")
    confirmed_at: Kept = Field(default=None, title="When it was compared.")
    history: list[VersionEntry] = Field(default_factory=list, title="What the number was before, oldest first.")
    corrects: Kept = Field(default=None, title="Which earlier number was wrong.")


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
    yield from _number(f"figure {name}", entry, node)
    yield from _history(name, entry, node)
    top = entry.value if entry.value is not None else entry.range.high if entry.range else None
    for number, part in enumerate(entry.breakdown):
        if top is not None and part.value > top:
            told = f"`{part.key}` ({part.value}) is more than the whole ({top})"
            yield error("out-of-range", told, place_of(node, "breakdown", number), "check both numbers at the source")


def _number(what: str, entry: VersionEntry, node: Node) -> Iterator[Problem]:
    if (entry.value is None) == (entry.range is None):
        told = f"{what} needs either `value` or `range`"
        yield error("missing-key", told, node.place, "write `value: 1496`, or `range: {low: 143600, high: 171900}`")
    if entry.range is not None and entry.range.low >= entry.range.high:
        told = f"the range of {what} ends below its beginning"
        yield error("out-of-range", told, place_of(node, "range"), "write the smaller number as `low`")


def _history(name: str, entry: FigureEntry, node: Node) -> Iterator[Problem]:
    before = date.min
    for number, version in enumerate(entry.history):
        yield from _number(f"this version of figure {name}", version, follow(node, ("history", number)))
        place = place_of(node, "history", number, "as_of")
        if version.as_of < before:
            told = f"{version.as_of} stands below {before} in the history of {name}"
            yield error("out-of-order", told, place, "put the oldest version first")
        elif version.as_of > entry.as_of:
            told = f"{version.as_of} is later than {name} itself ({entry.as_of})"
            yield error(
                "out-of-order", told, place, "make the latest version the figure, and keep the others in `history`"
            )
        before = max(before, version.as_of)


def _version(entry: VersionEntry) -> Version:
    return Version(
        as_of=entry.as_of,
        value=entry.value,
        low=entry.range.low if entry.range else None,
        high=entry.range.high if entry.range else None,
        qualifier=entry.qualifier,
        source=_source(entry),
        note=entry.note,
    )


def _source(entry: VersionEntry) -> Source:
    return Source(name=entry.source.name, url=entry.source.url)


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
        source=_source(entry),
        unit=entry.unit,
        breakdown={part.key: part.value for part in entry.breakdown},
        scope=entry.scope if isinstance(entry.scope, dict) else {},
        coverage_note=entry.coverage_note,
        max_age_days=entry.limits.max_age_days,
        history=tuple(map(_version, entry.history)),
    )

"""config/figures.yaml: numbers with their date and source. A number without a source is never posted.

What is doubtful about a number is looked for here too, however it came into the file (decision 0021): what nobody can
confirm is an error, and what needs a second person is kept, but not printed.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from amplify.authoring.reading.figures_schema import FigureEntry, VersionEntry
from amplify.authoring.reading.findings import error, named, warning
from amplify.authoring.reading.nodes import Node, Table, follow, place_of
from amplify.authoring.reading.typed import typed
from amplify.authoring.reading.words import Known
from amplify.domain.campaign import Campaign
from amplify.domain.doubt import Doubt, doubts, people_needed, untrue_since
from amplify.domain.figure import NOT_PRINTED, Bounds, Figure, Source, Version
from amplify.domain.problem import Problem

FIGURES_FILE = "config/figures.yaml"
#: Where a doubt is about another line than that of the number.
_KEYS = {
    "future-date": "as_of",
    "two-digit-year": "as_of",
    "dates-crossed": "as_of",
    "older": "as_of",
    "same-day": "as_of",
    "unknown-version": "corrects",
    "part-too-large": "breakdown",
    "qualifier-false": "qualifier",
    "period-missing": "kind",
}
_NOT_YET = "not-confirmed", "write `status: confirmed` once it is"
_SECOND = (
    "needs-second-person",
    "another coordinator looks at the source, and writes `confirmed_by: …` with their handle",
)


def read_figures(
    node: Table, known: Known, campaign: Campaign | None = None
) -> tuple[dict[str, Figure], list[Problem]]:
    """The figures that are right, with what keeps them from being printed, and what is wrong with the others."""
    figures, problems = as_written(node, known)
    return _judged(figures, node, campaign, problems), problems


def as_written(node: Table, known: Known) -> tuple[dict[str, Figure], list[Problem]]:
    """The figures that can be read, whatever is doubtful about them."""
    figures: dict[str, Figure] = {}
    problems = list(node.faults)
    for name, written in node.entries.items():
        entry, wrong = typed(FigureEntry, written, known)
        if entry is not None:
            wrong = list(_contradictions(name, entry, written))
        wrong += named(name, node.keys[name])
        problems += wrong
        if entry is not None and not wrong and name not in node.repeated:
            figures[name] = _figure(name, entry)
    return figures, problems


def _judged(
    figures: Mapping[str, Figure], node: Table, campaign: Campaign | None, problems: list[Problem]
) -> dict[str, Figure]:
    """Each against its history and the others, as of its own day: no clock is asked here."""
    judged = {}
    for name, figure in figures.items():
        written, others = node.entries[name], figures.values()
        found = doubts(figure, others, today=figure.as_of)
        refused = [doubt for doubt in found if doubt.refuses]
        for doubt in refused:
            place = place_of(written, _KEYS.get(doubt.code, "value"))
            problems.append(error(doubt.code, f"figure {name}: {doubt.message}", place, doubt.hint))
        if refused:
            continue
        held = figure.held or unconfirmed(figure, found, campaign)
        if held:
            told = f"figure {name} {held}, so posts that print it are held"
            code, hint = _NOT_YET if figure.held else _SECOND
            problems.append(warning(code, told, place_of(written, "status"), hint))
        since, told = untrue_since(figure, others) or (None, "")
        judged[name] = replace(figure, held=held, untrue_from=since, untrue=told)
    return judged


def unconfirmed(figure: Figure, found: Sequence[Doubt], campaign: Campaign | None) -> str:
    """What is missing before a figure that needs a second person may be printed; empty where nothing is."""
    rule = campaign.rules.figure_people if campaign is not None else 1
    if people_needed(figure, rule, found) == 1:
        return ""
    asked = "; ".join(doubt.message for doubt in found)
    why = asked or ("`figure_people: 2` in campaign.yaml" if rule > 1 else "`people: 2` in its `limits`")
    named_ = [one for one in (figure.entered_by, figure.confirmed_by) if one]
    if not figure.by_two:
        who = f"only {named_[0]} has looked at it" if named_ else "it does not say who has looked at it"
        return f"needs a second person ({why}), and {who}"
    strangers = [one for one in named_ if campaign is not None and one not in campaign.coordinators]
    if strangers:
        return f"needs a second person ({why}), and {strangers[0]} is no coordinator of campaign.yaml"
    if asked and not (figure.reason and figure.source.url):
        return f"needs a `reason`, and the `url` of its source ({why})"
    return ""


def _contradictions(name: str, entry: FigureEntry, node: Node) -> Iterator[Problem]:
    yield from _number(f"figure {name}", entry, node)
    yield from _history(name, entry, node)
    if entry.id not in (None, name):
        told = f"figure {name} says that its id is {entry.id}"
        yield error("contradiction", told, place_of(node, "id"), "remove the line `id:`, or correct it")


def _number(what: str, entry: VersionEntry, node: Node) -> Iterator[Problem]:
    if (entry.value is None) == (entry.range is None):
        told = f"{what} needs either `value` or `range`"
        yield error("missing-key", told, node.place, "write `value: 1496`, or `range: {low: 143600, high: 171900}`")
    if entry.range is not None and entry.range.low >= entry.range.high:
        told = f"the range of {what} ends below its beginning"
        yield error("out-of-range", told, place_of(node, "range"), "write the smaller number as `low`")
    whole = entry.value if entry.value is not None else entry.range.high if entry.range else None
    for number, part in enumerate(entry.breakdown):
        if part.as_of not in (None, entry.as_of):
            told = f"`{part.key}` of {what} is of {part.as_of}, and the whole of {entry.as_of}"
            hint = "parts are of the same day as the whole: enter both of one day, or give the part a figure of its own"
            yield error("part-of-another-day", told, place_of(node, "breakdown", number, "as_of"), hint)
        if whole is not None and part.value > whole:
            told = f"`{part.key}` ({part.value}) is more than the whole ({whole})"
            yield error("out-of-range", told, place_of(node, "breakdown", number), "check both numbers at the source")


def _history(name: str, entry: FigureEntry, node: Node) -> Iterator[Problem]:
    before = date.min
    for number, version in enumerate(entry.history):
        yield from _number(f"this version of figure {name}", version, follow(node, ("history", number)))
        place = place_of(node, "history", number, "as_of")
        if version.definition_id not in ("", entry.definition_id):
            told = f"{name} counts `{entry.definition_id}`, and this version of it `{version.definition_id}`"
            hint = "two definitions are two series: give the other one a figure of its own, with its own history"
            yield error("other-definition", told, place_of(node, "history", number, "definition_id"), hint)
        if version.as_of < before and not version.corrects:
            told = f"{version.as_of} stands below {before} in the history of {name}"
            yield error("out-of-order", told, place, "put the oldest version first")
        elif version.as_of > entry.as_of and not entry.corrects:
            told = f"{version.as_of} is later than {name} itself ({entry.as_of})"
            yield error(
                "out-of-order", told, place, "make the latest version the figure, and keep the others in `history`"
            )
        before = max(before, version.as_of)


def _figure(name: str, entry: FigureEntry) -> Figure:
    return Figure(
        **_said(entry),
        id=name,
        label=entry.label,
        definition_id=entry.definition_id,
        kind=entry.kind,
        unit=entry.unit,
        scope=entry.scope if isinstance(entry.scope, dict) else {},
        coverage_note=entry.coverage_note,
        licence=entry.licence,
        status=entry.status,
        limits=Bounds(**entry.limits.model_dump()),
        preferred=entry.preferred,
        history=tuple(Version(**_said(version)) for version in entry.history),
        held=f"is `{entry.status}`" if entry.status in NOT_PRINTED else "",
    )


def _said(entry: VersionEntry) -> dict[str, Any]:
    """What a version says, whether it is in force or not."""
    return {
        "as_of": entry.as_of,
        "value": entry.value,
        "low": entry.range.low if entry.range else None,
        "high": entry.range.high if entry.range else None,
        "qualifier": entry.qualifier,
        "period": entry.period,
        "source": Source(
            name=entry.source.name,
            url=entry.source.url,
            archived_url=entry.source.archived_url,
            linked=entry.source.host_allowed,
        ),
        "breakdown": {part.key: part.value for part in entry.breakdown},
        "raw": entry.raw,
        "note": entry.note,
        "published_on": entry.published_on,
        "retrieved_at": entry.retrieved_at,
        "reason": entry.reason,
        "corrects": entry.corrects or "",
        "entered_by": entry.entered_by,
        "confirmed_by": entry.confirmed_by,
        "confirmed_at": entry.confirmed_at,
    }

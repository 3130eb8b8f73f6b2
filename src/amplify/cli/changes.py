"""A plan as people and programs read it."""

from collections.abc import Mapping, Sequence
from datetime import tzinfo
from typing import TYPE_CHECKING

from amplify.cli.screen import columns, show, styled
from amplify.cli.told import iso, many
from amplify.documents.agenda import Agenda, Section, agenda
from amplify.documents.agenda_line import Line
from amplify.domain.campaign import Campaign
from amplify.domain.plan import Action, Plan
from amplify.domain.written import Written
from amplify.services.load import load
from amplify.services.plan import Planned

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.text import Text

_STYLES: Mapping[Action, str] = {
    Action.CREATE: "green",
    Action.MOVE: "yellow",
    Action.REWORD: "yellow",
    Action.CANCEL: "red",
    Action.PUBLISHED: "dim",
    Action.BLOCKED: "bold red",
}


def as_answer(plan: Plan, zone: tzinfo) -> dict[str, object]:
    return {
        "changes": [
            {
                "key": str(change.key),
                "post": change.key.post,
                "channel": change.key.channel,
                "action": change.action.value,
                "due": iso(change.due, zone),
                "text": change.text,
                "reasons": list(change.reasons),
            }
            for change in plan.changes
        ],
        "summary": dict(plan.summary()),
    }


def agenda_of(planned: Planned, written: Written, campaign: Campaign, zones: Sequence[str] = ()) -> Agenda:
    """`zones` are those of the followers."""
    return agenda(
        planned.plan,
        campaign,
        channels=written.channels,
        intents=planned.intents,
        known=planned.known,
        loads=load(planned, written),
        zones=zones,
    )


def tell(made: Agenda) -> None:
    """What would change: what needs a hand first, day by day, how full the days get, and the sum."""
    drawn: list[RenderableType] = []
    if made.sections:
        drawn += [*(styled(line, "dim") for line in made.reading), ""]
    for section in made.sections:
        drawn += _section(section, made)
    drawn += _loads(made)
    if made.plan.cancels_much:
        drawn.append(styled("This cancels more than half of what waits. Look twice: is a file missing?", "bold red"))
    show(*drawn, made.summary)


def _section(section: Section, made: Agenda) -> "list[RenderableType]":
    title = f"{section.title}: {many(section.deliveries, 'delivery', 'deliveries')}"
    shared = f" ({'; '.join(section.shared)})" if section.shared else ""
    drawn: list[RenderableType] = [styled(f"{title}{shared}", "bold underline"), ""]
    for day, lines in section.days.items():
        rows = [row for line in lines for row in _rows(line, made)]
        drawn += [styled(made.heading(day), "bold"), columns(rows), ""]
    return drawn


def _rows(line: Line, made: Agenda) -> "list[Sequence[Text | str]]":
    beside = [f"{wall} {town}" for wall, town in zip(made.elsewhere(line.due), made.towns, strict=True)]
    word = styled(line.word, _STYLES[line.action])
    times = [made.clock(line.due), *beside]
    rows: list[Sequence[Text | str]] = [
        (*times, word, line.what, made.where(line.channels), "; ".join(made.remarks(line)))
    ]
    if line.diff:
        from amplify.cli.word_diff import drawn

        rows.append((*("" for _ in times), "", "", "", drawn(line.diff)))
    return rows


def _loads(made: Agenda) -> "list[RenderableType]":
    drawn: list[RenderableType] = []
    rows = [(made.heading(day), told) for day, said in made.full.items() for told in said]
    if rows:
        drawn += [styled("Full days", "bold underline"), columns(rows), ""]
    return [*drawn, *([styled(made.fullest, "dim")] if made.fullest else [])]

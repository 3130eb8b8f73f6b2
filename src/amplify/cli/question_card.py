"""A question as people see it: the text as followers will, and below it all that helps to say yes or no."""

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from amplify.cli.as_shown import as_shown, extras
from amplify.cli.screen import card, styled
from amplify.cli.told import digest_of, from_now, listed, many, what, when
from amplify.cli.word_diff import word_diff
from amplify.domain.approval import Approval
from amplify.domain.figure import Figure
from amplify.domain.past import BEFORE_A_YES
from amplify.domain.post import PERSON
from amplify.domain.rendition import FigureUsed
from amplify.services.question import Question

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.text import Text


def question_card(question: Question, zone: ZoneInfo, now: datetime, *, err: bool) -> "RenderableType":
    """The text, then warnings, what has changed, figures, who said yes and who is asked."""
    from rich.text import Text

    first = question.rows[0]
    shown = next(iter(question.renditions.values()), None)
    where = ", ".join(row.key.channel for row in question.rows)
    title = f"{what(first.key)}  {when(first.due, zone)} ({from_now(first.due, now)})  {where}"
    notes: list[Text | str] = [
        *_marks(question),
        *_extras(question),
        *_changed(question, zone),
        *(_figure(used, figure, first.due, zone) for used, figure in question.figures),
        *(styled(_said(yes, zone), "green") for yes in question.said),
        *_needed(question),
        styled("digest " + ", ".join(digest_of(row) for row in question.rows), "dim"),
    ]
    return card(
        title,
        as_shown(shown, next(iter(question.earlier.values()), None)) if shown is not None else Text(question.text),
        notes,
        err=err,
    )


def _marks(question: Question) -> "Iterable[Text]":
    if any(row.reason == BEFORE_A_YES for row in question.rows):
        yield styled(f"Look first: {BEFORE_A_YES}.", "bold red")
    if question.post.urgent:
        yield styled("URGENT: quiet hours, pauses, caps and gaps do not hold it back.", "bold red")
    if question.post.kind in PERSON:
        yield styled("It is about a person: does the consent still hold?", "bold red")
    if question.risky:
        told = f"High risk: {listed(question.risky)} can be dangerous for readers to be found with."
        yield styled(told, "bold red")


def _extras(question: Question) -> "Iterable[Text]":
    """What followers meet besides the text; what only some channels have is marked with their names."""
    lines: dict[str, list[str]] = {}
    for key, rendition in question.renditions.items():
        for line in extras(rendition, question.earlier.get(key)):
            lines.setdefault(line.plain, []).append(key.channel)
    for said, channels in lines.items():
        where = "" if len(channels) == len(question.renditions) else f"{', '.join(channels)}: "
        yield styled(f"{where}{said}", "dim")


def _changed(question: Question, zone: ZoneInfo) -> "Iterable[Text]":
    """Against what was said yes to last."""
    before, row = question.before, question.rows[0]
    if before is None or not before.text:
        return
    head = styled(f"Since {before.by} said yes: ", "yellow")
    if before.text != question.text:
        yield head + word_diff(before.text, question.text)
    if before.due is not None and before.due != row.due:
        yield head + styled(f"the time was {when(before.due, zone)}", "yellow")
    if before.text == question.text and before.due == row.due:
        yield head + styled("the words and the time are the same; a picture, a link or a setting has changed", "yellow")


def _figure(used: FigureUsed, figure: Figure | None, due: datetime, zone: ZoneInfo) -> "Text":
    number = f" {figure.counted}" if figure is not None else ""
    url = f" {figure.source.url}" if figure is not None and figure.source.url else ""
    told = f"figure {used.id}{number}, as of {used.as_of:%d %B %Y}, {used.source}{url}"
    age = (due.astimezone(zone).date() - used.as_of).days
    if age <= used.max_age_days:
        return styled(told, "cyan")
    return styled(f"{told}: {age} days old by then, {used.max_age_days} allowed, so it will be held", "bold red")


def _said(yes: Approval, zone: ZoneInfo) -> str:
    note = f": “{yes.note}”" if yes.note else ""
    return f"{yes.by} said yes, {when(yes.at, zone)}{note}"


def _needed(question: Question) -> "Iterable[Text]":
    if question.missing:
        author = f" ({question.post.author} wrote it)" if question.post.author else ""
        may = listed(question.may, "or") if question.may else "nobody"
        yield styled(f"needs {many(question.missing, 'more yes', 'more yeses')}: {may} may{author}", "yellow")

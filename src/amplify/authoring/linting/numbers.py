"""Numbers that stand alone: each needs the day that it is of, and who has counted."""

from collections.abc import Iterator

from amplify.authoring.linting.rule import Remark
from amplify.authoring.typesetting import formatting
from amplify.domain.lint import Subject
from amplify.domain.rendition import FigureUsed
from amplify.ports.author import UnusableText

_LINE = "write `{{{{ figure.{id}.line }}}}`, or its `as_of` and `source` beside it"


def bare_figure(subject: Subject) -> Iterator[Remark]:
    """Neither."""
    for figure, dated, sourced in _looked_at(subject):
        if not dated and not sourced:
            told = f"figure {figure.id} stands here without its day and without its source"
            yield Remark(message=told, hint=_LINE.format(id=figure.id), quote=f"figure.{figure.id}")


def undated_figure(subject: Subject) -> Iterator[Remark]:
    for figure, dated, sourced in _looked_at(subject):
        if sourced and not dated:
            told = f"figure {figure.id} stands here without the day that it is of: nobody sees how old it is"
            yield Remark(message=told, hint=_LINE.format(id=figure.id), quote=f"figure.{figure.id}")


def unsourced_figure(subject: Subject) -> Iterator[Remark]:
    for figure, dated, sourced in _looked_at(subject):
        if dated and not sourced:
            told = f"figure {figure.id} stands here without its source: nobody sees who has counted"
            yield Remark(message=told, hint=_LINE.format(id=figure.id), quote=f"figure.{figure.id}")


def _looked_at(subject: Subject) -> Iterator[tuple[FigureUsed, bool, bool]]:
    """Each with whether its day and its source are in the text, or on the card beside it."""
    beside = (shown.alt for shown in subject.pictures if shown.card is not None)
    said = " ".join(" ".join((subject.text, *beside)).split()) if subject.figures else ""
    for figure in subject.figures:
        yield figure, _dated(figure, said, subject), " ".join(figure.source.split()) in said


def _dated(used: FigureUsed, said: str, subject: Subject) -> bool:
    period = subject.written.figures[used.id].period
    if period and all(year in said for year in period.replace("–", "/").split("/")):
        return True
    try:
        day = formatting.day(used.as_of, subject.language)
    except UnusableText:
        return True  # amplify has no words for days in this language, and cannot find those of others
    return " ".join(day.split()) in said

"""The export for people: one page, day by day, without a script and without a request to anybody."""

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import groupby

from amplify.documents.pages import stored, template
from amplify.documents.posts.rich_text import outward
from amplify.documents.preview.page import POLICY
from amplify.documents.record.values import Number, Record, Went
from amplify.domain.key import Key

_STATES: Mapping[str, str] = {
    "published": "public",
    "withdrawn": "withdrawn",
    "unconfirmed": "may be public",
    "sending": "on its way",
}


def page(record: Record) -> str:
    """The whole file."""
    return template("record/page.html.j2").render(
        record=record,
        days=_days(record.deliveries),
        policy=POLICY,
        style=stored("record/record.css"),
        outward=outward,
        number=_number,
        what=_what,
        states=_STATES,
    )


def _days(deliveries: Sequence[Went]) -> list[tuple[date, list[Went]]]:
    """By when it was public, or else when it was due; in the order of the export."""
    return [
        (day, [*within]) for day, within in groupby(deliveries, key=lambda one: (one.published_at or one.due).date())
    ]


def _what(one: Went) -> str:
    """The post, and which part and occurrence of it."""
    key = Key.parse(one.key)
    part = f".{key.part}" if key.part else ""
    return f"{key.post}{part}{f' ({key.occurrence})' if key.occurrence else ''}"


def _number(figure: Number) -> str:
    """`more than 1,500 people`, `1,200 to 1,500`."""
    ends = (figure.value,) if figure.value is not None else (figure.low or 0, figure.high or 0)
    printed = " to ".join(f"{end:,}" for end in ends)
    before = "" if figure.qualifier == "exact" else f"{figure.qualifier.replace('_', ' ')} "
    return f"{before}{printed}{f' {figure.unit}' if figure.unit else ''}"

"""The export for people: one page, day by day, without a script and without a request to anybody."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, datetime
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
        by_state=_by_state(record.deliveries),
        by_network=_by_network(record.deliveries),
        when=_when,
        policy=POLICY,
        style=stored("record/record.css"),
        outward=outward,
        number=_number,
        what=_what,
        states=_STATES,
    )


def _days(deliveries: Sequence[Went]) -> list[tuple[date, list[Went]]]:
    """In the order of the export."""
    return [(day, [*within]) for day, within in groupby(deliveries, key=lambda one: _when(one).date())]


def _when(one: Went) -> datetime:
    """When it was public, or else when it was due."""
    return one.published_at or one.due


def _by_state(deliveries: Sequence[Went]) -> list[str]:
    """`12 public`, `1 withdrawn`."""
    states = Counter(one.state for one in deliveries)
    return [f"{states[state]} {words}" for state, words in _STATES.items() if states[state]]


def _by_network(deliveries: Sequence[Went]) -> list[str]:
    """`8 on Mastodon`, `5 on Telegram`."""
    networks = Counter(one.network for one in deliveries if one.network)
    return [f"{number} on {network.capitalize()}" for network, number in sorted(networks.items())]


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

"""Times, names and answers as every command says them."""

import json
from collections.abc import Iterable
from datetime import datetime, timedelta, tzinfo
from typing import TYPE_CHECKING

import click

from amplify.domain.key import Key

if TYPE_CHECKING:
    from amplify.domain.delivery import Delivery

_MINUTE = timedelta(minutes=1)
_HOURS = timedelta(hours=48)


def answer(said: object) -> None:
    """One JSON value on one line."""
    click.echo(json.dumps(said, ensure_ascii=False))


def iso(at: datetime, zone: tzinfo) -> str:
    """With the offset of the campaign's zone."""
    return at.astimezone(zone).isoformat()


def iso_if_any(at: datetime | None, zone: tzinfo) -> str | None:
    return iso(at, zone) if at is not None else None


def when(at: datetime, zone: tzinfo) -> str:
    """`Fri 21 May 2027 09:00`."""
    return f"{at.astimezone(zone):%a %d %b %Y %H:%M}"


def from_now(at: datetime, now: datetime) -> str:
    """`in 2 h`, `in 3 days`, `now`, `20 min ago`."""
    span = abs(at - now)
    if span < _MINUTE:
        return "now"
    if span < timedelta(hours=2):
        length = f"{span // _MINUTE} min"
    elif span < _HOURS:
        length = f"{span // timedelta(hours=1)} h"
    else:
        length = f"{span.days} days"
    return f"in {length}" if at > now else f"{length} ago"


def what(key: Key) -> str:
    """The post, and which part and occurrence of it: the key without edition and channel."""
    part = f".{key.part}" if key.part else ""
    return f"{key.post}{part}{f' ({key.occurrence})' if key.occurrence else ''}"


def digest_of(row: "Delivery") -> str:
    """As much of the digest as `--digest` asks for, and a little more."""
    return row.digest[:12]


def many(number: int, one: str, more: str = "") -> str:
    """`1 post`, `2 posts`."""
    return f"{number} {one if number == 1 else more or one + 's'}"


def listed(names: Iterable[str], joint: str = "and") -> str:
    """`one`, `one and two`, `one, two and three`, in the order of the alphabet."""
    *most, last = sorted(names)
    return f"{', '.join(most)} {joint} {last}" if most else last

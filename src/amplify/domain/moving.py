"""Approvals that hold while a figure moves within limits: what a yes is bound to, and whether it still counts.

The digest of such a text is that of the same text with every number of a figure and its date masked, and tells beside it
which numbers were seen: `3f…~political_prisoners=1496`. So a yes can be compared with what is to be sent.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from amplify.domain.figure import Figure

#: Between the digest of the text and the numbers that were seen in it.
SEEN = "~"
_DIGEST = re.compile(r"(?P<text>[0-9a-f]+)(?:~(?P<seen>[^+]*))?(?P<two>\+2)?")
#: What stands for every number and every day; no followers see them.
_NUMBER, _MORE, _PART, _DAY = 11111, 22222, 111, date(2000, 1, 1)
_PERCENT = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Moving:
    """How far a figure may move from what was approved, in percent, and how old it may be when it is sent."""

    percent: float
    max_age: timedelta


def masked(figure: Figure) -> Figure:
    """The same figure with its numbers and its day hidden; all words stay."""
    ranged = figure.value is None
    return replace(
        figure,
        value=None if ranged else _NUMBER,
        low=_NUMBER if ranged else None,
        high=_MORE if ranged else None,
        breakdown=dict.fromkeys(figure.breakdown, _PART),
        as_of=_DAY,
    )


def seen(figures: Iterable[Figure]) -> str:
    """Their numbers, for the end of a digest."""
    said = [f"{one.id}={','.join(map(str, _numbers(one)))}" for one in sorted(figures, key=lambda one: one.id)]
    return f"{SEEN}{';'.join(said)}" if said else ""


def covers(yes: str, digest: str, moving: Moving | None) -> bool:
    """Whether a yes to the text with digest `yes` is one to the text with `digest`."""
    return yes == digest or (moving is not None and same_text(yes, digest) and not moved(yes, digest, moving))


def same_text(one: str, other: str) -> bool:
    """Whether two digests are of one text, whatever numbers stand in it."""
    if one == other:
        return True
    first, second = _DIGEST.fullmatch(one), _DIGEST.fullmatch(other)
    if first is None or second is None or first["seen"] is None or second["seen"] is None:
        return False
    return (first["text"], first["two"]) == (second["text"], second["two"])


def moved(yes: str, digest: str, moving: Moving) -> str:
    """Which figure of the same text has moved too far since it was approved, in words; empty where none has."""
    if not same_text(yes, digest):
        return ""
    before, now = _seen(yes), _seen(digest)
    for name, numbers in now.items():
        old = before.get(name, ())
        if len(old) != len(numbers):
            return f"figure {name} has other parts than when it was approved"
        for was, is_now in zip(old, numbers, strict=True):
            if abs(is_now - was) * _PERCENT > moving.percent * was:
                return f"figure {name} was {was} when it was approved and is {is_now} now: more than {moving.percent:g} % apart"
    return ""


def _seen(digest: str) -> Mapping[str, tuple[int, ...]]:
    found = _DIGEST.fullmatch(digest)
    said = (found["seen"] or "") if found is not None else ""
    pairs = (one.partition("=") for one in said.split(";") if one)
    return {name: tuple(map(int, numbers.split(","))) for name, _, numbers in pairs}


def _numbers(figure: Figure) -> tuple[int, ...]:
    ends = (figure.value,) if figure.value is not None else (figure.low or 0, figure.high or 0)
    return (*ends, *(figure.breakdown[name] for name in sorted(figure.breakdown)))

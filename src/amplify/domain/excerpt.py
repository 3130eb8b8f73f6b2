"""A quotable unit of the appeal."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Risk(StrEnum):
    NORMAL = "normal"
    HIGH = "high"


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """A slip of the pen: `was`, wherever it stands in the verbatim wording, and what it is corrected to."""

    was: str
    now: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Excerpt:
    """Verbatim and corrected wording, the month and day on which it is true (None: any), and its risk.

    Both wordings are in `language`; `translations` are ours, of the corrected one. With `instead`, posts may not
    quote it at all: it says what they write in its place. A `credit` line stands wherever other excerpts are quoted.
    """

    id: str
    verbatim: str
    corrected: str
    corrections: tuple[Correction, ...] = ()
    language: str = "en"
    translations: Mapping[str, str] = field(default_factory=dict)
    valid_on: tuple[int, int] | None = None
    risk: Risk = Risk.NORMAL
    instead: str = ""
    credit: bool = False


def corrected(verbatim: str, corrections: Iterable[Correction]) -> str:
    """The wording without its slips; whatever kind of blank stood between words is one space."""
    wording = joined(verbatim)
    for correction in corrections:
        wording = wording.replace(joined(correction.was), joined(correction.now))
    return wording


def joined(text: str) -> str:
    """The words of a text with one plain space between them: broken lines and no-break spaces do not count."""
    return " ".join(text.split())

"""A quotable unit of the appeal."""

from dataclasses import dataclass
from enum import StrEnum


class Risk(StrEnum):
    NORMAL = "normal"
    HIGH = "high"


@dataclass(frozen=True, slots=True, kw_only=True)
class Excerpt:
    """Verbatim and corrected wording, the month and day on which it is true (None: any), and its risk."""

    id: str
    verbatim: str
    corrected: str
    valid_on: tuple[int, int] | None = None
    risk: Risk = Risk.NORMAL

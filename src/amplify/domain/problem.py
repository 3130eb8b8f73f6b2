"""What is wrong with what was written, said so that a volunteer knows where and what to do."""

from dataclasses import dataclass, replace
from enum import StrEnum


class Severity(StrEnum):
    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A position in a campaign file; line and column count from 1."""

    file: str
    line: int = 1
    column: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """Where a text stands in a file; `line_by_line` says whether its lines are lines of the file."""

    start: Place
    line_by_line: bool = False

    def at(self, line: int) -> Place:
        """Where that line of the text stands, counted from 1; the start, where nobody can tell."""
        return replace(self.start, line=self.start.line + line - 1) if self.line_by_line else self.start


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One finding of `check`. An error holds what it names: a post, a channel, a file, or the campaign.

    `post` without `channel` holds the whole post, both together hold one delivery, `channel` alone
    holds the channel; neither holds everything that comes from `place.file`.
    """

    severity: Severity
    code: str
    message: str
    place: Place
    hint: str = ""
    post: str | None = None
    channel: str | None = None

    @property
    def is_error(self) -> bool:
        return self.severity is Severity.ERROR

    def __str__(self) -> str:
        hint = f" ({self.hint})" if self.hint else ""
        return f"{self.place.file}:{self.place.line}:{self.place.column}: {self.severity}: {self.message}{hint}"

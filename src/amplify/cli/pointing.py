"""A problem as people on a terminal see it: the line that it is about, a caret below it, what is wrong, what to do."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from amplify.cli.screen import styled
from amplify.domain.problem import Place, Problem

if TYPE_CHECKING:
    from rich.console import Console, ConsoleOptions, RenderableType
    from rich.text import Text

#: Lines that may hold a secret, typed there by mistake: never shown.
_NEVER_SHOWN = "config/channels.yaml"
_BEFORE_CARET = 0.6


@dataclass(slots=True)
class Lines:
    """The lines of a campaign's files, as they were read."""

    files: Mapping[str, bytes]
    _split: dict[str, list[str]] = field(default_factory=dict)

    def at(self, place: Place) -> str:
        """The line, fit to be printed, or nothing where it cannot be had."""
        if place.file == _NEVER_SHOWN:
            return ""
        lines = self._split.setdefault(place.file, self._lines(place.file))
        found = lines[place.line - 1] if place.line <= len(lines) else ""
        return "".join(letter if letter.isprintable() else "�" for letter in found)

    def _lines(self, file: str) -> list[str]:
        text = self.files.get(file, b"").decode("utf-8-sig", "replace")
        return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def pointed(problems: Iterable[Problem], lines: Lines) -> Iterator["RenderableType"]:
    """Lines for `show`, with an empty one behind each problem."""
    from amplify.authoring.linting.explained import has_page

    for problem in problems:
        place = problem.place
        yield styled(f"{place.file}:{place.line}:{place.column}", "bold")
        line = lines.at(place)
        if line.strip():
            yield _Source(line, place)
        told = styled(f"{problem.severity}: ", "bold red" if problem.is_error else "yellow")
        told.append(problem.message, style="not bold default")
        yield told
        if problem.hint:
            yield styled(f"→ {problem.hint}", "cyan")
        if has_page(problem.code):
            yield styled(f"`amplify check --explain {problem.code}` says more", "dim")
        yield styled("", "")


@dataclass(frozen=True, slots=True)
class _Source:
    """The line with its number, and the caret; cut around the caret to the width that there is."""

    line: str
    place: Place

    def __rich_console__(self, _: "Console", options: "ConsoleOptions") -> Iterator["Text"]:
        from rich.cells import cell_len
        from rich.text import Text

        gutter = f"{self.place.line} │ "
        before, behind, cut = self.line[: self.place.column - 1], self.line[self.place.column - 1 :], ""
        while cell_len(cut + before) > (options.max_width - len(gutter)) * _BEFORE_CARET:
            before, cut = before[1:], "…"
        shown = Text(gutter, style="dim", no_wrap=True, overflow="ellipsis").append(cut + before + behind, "not dim")
        yield shown
        caret = Text(f"{' ' * (len(gutter) - 2)}│ ", style="dim")
        yield caret.append(f"{' ' * cell_len(cut + before)}^", style="bold not dim red")

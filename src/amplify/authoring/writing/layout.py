"""Where the lines of a table of YAML stand, for changing one of them and no other.

PyYAML tells where a scalar ends, but of lists and tables only where the next thing begins: their end is that of their
last scalar or closing bracket.
"""

from dataclasses import dataclass, field

import yaml


@dataclass(frozen=True, slots=True, kw_only=True)
class Lines:
    """A key with its value: `start` and `end` are those of its whole lines."""

    key: yaml.ScalarNode
    value: yaml.Node
    start: int
    end: int


@dataclass(slots=True)
class Draft:
    """A text and the changes that are to be made to it, all at positions of the text as it was."""

    text: str
    _changes: list[tuple[int, int, str]] = field(default_factory=list)

    @property
    def newline(self) -> str:
        return "\r\n" if "\r\n" in self.text else "\n"

    def change(self, start: int, end: int, new: str) -> None:
        self._changes.append((start, end, new))

    def insert(self, at: int, line: str) -> None:
        """A whole line, behind what was inserted there before."""
        ends = not at or self.text[at - 1] == "\n"
        self.change(at, at, f"{line}{self.newline}" if ends else f"{self.newline}{line}")

    def remove(self, lines: Lines) -> None:
        """Whole lines; a comment behind the last of them stays, on a line of its own."""
        last = self.text[content_end(lines.value, self.text) : lines.end]
        comment = last.strip()
        indent = " " * lines.key.start_mark.column
        self.change(lines.start, lines.end, f"{indent}{comment}{self.newline}" if comment.startswith("#") else "")

    def made(self) -> str:
        text, at = "", 0
        for start, end, new in sorted(self._changes, key=lambda one: one[:2]):
            text += self.text[at:start] + new
            at = end
        return text + self.text[at:]


def lines_of(table: yaml.MappingNode, text: str) -> dict[str, Lines]:
    """The keys of a table that is written in lines."""
    found = {}
    for key, value in table.value:
        end = content_end(value, text)
        newline = text.find("\n", end)
        start = text.rfind("\n", 0, key.start_mark.index) + 1
        found[str(key.value)] = Lines(key=key, value=value, start=start, end=len(text) if newline < 0 else newline + 1)
    return found


def content_end(node: yaml.Node, text: str) -> int:
    """Where a value ends: behind its last sign."""
    if isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
        last = node.value[-1]
        return content_end(last[1] if isinstance(last, tuple) else last, text)
    start, end = node.start_mark.index, node.end_mark.index
    return start + len(text[start:end].rstrip())

"""What the lines of the record say of the rows beside it: a digest of each before and after every write.

So a row that was changed, removed or put in by hand is found, also when somebody has gone on to work with it.
A line may lose its words only where a later line says that they were purged.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TypeAlias

#: Row → its digest before and after a write. Empty: there is no such row. None: what it was before is not said.
Rows: TypeAlias = Mapping[str, tuple[str | None, str]]
#: Under this name a line's content has them, and under these a purge says which lines it has emptied.
ROWS = "rows"
PURGE, LINES = "purge", "lines"


@dataclass(slots=True)
class Witness:
    """Hears the lines in their order. `_left`: row → its digest, and the line that has left it so."""

    _left: dict[str, tuple[str, str]] = field(default_factory=dict)
    _emptied: dict[int, str] = field(default_factory=dict)
    _purged: set[int] = field(default_factory=set)

    def hear(self, name: str, seq: int, event: str, content: str | None) -> str:
        """Empty, or what does not follow from what was said before."""
        if content is None:
            self._emptied[seq] = name
            return ""
        said = json.loads(content)
        if event == PURGE:
            self._purged |= numbers(said.get(LINES, ""))
        for row, (before, after) in said.get(ROWS, {}).items():
            was, left_by = self._left.get(row, ("", ""))
            if before is not None and before != was:
                told = f"it was no longer as {left_by} had left it" if left_by else "no line tells where it came from"
                return f"the {row} was changed before {name}: {told}"
            self._left[row] = (after, name)
        return ""

    def emptied(self) -> str:
        """Empty, or the first line that has lost its words although nobody has purged it."""
        lost = self._emptied.keys() - self._purged
        return f"what {self._emptied[min(lost)]} said was removed, and no line says by whom" if lost else ""

    def disagreement(self, now: Mapping[str, str]) -> str:
        """Empty, or the first row that is not as the record has left it."""
        for row in sorted(self._left.keys() | now.keys()):
            if row not in self._left:
                return f"the {row} was put in: no line of the record tells of it"
            digest, left_by = self._left[row]
            if now.get(row, "") != digest:
                done = "changed" if row in now else "removed"
                return f"the {row} was {done}: it is not as {left_by} has left it"
        return ""


def spans(seqs: Iterable[int]) -> str:
    """`1-3,7`."""
    listed = sorted(seqs)
    starts = [seq for before, seq in pairwise([-1, *listed]) if seq != before + 1]
    ends = [seq for seq, after in pairwise([*listed, -1]) if after != seq + 1]
    return ",".join(
        str(first) if first == last else f"{first}-{last}" for first, last in zip(starts, ends, strict=True)
    )


def numbers(said: str) -> set[int]:
    """What `spans` has written."""
    listed: set[int] = set()
    for span in filter(None, said.split(",")):
        first, _, last = span.partition("-")
        listed |= {*range(int(first), int(last or first) + 1)}
    return listed

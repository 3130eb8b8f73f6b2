"""Threads that can no longer go on as they are written: a part is public, and the rest would not follow from it."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from amplify.domain.delivery import SEALED, Delivery, State
from amplify.domain.key import Key

_PARTS = "part of this thread is public: its parts and their order can no longer change"
_CUT = (
    "part of this thread is public, and its text would be cut elsewhere now: its words and figures can no longer change"
)
_NUMBER = re.compile(r"\d+(?:[\s.,’'–-]?\d+)*")


@dataclass(frozen=True, slots=True, kw_only=True)
class PartNow:
    """A part as it is written now. `cut`: where it begins and ends was worked out, from words and figures."""

    key: Key
    position: int
    text: str | None
    cut: bool


def torn(parts: Iterable[PartNow], known: Sequence[Delivery]) -> Mapping[Key, str]:
    """The keys of such threads, and why."""
    before: dict[Key, list[Delivery]] = {}
    for row in known:
        if row.state is not State.CANCELLED:
            before.setdefault(row.key.thread, []).append(row)
    after: dict[Key, list[PartNow]] = {}
    for part in parts:
        after.setdefault(part.key.thread, []).append(part)
    found = {}
    for thread, rows in before.items():
        public = {row.key: row for row in rows if row.state in SEALED}
        if public and thread in after:
            now = sorted(after[thread], key=lambda part: (part.position, part.key.part))
            if [part.key.part for part in now] != [part for _, part in sorted((r.position, r.key.part) for r in rows)]:
                found[thread] = _PARTS
            elif any(_is_cut_elsewhere(part, public.get(part.key)) for part in now):
                found[thread] = _CUT
    return found


def _is_cut_elsewhere(part: PartNow, public: Delivery | None) -> bool:
    """Whether a part would not say what it says in public; its numbers may have moved."""
    if public is None or part.text is None or not part.cut:
        return False
    return _NUMBER.sub("0", part.text) != _NUMBER.sub("0", public.text)

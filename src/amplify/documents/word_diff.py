"""What changed between two texts, word by word, with a few words around it."""

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

#: How many words to show around a change.
_AROUND = 3


class Fate(StrEnum):
    STAYS = "stays"
    GOES = "goes"
    COMES = "comes"


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """Some words of one of the two texts, on one line."""

    words: str
    fate: Fate


def word_diff(before: str, after: str) -> tuple[Piece, ...]:
    """In reading order; of the words that stay, only those next to a change."""
    old, new = before.split(), after.split()
    return tuple(_pieces(old, new))


def _pieces(old: list[str], new: list[str]) -> Iterator[Piece]:
    matcher = SequenceMatcher(a=old, b=new, autojunk=False)
    for number, (kind, start, end, since, until) in enumerate(matcher.get_opcodes()):
        if kind == "equal":
            yield Piece(words=_shortened(new[since:until], first=number == 0, last=until == len(new)), fate=Fate.STAYS)
            continue
        if end > start:
            yield Piece(words=" ".join(old[start:end]), fate=Fate.GOES)
        if until > since:
            yield Piece(words=" ".join(new[since:until]), fate=Fate.COMES)


def _shortened(words: list[str], *, first: bool, last: bool) -> str:
    behind = [] if first else words[:_AROUND]
    ahead = [] if last else words[-_AROUND:]
    if len(behind) + len(ahead) >= len(words):
        return " ".join(words)
    return " ".join([*behind, "…", *ahead])

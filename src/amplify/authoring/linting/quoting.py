"""Which words of a text are quoted, and how near they come to an excerpt: pure functions on words.

What kind of blank, quotation mark or apostrophe it is does not count, nor the signs at the ends; every word does.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache

from amplify.domain.excerpt import Excerpt

_MARKED = re.compile(r"“([^“”]+)”|„([^„“”]+)[“”]|«([^«»]+)»|\"([^\"\n]+)\"")
_LEFT_OUT = re.compile(r"\s*(?:\[…\]|\[\.\.\.\]|\(…\)|\(\.\.\.\)|…|\.\.\.)\s*")
_MARKS = str.maketrans({"’": "'", "ʼ": "'", "‘": "'", "“": None, "”": None, "„": None, "«": None, "»": None, '"': None})
_SIGNS = frozenset('’ʼ‘“”„«»"')
_EDGES = " .,;:!?–—-"
#: So much of a quotation must be in an excerpt for it to be taken for that excerpt.
_ENOUGH = 0.7


@dataclass(frozen=True, slots=True, kw_only=True)
class Slip:
    """Where a quotation departs from the excerpt that it means."""

    excerpt: str
    written: str
    meant: str


def quotations(text: str, least: int) -> Iterator[str]:
    """What stands in quotation marks, `least` words or more, in pieces where something was left out."""
    for found in _MARKED.finditer(text):
        for piece in _LEFT_OUT.split(next(filter(None, found.groups()))):
            if len(piece.split()) >= least:
                yield piece.strip()


def unquoted(text: str) -> str:
    """The rest of the text."""
    return _MARKED.sub(" ", text)


def is_in(quotation: str, wording: str) -> bool:
    """Whether these very words stand there in a row; at its start a capital more or less does not count."""
    said, whole = plain(quotation), plain(wording)
    turned = said[:1].swapcase() + said[1:]
    return any(f" {words} " in f" {whole} " or _inside(words, whole) for words in (said, turned))


def slip(quotation: str, excerpt: Excerpt) -> Slip | None:
    """The first difference, where the quotation means this excerpt and has not its words."""
    nearest: tuple[int, Slip] | None = None
    for wording in wordings(excerpt):
        common, written, meant = _compared(plain(quotation), plain(wording))
        if common and (nearest is None or common > nearest[0]):
            nearest = (common, Slip(excerpt=excerpt.id, written=written, meant=meant))
    return nearest[1] if nearest is not None else None


@dataclass(frozen=True, slots=True, eq=False)
class Shelf:
    """A campaign's excerpts, known by being these very ones: what is computed of them is computed once."""

    excerpts: Mapping[str, Excerpt]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Shelf) and self.excerpts is other.excerpts

    def __hash__(self) -> int:
        return id(self.excerpts)


@lru_cache(maxsize=4)
def bound(shelf: Shelf) -> tuple[tuple[Excerpt, tuple[str, ...]], ...]:
    """The excerpts that may not stand anywhere at any time, with their words as `plain` has them."""
    found = [one for one in shelf.excerpts.values() if one.valid_on or one.instead]
    return tuple((one, tuple(plain(words) for words in wordings(one))) for one in found)


def wordings(excerpt: Excerpt) -> tuple[str, ...]:
    return (excerpt.verbatim, excerpt.corrected, *excerpt.translations.values())


@lru_cache(maxsize=1024)
def plain(text: str) -> str:
    """The words with one space between them."""
    known = text.translate(_MARKS) if _SIGNS.intersection(text) else text
    return " ".join(known.split()).strip(_EDGES)


def _inside(words: str, whole: str) -> bool:
    """As a stretch that begins and ends with whole words."""
    at = whole.find(words)
    while at >= 0:
        before, behind = whole[at - 1 : at] if at else "", whole[at + len(words) : at + len(words) + 1]
        if not (before.isalnum() or behind.isalnum()):
            return True
        at = whole.find(words, at + 1)
    return False


@lru_cache(maxsize=1024)
def _compared(quotation: str, wording: str) -> tuple[int, str, str]:
    """How many words they have in common (none, where that is too few), and the first that differ."""
    said, whole = quotation.split(), wording.split()
    if len({*said} & {*whole}) < _ENOUGH * len({*said}):
        return 0, "", ""
    matcher = SequenceMatcher(None, said, whole, autojunk=False)
    common = sum(block.size for block in matcher.get_matching_blocks())
    if common < _ENOUGH * len(said):
        return 0, "", ""
    changes = [code for code in matcher.get_opcodes() if code[0] != "equal"]
    inner = [code for code in changes if code[1] != code[2] or 0 < code[1] < len(said)]
    if not inner:
        return 0, "", ""
    _, first, last, start, end = inner[0]
    if first == last or start == end:  # words came or went: with a neighbour, there is something to name
        first, last, start, end = max(first - 1, 0), last + 1, max(start - 1, 0), end + 1
    return common, " ".join(said[first:last]), " ".join(whole[start:end])

"""How Telegram orders the marks of a message, and cuts them where they cross.

Links, tags, names and the like are whole: of two that overlap the first stays. Bold, italic and their kind
are cut at the ends of whole ones, and where another of their kind begins.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

#: Outer before inner where two cover the same stretch; those in between are the whole ones.
_OUTERMOST = ("blockquote", "expandable_blockquote", "pre", "code", "text_link", "text_mention")
_CUT = ("bold", "italic", "underline", "strikethrough", "spoiler")
#: The kinds that a bot may send.
MARKS = frozenset({*_OUTERMOST, *_CUT})
#: They carry more than they show, so they may cover nothing but space.
_HIDING = frozenset({"text_link", "text_mention", "code", "pre"})
_SPACE = " \n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A stretch of the text in code points. `url` of a text_link."""

    type: str
    start: int
    end: int
    url: str = ""


def arranged(marks: Iterable[Mark], text: str) -> list[Mark]:
    """In Telegram's order, cut, and without what covers nothing but space."""
    given = sorted(marks, key=_order)
    whole: list[Mark] = []
    for mark in given:
        if mark.type not in _CUT and (not whole or mark.start >= whole[-1].end):
            whole.append(mark)
    edges = sorted({edge for mark in whole for edge in (mark.start, mark.end)})
    pieces = [solid for piece in _cut([m for m in given if m.type in _CUT], edges) if (solid := _solid(piece, text))]
    return sorted([*whole, *pieces], key=_order)


def merged(marks: Iterable[Mark], found: Iterable[Mark], text: str) -> list[Mark]:
    """With what Telegram has found itself, except where a whole mark was sent."""
    sent = list(marks)
    whole = [mark for mark in sent if mark.type not in _CUT]
    new = [one for one in found if not any(one.start < mark.end and mark.start < one.end for mark in whole)]
    return arranged([*sent, *new], text)


def _cut(marks: list[Mark], edges: list[int]) -> list[Mark]:
    """One kind at a time is joined where it touches itself; a new one cuts all that is open."""
    pieces: list[Mark] = []
    open_ones: dict[str, Mark] = {}

    def flush(at: int) -> None:
        for kind, mark in list(open_ones.items()):
            if mark.start >= at:
                continue
            pieces.append(replace(mark, end=min(mark.end, at)))
            if mark.end <= at:
                del open_ones[kind]
            else:
                open_ones[kind] = replace(mark, start=at)

    left = [*edges, max((mark.end for mark in marks), default=0)]
    for mark in marks:
        while left and left[0] <= mark.start:
            flush(left.pop(0))
        standing = open_ones.get(mark.type)
        if standing is not None and mark.start <= standing.end:
            open_ones[mark.type] = replace(standing, end=max(standing.end, mark.end))
        else:
            flush(mark.start)
            open_ones[mark.type] = mark
    for edge in left:
        flush(edge)
    return pieces


def _solid(mark: Mark, text: str) -> Mark | None:
    """Without the space that it begins with; None where nothing is left."""
    if mark.type in _HIDING:
        return mark
    words = text[mark.start : mark.end]
    start = mark.end - len(words.lstrip(_SPACE))
    return replace(mark, start=start) if start < mark.end else None


def _order(mark: Mark) -> tuple[int, int, int]:
    rank = _OUTERMOST.index(mark.type) if mark.type in _OUTERMOST else len(_OUTERMOST)
    return mark.start, mark.start - mark.end, rank + (_CUT.index(mark.type) + 1 if mark.type in _CUT else 0)

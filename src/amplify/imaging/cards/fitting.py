"""The largest letters with which the words of a card stay within their bounds; nothing is ever clipped."""

from collections.abc import Sequence
from dataclasses import dataclass

from amplify.imaging.cards.design import BODY_BOTTOM, BODY_TOP, FOOT, LEFT, RIGHT, TITLE, Style
from amplify.imaging.cards.lines import broken
from amplify.imaging.cards.typeface import face

#: From the largest letters to the least.
_STEPS = 24
#: What a line of letters has above its baseline, and below it, in sizes.
_ASCENT, _DESCENT = 0.78, 0.24
#: Between the body and the foot, in pixels.
_ABOVE_FOOT = 88
#: Where the last line of title and foot stands.
_TITLE_BASE, _FOOT_BASE = 122, 846


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line as it is drawn; `y` is its baseline."""

    words: str
    size: int
    bold: bool
    y: int


class Overfull(Exception):
    """`letters` is how many of `words` are too many."""

    def __init__(self, words: str, letters: int) -> None:
        super().__init__(words)
        self.words = words
        self.letters = letters


def title_lines(title: str) -> list[Line]:
    """Raises Overfull."""
    return _alone(title, TITLE, _TITLE_BASE) if title else []


def foot_lines(foot: str) -> list[Line]:
    """Raises Overfull."""
    return _alone(foot, FOOT, _FOOT_BASE) if foot else []


def body_lines(blocks: Sequence[tuple[str, Style]], foot: Sequence[Line]) -> list[Line]:
    """In the middle of the room above the foot. Raises Overfull."""
    bottom = min([BODY_BOTTOM, *(round(line.y - line.size * _ASCENT - _ABOVE_FOOT) for line in foot[:1])])
    for step in range(_STEPS, -1, -1):
        if (lines := _set(blocks, step / _STEPS, bottom)) is not None:
            return lines
    longest = max((words for words, _ in blocks), key=len)
    raise Overfull(longest, _too_many(longest, blocks, bottom))


def _alone(words: str, style: Style, last: int) -> list[Line]:
    """On as few lines as will do; the last one stands at `last`. Raises Overfull."""
    for most in range(1, style.lines + 1):
        for size in range(style.most, style.least - 1, -1):
            lines = broken(words, face(bold=style.bold), size, RIGHT - LEFT)
            if lines is not None and len(lines) <= most:
                step = round(size * style.leading)
                bases = range(last - step * (len(lines) - 1), last + 1, step)
                return [Line(words=line, size=size, bold=style.bold, y=y) for line, y in zip(lines, bases, strict=True)]
    fits = next((length for length in range(len(words), 0, -1) if _fits(words[:length], style)), 0)
    raise Overfull(words, len(words) - fits)


def _fits(words: str, style: Style) -> bool:
    lines = broken(words, face(bold=style.bold), style.least, RIGHT - LEFT)
    return lines is not None and len(lines) <= style.lines


def _set(blocks: Sequence[tuple[str, Style]], share: float, bottom: int) -> list[Line] | None:
    """The lines at this share between least and largest letters, or None where they do not fit."""
    y, lines = 0.0, list[Line]()
    for words, style in blocks:
        size = round(style.least + (style.most - style.least) * share)
        parts = broken(words, face(bold=style.bold), size, RIGHT - LEFT)
        if parts is None or len(parts) > style.lines:
            return None
        y += style.gap * size if lines else 0.0
        for number, part in enumerate(parts):
            y += size * (style.leading if number else _ASCENT)
            lines.append(Line(words=part, size=size, bold=style.bold, y=round(y)))
        y += size * _DESCENT
    room = bottom - BODY_TOP
    return [_moved(line, BODY_TOP + round((room - y) / 2)) for line in lines] if y <= room else None


def _moved(line: Line, by: int) -> Line:
    return Line(words=line.words, size=line.size, bold=line.bold, y=line.y + by)


def _too_many(longest: str, blocks: Sequence[tuple[str, Style]], bottom: int) -> int:
    def fits(length: int) -> bool:
        cut = [(words[:length] if words == longest else words, style) for words, style in blocks]
        return _set([(words, style) for words, style in cut if words], 0.0, bottom) is not None

    room = next((length for length in range(len(longest) - 1, 0, -1) if fits(length)), 0)
    return len(longest) - room

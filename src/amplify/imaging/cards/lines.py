"""Words broken into lines: where a line may end, and in how many lines of even length a text stands best."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from amplify.imaging.cards.typeface import Face

_NO_BREAK_SPACE = "\u00a0"
#: A word of one letter stays with the next one, a number with its word, a dash with the one before it.
_CLINGING = re.compile(r"(?<![^\s«„“(])([^\W\d_]) (?=\S)")
_DASH = re.compile(r" (?=[—–](?:\s|$))")
#: A compound may be parted behind its own hyphen, where four letters stand on both sides.
_PIECE = re.compile(r"\S*?\w{4}-(?=\w{4})|\S+")
_STEPS = 16


def bound(text: str) -> str:
    """The text with spaces that do not break where no line should end."""
    return _DASH.sub(_NO_BREAK_SPACE, _CLINGING.sub(rf"\1{_NO_BREAK_SPACE}", text))


def broken(text: str, face: Face, size: int, width: float) -> list[str] | None:
    """As few lines as will do, of lengths as even as may be; None where a word is wider than a line."""
    lines: list[str] = []
    measure = width / size
    for paragraph in text.split("\n"):
        pieces = _pieces(paragraph, face)
        if any(piece.width > measure for piece in pieces):
            return None
        lines += _even(pieces, measure)
    return lines


@dataclass(frozen=True, slots=True)
class _Piece:
    """What stays on one line, with the space behind it, if any; `width` is without it, both for letters of size one."""

    words: str
    width: float
    whole: float


@lru_cache(maxsize=256)
def _pieces(paragraph: str, face: Face) -> tuple[_Piece, ...]:
    """Words, and parts of compounds."""
    said: list[str] = []
    for word in bound(paragraph).split(" "):
        *parts, last = _PIECE.findall(word.replace(_NO_BREAK_SPACE, "\0")) or [word]
        said += [*parts, f"{last} "]
    plain = [words.replace("\0", _NO_BREAK_SPACE) for words in said]
    return tuple(_Piece(words, face.width(words.rstrip(" "), 1), face.width(words, 1)) for words in plain)


def _even(pieces: Sequence[_Piece], measure: float) -> list[str]:
    """The narrowest lines that are no more than those of the full width."""
    best = _filled(pieces, measure)
    narrow, wide = max(piece.width for piece in pieces), measure
    for _ in range(_STEPS if len(best) > 1 else 0):
        middle = (narrow + wide) / 2
        lines = _filled(pieces, middle)
        if len(lines) == len(best):
            best, wide = lines, middle
        else:
            narrow = middle
    return best


def _filled(pieces: Sequence[_Piece], measure: float) -> list[str]:
    lines, line, so_far = list[str](), "", 0.0
    for piece in pieces:
        if line and so_far + piece.width > measure:
            lines.append(line.rstrip(" "))
            line, so_far = "", 0.0
        line += piece.words
        so_far += piece.whole
    return [*lines, line.rstrip(" ")]

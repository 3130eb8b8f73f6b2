"""What Telegram takes out of a text before it keeps it: control characters, some marks, space around it."""

import re
from collections.abc import Iterable
from dataclasses import replace
from itertools import accumulate

from amplify.testing.telegram.arranging import Mark

#: Line and paragraph separators, directions, and three accents that would cover the line above.
_GONE = frozenset("\r\u2028\u2029\u202a\u202b\u202c\u202d\u202e\u0333\u033f\u030a")
_TURNS = re.compile("[\u200e\u200f]+(?=[\u200e\u200f])")
_SPACE = " \n"


def cleaned(text: str, marks: Iterable[Mark]) -> tuple[str, list[Mark]]:
    """The text with only what may stay, and the marks where they are now."""
    kept = list(accumulate((sign not in _GONE for sign in text), initial=0))
    words = "".join(" " if sign < " " and sign != "\n" else sign for sign in text if sign not in _GONE)
    words = _TURNS.sub(lambda found: "\u200c" * len(found[0]), words)
    moved = (replace(mark, start=kept[mark.start], end=kept[mark.end]) for mark in marks)
    return words, [mark for mark in moved if mark.start < mark.end]


def trimmed(text: str, marks: list[Mark]) -> tuple[str, list[Mark]]:
    """Without space at the end, and at the beginning up to the first mark."""
    end = len(text.rstrip(_SPACE))
    marks = [replace(mark, end=min(mark.end, end)) for mark in marks if mark.start < end]
    first = min((mark.start for mark in marks), default=end)
    start = min(end - len(text[:end].lstrip(_SPACE)), first)
    return text[start:end], [replace(mark, start=mark.start - start, end=mark.end - start) for mark in marks]

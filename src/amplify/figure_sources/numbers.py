"""A number on somebody else's page: without a declared notation, a separator is never guessed (G1 of docs/figures.md)."""

import re

from amplify.domain.recipe import Unusable

_BLANKS = " \u00a0\u202f\u2009"
_SEPARATED = re.compile(r"\d{1,3}([.,'’\s])\d{3}(?:\1\d{3})*")


def whole_number(written: str, group: str = "") -> int:
    """`written` as a count, its thousands marked with `group` (empty: not marked at all). Raises Unusable."""
    word = written.strip()
    marks = _BLANKS if group in _BLANKS and group else group
    if marks and re.fullmatch(rf"\d{{1,3}}(?:[{re.escape(marks)}]\d{{3}})+", word):
        return int(re.sub(r"\D", "", word))
    if re.fullmatch(r"[0-9]{1,12}", word):
        return int(word)
    if _SEPARATED.fullmatch(word):
        digits = re.sub(r"\D", "", word)
        other = re.sub(r"[,'’\s]", ".", word)
        raise Unusable(
            f"“{word}” can be read as {digits} or as {other}: look at the page, and write how it marks thousands "
            '(`thousands: "."`) into the recipe'
        )
    if re.fullmatch(r"\d+[.,]\d+", word):
        raise Unusable(f"“{word}” is a fraction, and people and cases are counted whole")
    raise Unusable(f"“{word[:40]}” is not a number")

"""Whole numbers as people and pages write them. What can be read in two ways is refused, with both readings.

“4.649” is four thousand in Vienna and four and a half in London: no library may guess.
"""

import re

_DIGITS = re.compile(r"\d{1,15}")
_GROUPED = re.compile(r"\d{1,3}(?:(?P<mark>[.,'’\s_\u00a0\u202f])\d{3})+")
#: What leads from a number to a footnote.
_NOTES = re.compile(r"(?<=\d)\s?(?P<mark>[*†‡]+|[\u00b9\u00b2\u00b3])$")
_RANGE = re.compile(r"(?P<low>\d[\d.,'’\s]*?)\s?[–—-]\s?(?P<high>\d[\d.,'’\s]*)")


class NotACount(ValueError):
    """The message says how it can be read, the hint what to write."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.hint = hint


def whole_number(text: str) -> int:
    """Digits only. Raises NotACount."""
    word = text.strip()
    if _DIGITS.fullmatch(word):
        return int(word)
    noted = _NOTES.search(word)
    bare = word[: noted.start()] if noted else word
    note = f"; the `{noted['mark']}` leads to a footnote: read it, it says what the number means" if noted else ""
    if grouped := _GROUPED.fullmatch(bare):
        digits = re.sub(r"\D", "", bare)
        parts = " and ".join(re.split(r"\D", bare))
        fraction = f"{bare.replace(',', '.')} (a fraction)"
        other = fraction if grouped["mark"] in ".," else f"several numbers ({parts})"
        hint = f"write the digits only: `{digits}`{note}"
        raise NotACount(f"“{word}” can be read as {digits} or as {other}", hint)
    if noted and _DIGITS.fullmatch(bare):
        raise NotACount(f"“{word}” is not a number by itself", f"write the digits only, `{bare}`{note}")
    if ends := _RANGE.fullmatch(bare):
        told = f"“{word}” is two numbers: from {ends['low']} to {ends['high']}"
        raise NotACount(told, "write a range, `range: {low: 143600, high: 171900}`, digits only")
    if re.fullmatch(r"[\d\s.,]+", bare):
        raise NotACount(f"“{word}” is not a whole number", f"people and cases are counted whole{note}")
    raise NotACount(f"“{word}” is not a number", "write digits only, such as `1496`")

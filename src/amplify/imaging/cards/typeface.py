"""The typeface of the cards: how wide its letters are, and where its files lie.

It is our own, from a package, and never one that a machine happens to have: PT Serif, made for every language that is
written in Cyrillic or Latin letters between Minsk and Vladivostok. Kerning is not counted: it makes lines shorter only.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

FAMILY = "PT Serif"
_THOUSAND = 1000
_PACKAGE = "fontpkg_pt_serif"
_FILES: Mapping[bool, str] = {False: "PT_Serif-Web-Regular.ttf", True: "PT_Serif-Web-Bold.ttf"}


@dataclass(frozen=True, slots=True, eq=False)
class Face:
    """One cut of the typeface, by letter in thousandths of the size: the width, and how far from its left the ink begins."""

    widths: Mapping[str, float]
    bearings: Mapping[str, float]

    def width(self, text: str, size: int) -> float:
        """In pixels. Raises KeyError for a letter that it does not have."""
        return sum(map(self.widths.__getitem__, text)) * size / _THOUSAND

    def bearing(self, letter: str, size: int) -> float:
        """In pixels."""
        return self.bearings[letter] * size / _THOUSAND


def lacking(text: str) -> str:
    """The first letter of a text that the typeface does not have, or nothing."""
    known = face(bold=False).widths, face(bold=True).widths
    return next((letter for letter in text if any(letter not in widths for widths in known)), "")


@lru_cache(maxsize=2)
def face(*, bold: bool) -> Face:
    from fontTools.ttLib import TTFont

    with resources.as_file(_file(bold=bold)) as path, TTFont(path, lazy=True) as font:
        per_em, metrics, letters = font["head"].unitsPerEm, font["hmtx"].metrics, font.getBestCmap()
        return Face(
            {chr(code): metrics[glyph][0] * _THOUSAND / per_em for code, glyph in letters.items()},
            {chr(code): metrics[glyph][1] * _THOUSAND / per_em for code, glyph in letters.items()},
        )


@lru_cache(maxsize=1)
def files() -> list[str]:
    """The paths of its files."""
    return [str(_file(bold=bold)) for bold in _FILES]


def _file(*, bold: bool) -> resources.abc.Traversable:
    return resources.files(_PACKAGE) / "files" / _FILES[bold]

"""How a card of each kind looks: its blocks from above to below, their sizes, and its colours.

Every card is 1600 by 900 pixels, 16 to 9: the one shape that each of the networks shows whole, in feeds as in previews. The
least sizes can still be read where a phone shows the card 360 points wide. No colours of a flag: who lives in Belarus can
be punished for those on a phone. Light for what is said and announced, dark for what is counted.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from amplify.domain.card import Card, CardKind

WIDTH, HEIGHT = 1600, 900
LEFT, RIGHT = 128, 1472
#: The words between title and foot stay within these.
BODY_TOP, BODY_BOTTOM = 196, 800


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """The size of a block's letters in pixels, at most and at least; `gap` stands above it, in sizes."""

    most: int
    least: int
    bold: bool = False
    leading: float = 1.3
    gap: float = 0.0
    lines: int = 99


@dataclass(frozen=True, slots=True, kw_only=True)
class Colours:
    ground: str
    words: str
    quiet: str
    accent: str


TITLE = Style(most=46, least=36, lines=1)
FOOT = Style(most=44, least=36, lines=2)
_LABEL = Style(most=64, least=44, lines=3)
_BEFORE = Style(most=60, least=44, gap=0.7, lines=1)
_BELOW = Style(most=68, least=44, gap=0.45, lines=4)
_MAIN: Mapping[CardKind, Style] = MappingProxyType(
    {
        CardKind.QUOTE: Style(most=92, least=44, leading=1.34),
        CardKind.FIGURE: Style(most=250, least=110, bold=True, leading=1.12, gap=0.1, lines=1),
        CardKind.COUNTDOWN: Style(most=330, least=200, bold=True, leading=1.06, lines=1),
        CardKind.EVENT: Style(most=120, least=64, bold=True, leading=1.2, lines=3),
    }
)
_LIGHT = Colours(ground="#f7f5f0", words="#1d2229", quiet="#4a515b", accent="#a5631a")
_DARK = Colours(ground="#1d2229", words="#f7f5f0", quiet="#c9ced6", accent="#d9a04a")


def colours(kind: CardKind) -> Colours:
    return _LIGHT if kind in (CardKind.QUOTE, CardKind.EVENT) else _DARK


def blocks(card: Card) -> list[tuple[str, Style]]:
    """The words between title and foot, each with its style; those that the card has."""
    all_of_them = [(card.label, _LABEL), (card.before, _BEFORE), (card.main, _MAIN[card.kind]), (card.below, _BELOW)]
    return [(words, style) for words, style in all_of_them if words]

"""A card as SVG: plain lines of text at fixed places, so that nothing about it is left to whoever prints it."""

from collections.abc import Iterator
from dataclasses import replace
from html import escape

from amplify.domain.card import Card, CardKind
from amplify.imaging.cards.design import HEIGHT, LEFT, RIGHT, WIDTH, blocks, colours
from amplify.imaging.cards.fitting import Line, Overfull, body_lines, foot_lines, title_lines
from amplify.imaging.cards.typeface import FAMILY, face, lacking
from amplify.ports.card_press import UnfitCard

#: They hang into the margin, so that the letters behind them stand in line.
_HANGING = "“„«»‘‚"
_WHAT = {
    CardKind.QUOTE: ("quotation", "quote a shorter excerpt, or leave the card out in this language"),
    CardKind.FIGURE: ("figure", "shorten its label or the name of its source"),
    CardKind.COUNTDOWN: ("countdown", "shorten `title` in config/campaign.yaml"),
    CardKind.EVENT: ("event", "shorten what is said of it in config/events.yaml"),
}


def drawn(card: Card) -> str:
    """Raises UnfitCard."""
    what, hint = _WHAT[card.kind]
    card = _with_plain_spaces(card)
    for words in _words(card):
        if letter := lacking(words.replace("\n", " ")):
            told = f"the letters of the cards have no “{letter}”"
            raise UnfitCard(told, code="card-letter", hint="write it otherwise, or leave the card out")
    try:
        foot = foot_lines(card.foot)
        title, body = title_lines(card.title), body_lines(blocks(card), foot)
    except Overfull as full:
        said = f"this {what} does not fit on a card: “{_short(full.words)}” is {full.letters} letters too long"
        raise UnfitCard(said, code="card-too-long", hint=hint) from None
    return "\n".join(_elements(card, title, body, foot))


def _elements(card: Card, title: list[Line], body: list[Line], foot: list[Line]) -> Iterator[str]:
    chosen = colours(card.kind)
    yield (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}" viewBox="0 0 {WIDTH} {HEIGHT}"'
        f' xml:lang="{escape(card.language)}">'
    )
    yield f'<rect width="{WIDTH}" height="{HEIGHT}" fill="{chosen.ground}"/>'
    yield f'<rect width="20" height="{HEIGHT}" fill="{chosen.accent}"/>'
    if title:
        yield f'<rect x="{LEFT}" y="150" width="96" height="5" fill="{chosen.accent}"/>'
    yield from (_line(line, chosen.quiet) for line in title)
    yield from (_line(line, chosen.words) for line in body)
    if foot:
        above = round(foot[0].y - foot[0].size * 1.32)
        yield f'<rect x="{LEFT}" y="{above}" width="{RIGHT - LEFT}" height="2" fill="{chosen.accent}"/>'
    yield from (_line(line, chosen.quiet) for line in foot)
    yield "</svg>"


def _line(line: Line, fill: str) -> str:
    weight = ' font-weight="bold"' if line.bold else ""
    first, cut = line.words[0], face(bold=line.bold)
    hung = cut.width(first, line.size) if first in _HANGING else cut.bearing(first, line.size)
    return (
        f'<text x="{LEFT - round(hung)}" y="{line.y}" font-family="{FAMILY}" font-size="{line.size}"{weight}'
        f' fill="{fill}" xml:space="preserve">{escape(line.words, quote=False)}</text>'
    )


def _words(card: Card) -> tuple[str, ...]:
    return card.title, card.label, card.before, card.main, card.below, card.foot


def _with_plain_spaces(card: Card) -> Card:
    """A narrow space that does not break (2027 г.) as the one that every typeface has."""
    title, label, before, main, below, foot = (words.replace("\u202f", "\u00a0") for words in _words(card))
    return replace(card, title=title, label=label, before=before, main=main, below=below, foot=foot)


def _short(words: str) -> str:
    most = 40
    return words if len(words) <= most else f"{words[:most].rstrip()}…"

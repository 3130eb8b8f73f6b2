"""The pictures of docs/cards.md, made by amplify itself of the project's campaign: run this file to draw them anew."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from shutil import copytree
from tempfile import TemporaryDirectory

from PIL import Image

from amplify.bootstrap import open_app
from amplify.domain.card import Card
from amplify.imaging.cards.design import HEIGHT, WIDTH
from amplify.imaging.cards.press import ResvgCardPress
from docs.pages import ROOT

FOLDER = ROOT / "docs" / "cards"
#: An event of nobody, and one post for each kind of card.
EVENT = """\
lamps:
  city: {en: Vienna, de: Wien, be: Вена, ru: Вена}
  what: {en: Evening of letters, de: Briefabend, be: Вечар лістоў, ru: Вечер писем}
  place: {en: Old pier, de: Alte Mole, be: Стары прычал, ru: Старый причал}
  at: 2027-05-21 18:00
  zone: Europe/Vienna
  source: {name: Lamp Office}
"""
POST = """\
- id: shown-{kind}
  kind: {post}
  at: {at}
  channels: [mastodon]
  again: true
  card: {card}
  text:
    en: {text}
    de: {text}
    be: {text}
    ru: {text}
"""
POSTS = [
    {"kind": "quote", "post": "quote", "at": "D-8 12:00", "card": "quote", "text": '"{{ excerpt.E09 }}"'},
    {"kind": "figure", "post": "figure", "at": "D-8 14:00", "card": "{figure: political_prisoners}", "text": "shown"},
    {"kind": "countdown", "post": "countdown", "at": "D-14 12:00", "card": "countdown", "text": "shown"},
    {"kind": "event", "post": "event", "at": "D-8 16:00", "card": "{event: lamps}", "text": "shown"},
]


def cards(folder: Path) -> Iterator[Card]:
    """One of each kind in each language, from a copy of the campaign in `folder`."""
    for room in ("config", "posts"):
        copytree(ROOT / room, folder / room)
    (folder / "config" / "events.yaml").write_text(EVENT, encoding="utf-8")
    for old in (folder / "posts").glob("*.yaml"):
        old.unlink()
    (folder / "posts" / "shown.yaml").write_text("".join(POST.format(**one) for one in POSTS), encoding="utf-8")
    app = open_app(folder, environ={})
    written = app.written
    for wanted in app.workshop.wanted(written):
        typeset = app.author.typeset(
            written, wanted.post, wanted.part, wanted.channel, wanted.values, wanted.days_left, wanted.event
        )
        if typeset.card is not None:
            yield typeset.card
    app.close()


def reduced(card: Card) -> Image.Image:
    """The card as it stands on the page: half as wide, in few colours."""
    press = ResvgCardPress()
    with Image.open(BytesIO(press.print(press.draw(card)))) as whole:
        return whole.convert("RGB").resize((WIDTH // 2, HEIGHT // 2)).quantize(32)


def named(card: Card) -> str:
    return f"{card.kind}-{card.language}.png"


if __name__ == "__main__":
    with TemporaryDirectory() as folder:
        for card in cards(Path(folder)):
            reduced(card).save(FOLDER / named(card), optimize=True)

"""docs/cards.md shows the cards as they are drawn now."""

import re
from pathlib import Path

from PIL import Image, ImageChops, ImageStat

from docs.cards import FOLDER, cards, named, reduced
from docs.pages import ROOT

#: Of 255: nothing that anybody could see.
_NOTHING = 1.0


def test_the_pictures_of_the_page_are_what_is_drawn(tmp_path: Path) -> None:
    drawn = {named(card): reduced(card) for card in cards(tmp_path)}
    assert sorted(drawn) == sorted(path.name for path in FOLDER.iterdir())
    for name, now in drawn.items():
        with Image.open(FOLDER / name) as shown:
            apart = ImageChops.difference(shown.convert("RGB"), now.convert("RGB"))
        assert max(ImageStat.Stat(apart).mean) < _NOTHING, f"{name}: `make cards` draws it anew"


def test_every_picture_is_on_the_page_and_none_else() -> None:
    page = (ROOT / "docs" / "cards.md").read_text(encoding="utf-8")
    assert sorted(re.findall(r"\(cards/([\w-]+\.png)\)", page)) == sorted(path.name for path in FOLDER.iterdir())

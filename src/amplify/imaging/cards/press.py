"""`ports.card_press.CardPress` with resvg: no letter comes from the machine that it runs on."""

from amplify.domain.card import Card
from amplify.imaging.cards.drawing import drawn
from amplify.imaging.cards.typeface import FAMILY, files


class ResvgCardPress:
    def draw(self, card: Card) -> bytes:
        """Raises UnfitCard."""
        return drawn(card).encode()

    def print(self, drawing: bytes) -> bytes:
        from resvg_py import svg_to_bytes

        return svg_to_bytes(svg_string=drawing.decode(), skip_system_fonts=True, font_files=files(), font_family=FAMILY)

"""What draws cards, and makes pictures of the drawings."""

from typing import Protocol

from amplify.domain.card import Card


class UnfitCard(Exception):
    """Words that no card has room for, or letters that cannot be drawn. The message is for people."""

    def __init__(self, message: str, *, code: str, hint: str) -> None:
        super().__init__(message)
        self.code = code
        self.hint = hint


class CardPress(Protocol):
    def draw(self, card: Card) -> bytes:
        """The drawing: the same bytes for the same card, on every machine. Takes moments. Raises UnfitCard."""
        ...

    def print(self, drawing: bytes) -> bytes:
        """The drawing as a PNG picture. Takes a while: not for an event loop."""
        ...

"""Cards: pictures that are drawn from the campaign's own data, in words of one language.

What a post wants is a wish; what stands on the picture is the card. Nothing else of it is ever stored: the same card
is the same drawing, on any machine.
"""

import json
from dataclasses import astuple, dataclass
from enum import StrEnum
from hashlib import sha256

from amplify.domain.problem import Place

#: How the path of a card begins, where other pictures have that of their file.
DRAWN = "card:"


class CardKind(StrEnum):
    QUOTE = "quote"
    FIGURE = "figure"
    COUNTDOWN = "countdown"
    EVENT = "event"


@dataclass(frozen=True, slots=True, kw_only=True)
class CardWish:
    """`name` is the excerpt, figure or event that is meant; empty for the one that the text is about."""

    kind: CardKind
    name: str = ""
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """The words of a card, from above to below; only `main` is on every one. `alt` says all of them."""

    kind: CardKind
    language: str
    title: str = ""
    label: str = ""
    before: str = ""
    main: str
    below: str = ""
    foot: str = ""
    alt: str

    @property
    def digest(self) -> str:
        """Of its words, in whatever way they are drawn (sha-256, hex)."""
        return sha256(json.dumps(astuple(self), ensure_ascii=False).encode()).hexdigest()

    @property
    def path(self) -> str:
        """What stands for the name of a file."""
        return f"{DRAWN}{self.kind}"

"""`card: quote`, or `card: {figure: political_prisoners}`: what a post says of a picture that is drawn for it."""

import re
from typing import Annotated, NamedTuple

from amplify.authoring.nearest import nearest
from amplify.authoring.reading import values
from amplify.authoring.reading.seen import seen
from amplify.authoring.reading.values import wrong
from amplify.domain.card import CardKind

_NAME = "[A-Za-z][A-Za-z0-9_]*"
_NAMED = {
    "quote": "The excerpt of config/excerpts.yaml that the card shows.",
    "figure": "The figure of config/figures.yaml that the card shows.",
    "event": "The event of config/events.yaml that the card shows.",
}


class WrittenCard(NamedTuple):
    """The kind, and what is named; nothing is where the text tells."""

    kind: CardKind
    name: str = ""


@seen(
    anyOf=[
        {"type": "string", "enum": [str(kind) for kind in CardKind]},
        {
            "type": "object",
            "properties": {
                kind: {"type": "string", "pattern": f"^{_NAME}$", "title": told} for kind, told in _NAMED.items()
            },
            "additionalProperties": False,
            "minProperties": 1,
            "maxProperties": 1,
        },
    ],
    examples=["quote", {"figure": "political_prisoners"}],
)
def card(value: object) -> WrittenCard:
    if not isinstance(value, dict):
        return WrittenCard(_kind(values.text(value)))
    if len(value) != 1:
        hint = "write one line, such as `card: {quote: E09}`"
        raise wrong("not-a-card", f"a post has one card, and here are {len(value)}", hint)
    ((said, named),) = value.items()
    kind, name = _kind(values.text(said)), values.text(named)
    if kind is CardKind.COUNTDOWN:
        raise wrong(
            "not-a-card", "a countdown counts to the campaign's day and to nothing else", "write `card: countdown`"
        )
    if not re.fullmatch(_NAME, name):
        raise wrong("not-a-card", f"“{name}” is not the name of a {kind}", f"write `card: {kind}`, or its name")
    return WrittenCard(kind, name)


AnyCard = Annotated[WrittenCard, card]


def _kind(said: str) -> CardKind:
    if said not in set(CardKind):
        hint = nearest(said, CardKind)
        raise wrong("not-a-card", f"“{said}” is not a kind of card", hint)
    return CardKind(said)

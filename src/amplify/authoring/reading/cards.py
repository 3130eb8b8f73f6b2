"""Cards as written: one picture beside one text, and nothing that they would have to be drawn twice for."""

from collections.abc import Iterator

from amplify.authoring.reading.findings import error
from amplify.authoring.reading.nodes import Node, key_place
from amplify.authoring.reading.post_schema import PostEntry
from amplify.authoring.reading.world import World
from amplify.domain.problem import Problem

_EITHER = "keep one of them; a thread may have the card in one part and the pictures in another"


def card_problems(entry: PostEntry, node: Node, world: World) -> Iterator[Problem]:  # noqa: ARG001  checks are called alike
    if entry.card is not None:
        at = key_place(node, "card")
        if entry.thread:
            yield error("contradiction", "the cards of a thread belong to its parts", at, "move `card` below a part")
        if entry.media:
            yield error("contradiction", "a post has a card or `media`, not both", at, _EITHER)
        if entry.split:
            told = "`split` makes several posts of one text, and does not go with `card`"
            yield error("contradiction", told, at, "write a `thread:`, with the card in one of its parts")
    for number, part in enumerate(entry.thread):
        if part.card is not None and part.media:
            told = "a part has a card or `media`, not both"
            yield error("contradiction", told, key_place(node, "thread", number, "card"), _EITHER)

"""Threads that are one message on a network: what of that cannot be."""

from collections.abc import Iterator, Mapping

from amplify.authoring.reading.findings import error
from amplify.authoring.reading.nodes import Node, follow, key_place
from amplify.authoring.reading.post_schema import PostEntry, VariantEntry
from amplify.authoring.reading.world import World
from amplify.domain.joining import JOINED
from amplify.domain.problem import Problem


def joining_problems(entry: PostEntry, node: Node, _: World) -> Iterator[Problem]:
    asked = _names(entry.on)
    for name in asked if not entry.thread else ():
        told = f"`{JOINED}` makes one message of a thread, and this post is none"
        yield error("contradiction", told, key_place(node, "on", name, JOINED), f"remove `{JOINED}`")
    for number, part in enumerate(entry.thread):
        for name in _names(part.on):
            place = key_place(follow(node, ("thread", number)), "on", name, JOINED)
            hint = "write it below the `on:` of the post"
            yield error("contradiction", f"`{JOINED}` is about the whole thread, not about one part", place, hint)
    cards = [part for part in entry.thread if part.card is not None]
    if asked and len(cards) > 1:
        told = f"one message has one card, and {len(cards)} parts of this thread have one"
        yield error("contradiction", told, key_place(node, "on", asked[0], JOINED), "keep one of the cards")


def _names(written: Mapping[str, VariantEntry]) -> list[str]:
    return [name for name, variant in written.items() if JOINED in (variant.model_extra or {})]

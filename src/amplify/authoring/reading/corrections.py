"""What a post may do to another one: correct, quote or boost it, one of the three; what it says of itself then."""

from collections.abc import Iterator

from amplify.authoring.reading.findings import error
from amplify.authoring.reading.nodes import Node, key_place
from amplify.authoring.reading.post_schema import PostEntry
from amplify.authoring.reading.world import World
from amplify.domain.post import Kind
from amplify.domain.problem import Problem

#: In an `on:` block: whether the correction answers what was wrong, or edits it.
_HOW = "as"
#: What is shown again is shown as it is.
_WORDS = ("text", "template", "thread", "link", "tags", "media", "poll", "card", "pin", "numbered", "split")


def kind_problems(entry: PostEntry, node: Node, _: World) -> Iterator[Problem]:
    """Only a single post of kind correction corrects something, and only what corrects something says how."""
    if not entry.corrects:
        for where, variant in entry.on.items():
            if _HOW in (variant.__pydantic_extra__ or {}):
                told = f"`{_HOW}` says how a correction is made, and this post corrects nothing"
                hint = f"remove `{_HOW}`, or write `corrects: …`"
                yield error("contradiction", told, key_place(node, "on", where, _HOW), hint)
        return
    if entry.kind is not Kind.CORRECTION:
        told = f"a post of kind {entry.kind} cannot correct another one"
        yield error(
            "contradiction", told, key_place(node, "corrects"), "write `kind: correction`, or remove `corrects`"
        )
    if entry.thread:
        told = "a correction is one post, so that it can answer the one that was wrong"
        yield error("contradiction", told, key_place(node, "thread"), "write `text`, or remove `corrects`")


def naming_problems(entry: PostEntry, node: Node, _: World) -> Iterator[Problem]:
    """A post does one thing to one other post, and what is boosted has its own words already."""
    does = [key for key in ("corrects", "quotes", "boosts") if getattr(entry, key)]
    if len(does) > 1:
        told = f"`{does[0]}` and `{does[1]}` do not go together"
        yield error("contradiction", told, key_place(node, does[1]), "keep one of them")
    if not entry.boosts:
        return
    for key in _WORDS:
        if getattr(entry, key):
            told = f"`boosts` shows a post again as it is, and does not go with `{key}`"
            hint = f"remove `{key}`, or write `quotes: {entry.boosts}` to say something of your own"
            yield error("contradiction", told, key_place(node, key), hint)
    for where, variant in entry.on.items():
        if variant.text:
            told = "`boosts` shows a post again as it is, and does not go with a text"
            yield error("contradiction", told, key_place(node, "on", where, "text"), "remove that text")

"""Whether a post has words for every channel that it goes to. There is no silent fallback to another language."""

from collections.abc import Iterator

from amplify.authoring.nearest import nearest
from amplify.authoring.reading.findings import error, on_channel
from amplify.authoring.reading.nodes import Node, key_place, place_of
from amplify.authoring.reading.post_schema import BeforeEntry, PostEntry
from amplify.authoring.reading.selection import chosen
from amplify.authoring.reading.times import WrittenTimes
from amplify.authoring.reading.world import World
from amplify.authoring.template_names import named_for, names_in
from amplify.domain.channel import Channel
from amplify.domain.problem import Place, Problem

_WAYS = ("text", "template", "thread")


def text_problems(entry: PostEntry, node: Node, world: World) -> Iterator[Problem]:
    """What leaves the post without words on every channel, or with too many."""
    if entry.boosts:
        return
    ways = [way for way in _WAYS if way in entry.model_fields_set]
    if not ways and not any(variant.text for variant in entry.on.values()):
        hint = "write `text:` and the words for each language below it, or `template: …`"
        yield error("missing-key", "`text` is missing: there is nothing to say", node.place, hint)
        return
    if len(ways) > 1:
        told = f"`{ways[0]}` and `{ways[1]}` do not go together"
        yield error("contradiction", told, key_place(node, ways[1]), "keep one of them")
        return
    if entry.template and not names_in(world.templates, entry.template):
        told = f"there is no posts/templates/{entry.template}.j2"
        known = {name.removesuffix(".j2").split(".")[0] for name in world.templates}
        yield error(
            "unknown-template",
            told,
            place_of(node, "template"),
            nearest(entry.template, known) or "write that file, or `text:` here",
        )
        return
    yield from _parts(entry, node)


def language_problems(entry: PostEntry, node: Node, world: World) -> Iterator[Problem]:
    """What a channel needs in its language and the post lacks: each holds that channel only."""
    if any(True for _ in text_problems(entry, node, world)):
        return
    for name in chosen(entry, world):
        channel = world.channels[name]
        if not entry.draft and channel.language not in entry.drafts:
            yield from (on_channel(problem, name) for problem in _missing(entry, node, world, channel))


def _parts(entry: PostEntry, node: Node) -> Iterator[Problem]:
    seen: set[str] = set()
    for number, part in enumerate(entry.thread):
        if part.id in seen:
            told = f"two parts of this thread are called `{part.id}`"
            yield error("duplicate-part", told, place_of(node, "thread", number, "id"), "give each its own name")
        seen.add(part.id)
    if "thread" in entry.model_fields_set and not entry.thread:
        yield error(
            "missing-key", "this thread has no parts", key_place(node, "thread"), "write `- id: …` and `text:` for each"
        )
    if entry.thread and any(variant.text for variant in entry.on.values()):
        told = "a thread cannot have another text for one network"
        yield error(
            "contradiction", told, key_place(node, "on"), "write `on:` below the part that has other words there"
        )
    if entry.numbered and not entry.thread:
        told = "only the parts of a `thread` can be numbered"
        yield error("contradiction", told, key_place(node, "numbered"), "remove `numbered`")
    if entry.split:
        yield from _split(entry, node)


def _split(entry: PostEntry, node: Node) -> Iterator[Problem]:
    """Only words that stand in the post itself can be cut: a template may go in circles."""
    for other in ("thread", "template", "corrects"):
        if getattr(entry, other):
            told = f"`split` cuts a `text`, and does not go with `{other}`"
            hint = "remove `split`" if other == "thread" else f"remove `split`, or write `thread:` instead of `{other}`"
            hint = "remove `split`: a correction is one post" if other == "corrects" else hint
            yield error("contradiction", told, key_place(node, "split"), hint)


def _missing(entry: PostEntry, node: Node, world: World, channel: Channel) -> Iterator[Problem]:
    language = channel.language
    told = f"`{language}` is missing here, and the post goes to channels in that language"
    hint = f"write it, or say `drafts: [{language}]` to keep this language back"
    for number, part in enumerate(entry.thread):
        if language not in part.text:
            yield error("missing-text", told, key_place(node, "thread", number, "text"), hint)
    if not entry.thread and not entry.boosts and not _has_text(entry, world, channel):
        yield error("missing-text", told, key_place(node, "template" if entry.template else "text"), hint)
    for place, words in _variables(entry, node):
        if language not in words:
            yield error("missing-text", told, place, hint)
    for place, at in _times(entry, node):
        if isinstance(at, dict) and language not in at:
            hint = f"write a time for it, or leave `{language}` out with `languages:`"
            yield error("missing-time", f"there is no time for `{language}` here", place, hint)


def _has_text(entry: PostEntry, world: World, channel: Channel) -> bool:
    own = any(channel.language in entry.on[name].text for name in (channel.name, channel.network) if name in entry.on)
    if own or channel.language in entry.text:
        return True
    return bool(entry.template) and bool(named_for(world.templates, entry.template, channel.language))


def _variables(entry: PostEntry, node: Node) -> Iterator[tuple[Place, dict[str, str]]]:
    for name, words in entry.variables.items():
        if isinstance(words, dict):
            yield key_place(node, "with", name), words
    for label, row in entry.each.items():
        for name, words in row.variables.items():
            if isinstance(words, dict):
                yield key_place(node, "each", label, "with", name), words


def _times(entry: PostEntry, node: Node) -> Iterator[tuple[Place, WrittenTimes]]:
    yield key_place(node, "at"), entry.at
    for label, row in entry.each.items():
        if not isinstance(row.at, BeforeEntry):
            yield key_place(node, "each", label, "at"), row.at

"""What a post names: links, tags, its author, kinds that may be urgent, and the networks' own keys under `on:`."""

from collections.abc import Iterator, Mapping

from amplify.authoring.nearest import nearest
from amplify.authoring.reading.findings import error
from amplify.authoring.reading.nodes import Node, follow, key_place, place_of
from amplify.authoring.reading.post_schema import BeforeEntry, PostEntry, VariantEntry
from amplify.authoring.reading.world import World
from amplify.domain.post import URGENT
from amplify.domain.problem import Problem
from amplify.ports.publisher import Network, TakesLists

#: How a post is published, for good.
_FOR_GOOD = frozenset({"visibility", "silent", "protect", "topic"})


def link_problems(entry: PostEntry, node: Node, world: World) -> Iterator[Problem]:
    if entry.link and world.campaign is not None and entry.link not in world.campaign.links:
        told = f"“{entry.link}” is not a link of config/campaign.yaml, or is wrong there"
        yield error("unknown-link", told, place_of(node, "link"), nearest(entry.link, world.campaign.links))


def tag_problems(entry: PostEntry, node: Node, world: World) -> Iterator[Problem]:
    if world.campaign is None:
        return
    known = {*world.campaign.hashtags, *world.campaign.all_tags}
    for number, tag in enumerate(entry.tags):
        if tag not in known:
            told = f"“{tag}” is neither a hashtag nor a set of hashtags in config/campaign.yaml"
            yield error("unknown-tag", told, place_of(node, "tags", number), nearest(tag.lstrip("#"), known))


def event_problems(entry: PostEntry, node: Node, world: World) -> Iterator[Problem]:
    """Rows about an event that nobody can find, or with a time that goes by none."""
    for label, row in entry.each.items():
        if row.event and world.campaign is not None and row.event not in world.events:
            told = f"there is no event `{row.event}` in config/events.yaml, or it is wrong there"
            place = place_of(node, "each", label, "event")
            yield error("unknown-event", told, place, nearest(row.event, world.events))
        if isinstance(row.at, BeforeEntry) and not row.event:
            told = f"row {label} goes by the time of an event, and does not say which"
            yield error("missing-key", told, key_place(node, "each", label, "at"), "write `event: …` in it")


def urgent_problems(entry: PostEntry, node: Node, _: World) -> Iterator[Problem]:
    if entry.urgent and entry.kind not in URGENT:
        told = f"a post of kind {entry.kind} cannot be urgent"
        yield error(
            "not-urgent", told, place_of(node, "urgent"), f"only {', '.join(sorted(URGENT))} can; remove `urgent`"
        )


def author_problems(entry: PostEntry, node: Node, world: World) -> Iterator[Problem]:
    """Nobody approves their own post, so a name with a slip in it would let its author do just that."""
    if entry.author and world.campaign is not None and entry.author not in world.campaign.coordinators:
        told = f"“{entry.author}” is no coordinator of config/campaign.yaml"
        hint = nearest(entry.author, world.campaign.coordinators) or "add the name there, below `coordinators:`"
        yield error("unknown-author", told, place_of(node, "author"), hint)


def draft_problems(entry: PostEntry, node: Node, _: World) -> Iterator[Problem]:
    if entry.draft and entry.drafts:
        told = "`draft: true` keeps every language back already"
        yield error("contradiction", told, key_place(node, "drafts"), "keep one of the two")


def variant_problems(entry: PostEntry, node: Node, world: World) -> Iterator[Problem]:
    """Unknown networks and channels, and what their network does not know."""
    yield from _variants(entry.on, node, world)
    for number, part in enumerate(entry.thread):
        yield from _variants(part.on, follow(node, ("thread", number)), world)


def _variants(written: Mapping[str, VariantEntry], node: Node, world: World) -> Iterator[Problem]:
    for name, variant in written.items():
        channel = world.channels.get(name)
        network = world.networks.get(channel.network if channel else name)
        if network is None:
            if name not in world.held_channels and world.channels_known:
                told = f"“{name}” is neither a channel nor a network"
                hint = nearest(name, {*world.networks, *world.channels})
                yield error("unknown-channel", told, key_place(node, "on", name), hint)
            continue
        if variant.warning and "warning" not in network.variants:
            told = f"{network.name} cannot show a content warning"
            yield error("unknown-key", told, key_place(node, "on", name, "warning"), "say it in the text itself")
        more = variant.model_extra or {}
        for key, value in more.items():
            yield from _setting(network, key, value, name, node)
            if key in _FOR_GOOD and more.get("as") == "edit":
                told = f"`{key}` is settled when a post is published, and an edit cannot change it"
                yield error("contradiction", told, key_place(node, "on", name, key), f"remove `{key}`, or `as: edit`")


def _setting(network: Network, key: str, value: object, name: str, node: Node) -> Iterator[Problem]:
    known = network.variants
    if key not in known:
        told = f"{network.name} does not know `{key}`"
        yield error("unknown-key", told, key_place(node, "on", name, key), nearest(key, {*known, "text"}))
    elif isinstance(value, list) and isinstance(network, TakesLists) and key in network.lists:
        for one in value:
            yield from _setting(network, key, {} if isinstance(one, list) else one, name, node)
    elif not isinstance(value, str):
        hint = "write one value, without brackets"
        yield error("not-a-text", f"`{key}` needs a single text", place_of(node, "on", name, key), hint)
    elif (key, value) == ("as", "edit") and value not in known[key]:
        told = f"{network.name} cannot change what is public"
        yield error("unknown-value", told, place_of(node, "on", name, key), "remove it: then the correction answers")
    elif known[key] and value not in known[key]:
        told = f"“{value}” is not a value of `{key}`"
        yield error("unknown-value", told, place_of(node, "on", name, key), f"write one of {', '.join(known[key])}")

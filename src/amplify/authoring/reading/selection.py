"""Which channels a post goes to: `all`, networks and names, narrowed by language."""

import re
from collections.abc import Iterator

from amplify.authoring.nearest import nearest
from amplify.authoring.reading.findings import error
from amplify.authoring.reading.nodes import Node, follow, place_of
from amplify.authoring.reading.post_schema import PostEntry
from amplify.authoring.reading.world import World
from amplify.domain.problem import Problem

ALL = "all"


def chosen(entry: PostEntry, world: World) -> tuple[str, ...]:
    """The names of the channels, in the order in which they are written in config/channels.yaml."""
    return tuple(
        channel.name
        for channel in world.channels.values()
        if any(selector in (ALL, channel.name, channel.network) for selector in entry.channels)
        and (not entry.languages or channel.language in entry.languages)
    )


def selection_problems(entry: PostEntry, node: Node, world: World) -> Iterator[Problem]:
    """Names that are neither channel nor network, and choices that choose nothing."""
    if not world.channels_known:
        return
    known = {ALL, *world.networks, *world.channels, *world.held_channels}
    for number, selector in enumerate(entry.channels):
        if selector not in known:
            told = f"“{selector}” is neither a channel nor a network"
            several = re.split(r"[,;\s]+|\band\b", selector)
            hint = f"write a list: `[{', '.join(several)}]`" if known.issuperset(several) else nearest(selector, known)
            yield error("unknown-channel", told, place_of(node, "channels", number), hint)
    if not world.held_channels and known.issuperset(entry.channels) and not chosen(entry, world):
        told = "no channel is left for this post"
        hint = "look at `channels` and `languages` here, and at config/channels.yaml"
        yield error("no-channel", told, follow(node, ["channels"]).place, hint)

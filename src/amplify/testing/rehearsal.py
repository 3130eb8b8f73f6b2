"""A campaign's channels as residents of the sandbox: one for each account, with made-up secrets."""

from collections.abc import Iterable, Iterator, Mapping

from amplify.domain.channel import Channel
from amplify.domain.post import Post
from amplify.testing.resident import Resident, settings_for

#: Where a secret has a shape.
_SECRETS = {"telegram": "{}:rehearsal", "apprise": "rehearsal{:017}"}


def residents(channels: Iterable[Channel], posts: Iterable[Post] = ()) -> tuple[Resident, ...]:
    """One resident for each account, in the order in which the channels name them.

    A chat has topics where one of the `posts` names one there.
    """
    topical = {name for post in posts for name in _topical(post)}
    shared: dict[str, list[Channel]] = {}
    for channel in channels:
        shared.setdefault(channel.account_hint, []).append(channel)
    return tuple(_resident(number, mates, topical) for number, mates in enumerate(shared.values(), start=1))


def rehearsed(channel: Channel, among: Iterable[Channel], urls: Mapping[str, str]) -> Mapping[str, str]:
    """What the channel's entry would have to say to reach its resident in the sandbox at `urls`."""
    mine = next(one for one in residents(among) if channel.name in one.channels)
    return settings_for(mine, urls)


def _topical(post: Post) -> Iterator[str]:
    """The networks and channels for which it names a topic."""
    for blocks in (post.on, *(part.on for part in post.parts)):
        yield from (name for name, variant in blocks.items() if "topic" in variant.settings)


def _resident(number: int, mates: list[Channel], topical: set[str]) -> Resident:
    first = mates[0]
    spoken = {channel.language for channel in mates}
    name = first.settings.get("handle") or first.settings.get("chat") or first.name.replace("-", "_")
    return Resident(
        network=first.network,
        channels=tuple(channel.name for channel in mates),
        name=name,
        secret=_SECRETS.get(first.network, "rehearsal-{}").format(number),
        title=f"Campaign ({', '.join(sorted(spoken))})",
        language=first.language if len(spoken) == 1 else "",
        has_topics=bool(topical & {first.network, *(channel.name for channel in mates)}),
    )

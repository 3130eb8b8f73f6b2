"""Posts × times × channels: every delivery that the written campaign asks for."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from amplify.domain.campaign import Campaign
from amplify.domain.channel import Channel
from amplify.domain.joining import is_joined, joined
from amplify.domain.key import Key
from amplify.domain.post import Part, Post, Repeat, Times, Variant
from amplify.domain.when import Instant, When, on_wall, resolve, zone_named
from amplify.domain.written import Written

#: Computes a recurrence as (label, naive time on the campaign's wall).
WallTimes = Callable[[Repeat], Iterable[tuple[str, datetime]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """One delivery as written. `part` and `settings` are already the channel's own variant.

    `former` is the key under the post's former id: where the ledger knows it, it stays the identity.
    `days_left` counts from the slot to the campaign's day, on the campaign's wall. `event` is the id of the event
    that the occurrence is about, or empty.
    """

    key: Key
    former: Key | None
    post: Post
    part: Part
    position: int
    channel: Channel
    due: datetime
    days_left: int
    values: Mapping[str, str] = field(default_factory=dict)
    event: str = ""
    settings: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Occasion:
    label: str
    instant: Instant
    values: Mapping[str, str | Mapping[str, str]]
    event: str = ""


def expand(written: Written, wall_times: WallTimes) -> Iterator[Wanted]:
    """Every delivery of every post that is right, on every channel that is right."""
    campaign = written.campaign
    if campaign is None:
        return
    for post in written.posts:
        for name in post.channels:
            channel = written.channels.get(name)
            if channel is None or not _speaks(post, channel):
                continue
            for occasion in _occasions(post, channel.language, campaign, wall_times):
                yield from _parts(post, channel, occasion, campaign)


def _speaks(post: Post, channel: Channel) -> bool:
    chosen = not post.languages or channel.language in post.languages
    return chosen and channel.language not in post.drafts


def _occasions(post: Post, language: str, campaign: Campaign, wall_times: WallTimes) -> Iterator[_Occasion]:
    if post.repeat is not None:
        for label, local in wall_times(post.repeat):
            yield _Occasion(label=label, instant=on_wall(local, campaign.zone), values=post.values)
        return
    for row in post.each:
        times = _times(row.at or post.at, language)
        for when in times:
            label = row.label if len(times) == 1 else f"{row.label} {when.label}"
            instant = resolve(when, campaign.day, campaign.zone)
            yield _Occasion(label=label, instant=instant, values={**post.values, **row.values}, event=row.event)
    if not post.each:
        for when in _times(post.at, language):
            instant = resolve(when, campaign.day, campaign.zone)
            yield _Occasion(label=when.label if post.occurs else "", instant=instant, values=post.values)


def _times(at: Times, language: str) -> tuple[When, ...]:
    return at.get(language, ()) if isinstance(at, Mapping) else at


def _parts(written: Post, channel: Channel, occasion: _Occasion, campaign: Campaign) -> Iterator[Wanted]:
    post = joined(written, (channel.network, channel.name)) if is_joined(written, channel) else written
    due = occasion.instant.at
    days_left = (campaign.day - due.astimezone(zone_named(campaign.zone)).date()).days
    for position, part in enumerate(post.parts):
        key = Key(
            edition=campaign.edition,
            post=post.id,
            part=part.id,
            channel=channel.name,
            occurrence=occasion.label,
        )
        yield Wanted(
            key=key,
            former=replace(key, post=post.formerly) if post.formerly else None,
            post=post,
            part=_worded(part, post, channel),
            position=position,
            channel=channel,
            due=due,
            days_left=days_left,
            values=_in_language(occasion.values, channel.language),
            event=occasion.event,
            settings=_settings(post, part, channel),
        )


def _worded(part: Part, post: Post, channel: Channel) -> Part:
    others = [variant for variant in _variants(post, part, channel) if variant.text]
    if not others:
        return part
    text, passages = dict(part.text), dict(part.passages)
    for variant in others:
        text.update(variant.text)
        passages.update(variant.passages)
    return replace(part, text=text, passages=passages)


def _settings(post: Post, part: Part, channel: Channel) -> Mapping[str, str]:
    settings: dict[str, str] = {}
    for variant in _variants(post, part, channel):
        settings.update(variant.settings)
        if channel.language in variant.warning:
            settings["warning"] = variant.warning[channel.language]
    return settings


def _variants(post: Post, part: Part, channel: Channel) -> Iterator[Variant]:
    """What is said for the network, then for the channel; for the whole post, then for the part: the last one counts."""
    for written in (post.on, part.on):
        for name in (channel.network, channel.name):
            if name in written:
                yield written[name]


def _in_language(values: Mapping[str, str | Mapping[str, str]], language: str) -> Mapping[str, str]:
    """Variables in one language; one without a word in it is left out, so that the template says so."""
    spoken = {name: value if isinstance(value, str) else value.get(language) for name, value in values.items()}
    return {name: value for name, value in spoken.items() if value is not None}

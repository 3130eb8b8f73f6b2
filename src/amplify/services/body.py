"""The whole text of a delivery before its tags: its words, the number of its part, the line that links."""

import re
from collections.abc import Mapping, Sequence

from amplify.domain.campaign import Campaign, Link
from amplify.domain.channel import Channel, LinkPolicy
from amplify.domain.rendition import Button
from amplify.domain.richtext import RichText, SpanKind, marked, paragraphs, plain
from amplify.domain.tags import expand
from amplify.domain.wanted import Wanted
from amplify.ports.author import UnusableText


def whole(
    body: RichText, wanted: Wanted, settings: Mapping[str, str], campaign: Campaign, *, carded: bool = False
) -> RichText:
    """With the number of the part and the line that links, where the post has them. Raises UnusableText.

    `carded`: a card below the text leads there, and the line is not needed.
    """
    post = wanted.post
    if post.is_thread and post.numbered:
        body = body + plain(f" {wanted.position + 1}/{len(post.parts)}")
    elsewhere = carded or post.link in button_names(settings)
    if post.link and wanted.position == len(post.parts) - 1 and not elsewhere:
        body = paragraphs(body, _link_line(campaign.links[post.link], wanted.channel))
    return body


def settings_of(wanted: Wanted, campaign: Campaign) -> dict[str, str]:
    """The post's settings, sets of tags written out. Raises UnusableText."""
    settings = dict(wanted.settings)
    names = _names(settings.get("outline_tags", ""))
    try:
        tags = expand([name.removeprefix("#") for name in names], campaign.hashtags)
    except ValueError as unknown:
        told = f"`outline_tags` names “{unknown}”, which is no hashtag of this campaign"
        raise UnusableText(told, code="unknown-tag", hint="see `hashtags` in config/campaign.yaml") from None
    return {**settings, "outline_tags": " ".join(tags)} if tags else settings


def button_names(settings: Mapping[str, str]) -> Sequence[str]:
    """The links that become buttons, in order."""
    return _names(settings.get("button", ""))


def _names(said: str) -> Sequence[str]:
    return [name for name in re.split(r"[\s,]+", said) if name]


def buttons_of(wanted: Wanted, campaign: Campaign) -> tuple[Button, ...]:
    """The post's buttons with their links spelled out, so that these are part of what people approve."""
    return tuple(_button(name, wanted, campaign) for name in button_names(wanted.settings))


def _button(name: str, wanted: Wanted, campaign: Campaign) -> Button:
    """Raises UnusableText."""
    link = campaign.links.get(name)
    if link is None:
        raise UnusableText(
            f"no link is called “{name}”", code="unknown-link", hint="see `links` in config/campaign.yaml"
        )
    if wanted.channel.links is LinkPolicy.NAME_ONLY:
        told = f"{wanted.channel.name} names sources without links, and a button is a link"
        raise UnusableText(told, code="link-on-name-only", hint="give the button only to channels that link")
    label = _in(link.label, wanted.channel, f"link {name}")
    return Button(label=label, url=link.url)


def _link_line(link: Link, channel: Channel) -> RichText:
    label = _in(link.label, channel, f"link {link.name}")
    if channel.links is LinkPolicy.NAME_ONLY:
        return plain(_in(link.title, channel, f"the title of link {link.name}") if link.title else label)
    return marked(label, SpanKind.LINK, link.url)


def _in(words: Mapping[str, str], channel: Channel, what: str) -> str:
    for language in (channel.language, channel.base_language):
        if language in words:
            return words[language]
    raise UnusableText(f"{what} has no words in {channel.language}", code="missing-language")

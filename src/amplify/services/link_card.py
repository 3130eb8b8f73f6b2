"""A post's link as a card, where its network draws one: then no line in the text leads there as well."""

from collections.abc import Mapping

from amplify.domain.campaign import Campaign, Link
from amplify.domain.channel import Channel, LinkPolicy
from amplify.domain.feature import Feature
from amplify.domain.picture import Shown, Sort
from amplify.domain.problem import Place
from amplify.domain.rendition import Limits, LinkCard
from amplify.domain.wanted import Wanted
from amplify.domain.written import Written
from amplify.ports.author import UnusableText
from amplify.ports.publisher import Network
from amplify.services.body import button_names
from amplify.services.pictures import Pictures


def link_card_of(
    wanted: Wanted, written: Written, network: Network, pictures: Pictures, limits: Limits, *, alone: bool
) -> LinkCard | None:
    """None where a line does it: no title in this language, no links on this channel, or not `alone` below the text.

    Raises UnusableText where the card's picture cannot be shown.
    """
    if written.campaign is None or not has_card(wanted, written.campaign, network, alone=alone):
        return None
    channel, link = wanted.channel, written.campaign.links[wanted.post.link]
    picture = _picture(link, channel, written)
    if picture is not None and link.picture is not None:
        _look_at(picture, pictures, limits, link.picture.place)
    return LinkCard(
        url=link.url, title=_in(link.title, channel), description=_in(link.description, channel), picture=picture
    )


def has_card(wanted: Wanted, campaign: Campaign, network: Network, *, alone: bool) -> bool:
    """Whether the link is a card; it is at the end of a thread."""
    post, channel = wanted.post, wanted.channel
    if not post.link or not alone or wanted.position != len(post.parts) - 1:
        return False
    link = campaign.links[post.link]
    named_only = channel.links is LinkPolicy.NAME_ONLY or link.name in button_names(wanted.settings)
    return Feature.LINK_CARD in network.features and not named_only and bool(_in(link.title, channel))


def _in(words: Mapping[str, str], channel: Channel) -> str:
    return words.get(channel.language) or words.get(channel.base_language, "")


def _picture(link: Link, channel: Channel, written: Written) -> Shown | None:
    media = link.picture
    path = (media.path(channel.language) or media.path(channel.base_language)) if media is not None else ""
    if media is None or not path:
        return None
    if path not in written.media:
        raise UnusableText(
            f"there is no {path}, which the card of link {link.name} shows",
            code="picture-missing",
            hint="put the file there, or correct `picture`",
            place=media.place,
        )
    return Shown(path=path, digest=written.media[path], alt="")


def _look_at(shown: Shown, pictures: Pictures, limits: Limits, place: Place) -> None:
    if pictures.sort(shown) is not Sort.PICTURE:
        told = f"{shown.path} moves, and the card of a link takes a picture that stands still"
        raise UnusableText(told, code="picture-moves", hint="export one of its frames", place=place)
    try:
        pictures.look_at([shown], limits.pictures.as_thumb if limits.pictures is not None else None)
    except UnusableText as unusable:
        unusable.place = place
        raise

"""What a network lists as its features, it can do; part of PublisherContract.

One trial for each feature: a post that makes use of it, and what followers see then. A network that lists a feature
passes its trial; one that does not list it does not take the settings that belong to it either.
"""

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest

from amplify.domain.envelope import Parents, Receipt
from amplify.domain.feature import Feature
from amplify.domain.picture import Shown, Sort, digest_of
from amplify.domain.poll import Poll
from amplify.domain.rendition import Button, LinkCard, Onto
from amplify.domain.richtext import RichText, SpanKind, marked, plain
from amplify.ports.darkroom import Picture
from amplify.ports.publisher import Publisher, Settles
from amplify.testing.films import film
from amplify.testing.pictures import sample
from amplify.testing.publisher_site import LINK, Site
from amplify.testing.wall import WallPost

_FOCUS = (0.5, -0.25)
_OPTIONS = ("Yes, and today", "Нет")


def _print(number: int) -> tuple[Shown, Picture]:
    picture = Picture(data=sample(640 + number, notes=False), mime="image/jpeg", width=640 + number, height=480)
    alt = f"A round lamp, hung high, the {number}. of them"
    return Shown(path=f"posts/media/lamp-{number}.jpg", digest=digest_of(picture.data), alt=alt), picture


def _moving(sort: Sort) -> tuple[Shown, Picture]:
    data = film(sound=sort is Sort.VIDEO)
    picture = Picture(data=data, mime="video/mp4", width=320, height=240, sort=sort, seconds=1.0)
    return Shown(path="posts/media/lamp.mp4", digest=digest_of(data), alt="A round lamp goes on", sort=sort), picture


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """A post that makes use of a feature; `shows` is what is then seen of it, and is `seen`.

    `settings` are those of the network that belong to the feature, `wishes` what a rendition has of it. With `onto`
    another post of the account is there before, and its id is what is seen.
    """

    shows: Callable[[WallPost], Any]
    seen: object
    body: RichText = field(default_factory=lambda: plain("Light for everyone"))
    settings: Mapping[str, str] = field(default_factory=dict)
    wishes: Mapping[str, Any] = field(default_factory=dict)
    prints: tuple[tuple[Shown, Picture], ...] = ()
    onto: Onto | None = None


def _extra(name: str) -> Callable[[WallPost], Any]:
    return lambda post: post.extra.get(name)


def _media(name: str) -> Callable[[WallPost], Any]:
    return lambda post: [media.get(name) for media in post.extra.get("media", ())]


def _entities(kind: str) -> Callable[[WallPost], Any]:
    return lambda post: [entity.kind for entity in post.entities].count(kind)


def trials(mention: str = "@campaign") -> Mapping[Feature, Trial]:
    """One for each feature but `EDIT`, which has a contract of its own."""
    one, two, three = (_print(number) for number in range(3))
    focused = Shown(path=one[0].path, digest=one[0].digest, alt=one[0].alt, focus=_FOCUS)
    card = LinkCard(url=LINK, title="Sign the petition", description="It takes a minute", picture=one[0])
    poll = Poll(options=_OPTIONS, lasts=timedelta(days=1))
    return {
        Feature.MARKS: Trial(
            body=plain("Light ") + marked("for everyone", SpanKind.BOLD, ""), shows=_entities("bold"), seen=1
        ),
        Feature.LABELLED_LINK: Trial(
            body=plain("Please ") + marked("sign", SpanKind.LINK, LINK) + plain(" today"),
            shows=lambda post: post.text,
            seen="Please sign today",
        ),
        Feature.TAG: Trial(body=marked("#Belarus", SpanKind.TAG, "Belarus"), shows=_entities("tag"), seen=1),
        Feature.MENTION: Trial(
            body=plain("With ") + marked(mention, SpanKind.MENTION, mention), shows=_entities("mention"), seen=1
        ),
        Feature.LANGUAGE: Trial(shows=lambda post: post.language, seen="be"),
        Feature.THREAD: Trial(onto=Onto.REPLY, shows=lambda post: post.reply_to, seen=None),
        Feature.LINK_CARD: Trial(
            wishes={"link_card": card},
            prints=(one,),
            shows=lambda post: (post.extra["card"]["uri"], post.extra["card"]["title"]),
            seen=(LINK, card.title),
        ),
        Feature.BUTTON: Trial(
            wishes={"buttons": (Button(label="Sign", url=LINK), Button(label="Read", url=f"{LINK}/more"))},
            shows=lambda post: [button["url"] for button in post.extra["buttons"]],
            seen=[LINK, f"{LINK}/more"],
        ),
        Feature.PICTURE: Trial(
            wishes={"pictures": (one[0],)}, prints=(one,), shows=lambda post: len(post.extra["media"]), seen=1
        ),
        Feature.ALBUM: Trial(
            wishes={"pictures": (one[0], two[0], three[0])},
            prints=(one, two, three),
            shows=lambda post: len(post.extra["media"]),
            seen=3,
        ),
        Feature.ALT: Trial(wishes={"pictures": (one[0],)}, prints=(one,), shows=_media("alt"), seen=[one[0].alt]),
        Feature.FOCUS: Trial(
            wishes={"pictures": (focused,)}, prints=((focused, one[1]),), shows=_media("focus"), seen=[_FOCUS]
        ),
        Feature.ANIMATION: _film(Sort.ANIMATION),
        Feature.VIDEO: _film(Sort.VIDEO),
        Feature.POLL: Trial(
            wishes={"poll": poll}, shows=lambda post: tuple(post.extra["poll"]["options"]), seen=_OPTIONS
        ),
        Feature.WARNING: Trial(settings={"warning": "deaths"}, shows=_extra("warning"), seen="deaths"),
        Feature.SENSITIVE: Trial(
            settings={"sensitive": "true"},
            wishes={"pictures": (one[0],)},
            prints=(one,),
            shows=_extra("sensitive"),
            seen=True,
        ),
        Feature.LABEL: Trial(settings={"label": "graphic-media"}, shows=_extra("labels"), seen=["graphic-media"]),
        Feature.VISIBILITY: Trial(settings={"visibility": "unlisted"}, shows=_extra("visibility"), seen="unlisted"),
        Feature.REPLY_RULES: Trial(settings={"replies": "nobody"}, shows=_extra("replies"), seen=["nobody"]),
        Feature.QUOTE_RULES: Trial(settings={"quoting": "nobody"}, shows=_extra("quoting"), seen="nobody"),
        Feature.QUOTE: Trial(onto=Onto.QUOTE, wishes={"onto": Onto.QUOTE}, shows=_extra("quotes"), seen=None),
        Feature.BOOST: Trial(
            onto=Onto.BOOST, wishes={"onto": Onto.BOOST}, body=plain(""), shows=_extra("boosts"), seen=None
        ),
        Feature.PIN: Trial(wishes={"pin": True}, shows=_extra("pinned"), seen=True),
        Feature.OUTLINE_TAGS: Trial(settings={"outline_tags": "Belarus"}, shows=_extra("tags"), seen=["Belarus"]),
        Feature.SILENT: Trial(settings={"silent": "true"}, shows=_extra("silent"), seen=True),
        Feature.PROTECT: Trial(settings={"protect": "true"}, shows=_extra("protected"), seen=True),
        Feature.PREVIEW: Trial(
            body=marked(LINK, SpanKind.LINK, LINK), settings={"preview": "small"}, shows=_extra("preview"), seen="small"
        ),
        Feature.TOPIC: Trial(settings={"topic": "7"}, shows=_extra("topic"), seen="7"),
    }


def _film(sort: Sort) -> Trial:
    shown, picture = _moving(sort)
    return Trial(wishes={"pictures": (shown,)}, prints=((shown, picture),), shows=_media("sort"), seen=[str(sort)])


class FeaturePromises:
    @pytest.mark.parametrize("feature", trials())
    async def test_a_feature_that_is_listed_is_seen_by_followers(self, site: Site, feature: Feature) -> None:
        trial = trials(site.mention)[feature]
        if feature not in site.network.features:
            taken = trial.settings.keys() & site.network.variants.keys()
            assert not taken, f"{site.network.name} takes {taken} and does not list “{feature}”"
            return
        if feature in site.cannot_show_features:
            pytest.skip(f"{site.network.name} cannot show {feature}: {site.cannot_show_features[feature]}")
        publisher = await site.connect()
        before = await _sent(publisher, site, Trial(shows=_extra(""), seen=None), "before") if trial.onto else None
        receipt = await _sent(publisher, site, trial, "trial", before)
        (post,) = [post for post in site.wall() if post.remote_id == receipt.remote_id]
        shown: object = "nothing of it"
        with suppress(LookupError):
            shown = trial.shows(post)
        wanted = before.remote_id if before is not None else trial.seen
        assert shown == wanted, f"followers see {shown} in place of {wanted}"


async def _sent(publisher: Publisher, site: Site, trial: Trial, name: str, before: Receipt | None = None) -> Receipt:
    parents = Parents(root=before, parent=before) if before is not None else None
    prints = {shown.mark: picture for shown, picture in trial.prints}
    sealed = site.sealed(publisher, trial.body, name, parents=parents, settings=trial.settings, wishes=trial.wishes)
    receipt = await publisher.publish(await publisher.stage(sealed, prints), prints)
    if sealed.settles and isinstance(publisher, Settles):
        await publisher.settle(sealed, receipt)
    return receipt

"""What only Bluesky does with cards, quotes, reposts, mentions and pins; on the look-alike and on Bluesky's own server."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, suppress
from dataclasses import replace
from typing import Any

import pytest

from amplify.domain.envelope import Envelope, Parents, Receipt
from amplify.domain.picture import Shown, Sort, digest_of
from amplify.domain.rendition import LinkCard, Onto
from amplify.domain.richtext import SpanKind, marked, plain
from amplify.ports.darkroom import Picture
from amplify.ports.errors import OutcomeUnknown, Rejected, Unavailable
from amplify.publishers.bluesky_account import BlueskyAccount
from amplify.testing.faults import Rule
from amplify.testing.films import film
from amplify.testing.picture_contract import PRINTS, SHOWN
from amplify.testing.publisher_site import LINK, Site, send
from servers.bluesky import Pds

OpenSite = Callable[..., AbstractAsyncContextManager[Site]]
PUT = r"repo\.putRecord$"
PROFILE = "app.bsky.actor.profile"
SWAPPED = {"error": "InvalidSwap", "message": "Record was at …"}


def hung(site: Site, receipt: Receipt) -> Any:
    (post,) = [post for post in site.wall() if post.remote_id == receipt.remote_id]
    return post


async def connected(site: Site) -> BlueskyAccount:
    publisher = await site.connect()
    assert isinstance(publisher, BlueskyAccount)
    return publisher


def onto(first: Receipt) -> Parents:
    return Parents(root=first, parent=first)


def with_pin(site: Site, publisher: BlueskyAccount, post: str = "pinned") -> Envelope:
    return site.sealed(publisher, plain("Hallo"), post, wishes={"pin": True})


class Features:
    async def test_a_card_has_a_small_picture_and_its_words(self, site: Site) -> None:
        publisher = await connected(site)
        card = LinkCard(url=LINK, title="Sign", description="It takes a minute", picture=replace(SHOWN, alt=""))
        picture = next(iter(PRINTS.values()))
        sealed = site.sealed(publisher, plain("Hallo"), wishes={"link_card": card})
        prints = {card.picture.mark: picture} if card.picture is not None else {}
        post = hung(site, await publisher.publish(await publisher.stage(sealed, prints)))
        assert post.extra["card"].pop("picture").startswith("http")
        assert post.extra["card"] == {"uri": LINK, "title": "Sign", "description": "It takes a minute"}

    async def test_a_quotation_goes_with_a_picture(self, site: Site) -> None:
        publisher = await connected(site)
        first = await send(publisher, site.sealed(publisher, plain("Erstens"), "first"))
        wishes = {"onto": Onto.QUOTE, "pictures": (SHOWN,)}
        sealed = site.sealed(publisher, plain("Siehe"), "second", parents=onto(first), wishes=wishes)
        post = hung(site, await publisher.publish(await publisher.stage(sealed, PRINTS)))
        assert (post.extra["quotes"], len(post.extra["media"]), post.reply_to) == (first.remote_id, 1, "")

    async def test_a_repost_that_was_lost_on_its_way_is_found_and_never_made_twice(self, site: Site) -> None:
        publisher = await connected(site)
        first = await send(publisher, site.sealed(publisher, plain("Erstens"), "first"))
        sealed = site.sealed(publisher, plain(""), "again", parents=onto(first), wishes={"onto": Onto.BOOST})
        site.strike("drop_after")
        with pytest.raises(OutcomeUnknown):
            await send(publisher, sealed)
        found = await publisher.find(sealed, ())
        assert found is not None
        assert await send(publisher, sealed) == found
        assert [post.extra["boosts"] for post in site.wall() if "boosts" in post.extra] == [first.remote_id]
        assert found.url == first.url, "it has no page of its own"

    async def test_whoever_is_mentioned_is_asked_for_before_anything_is_sent(self, site: Site) -> None:
        publisher = await connected(site)
        known = marked(site.mention, SpanKind.MENTION, site.mention)
        await send(publisher, site.sealed(publisher, plain("With ") + known, "known"))
        assert [entity.value for entity in site.wall()[0].entities] == [publisher.identity.id]
        nobody = marked("@nobody.test", SpanKind.MENTION, "@nobody.test")
        with pytest.raises(Rejected, match=r"nobody on Bluesky is called @nobody\.test; correct `addressees`"):
            await publisher.stage(site.sealed(publisher, nobody, "nobody"))
        assert len(site.wall()) == 1

    async def test_who_may_quote_is_settled_before_the_post_is_public(self, site: Site) -> None:
        publisher = await connected(site)
        said = {"quoting": "nobody", "replies": "nobody"}
        staged = await publisher.stage(site.sealed(publisher, plain("Hallo"), settings=said))
        assert not site.wall()
        post = hung(site, await publisher.publish(staged))
        assert (post.extra["quoting"], post.extra["replies"]) == ("nobody", ["nobody"])

    async def test_a_pin_takes_nothing_else_from_the_profile(self, site: Site) -> None:
        publisher = await connected(site)
        await put_profile(publisher, {"$type": PROFILE, "displayName": "Laterne", "description": "Licht für alle"})
        first, second = [with_pin(site, publisher, name) for name in ("first", "second")]
        for sealed in (first, second, second):
            receipt = await send(publisher, sealed)
            await publisher.settle(sealed, receipt)
        profile = await profile_of(publisher)
        assert (profile["displayName"], profile["description"]) == ("Laterne", "Licht für alle")
        assert profile["pinnedPost"] == {"uri": receipt.remote_id, "cid": receipt.proof["cid"]}
        assert [post.extra.get("pinned") for post in site.wall()].count(True) == 1

    async def test_a_pin_that_another_hand_has_overtaken_says_so_and_goes_again(self, site: Site) -> None:
        publisher = await connected(site)
        sealed = with_pin(site, publisher)
        receipt = await send(publisher, sealed)
        site.faults.add(Rule(what="status", arg=400, path=PUT, body=SWAPPED))
        with pytest.raises(Unavailable, match="somebody has changed the account's profile"):
            await publisher.settle(sealed, receipt)
        assert "pinned" not in hung(site, receipt).extra
        await publisher.settle(sealed, receipt)
        assert hung(site, receipt).extra["pinned"]

    async def test_a_post_without_a_pin_leaves_the_profile_alone(self, site: Site) -> None:
        publisher = await connected(site)
        sealed = site.sealed(publisher, plain("Hallo"))
        receipt = await send(publisher, sealed)
        site.faults.add(Rule(what="status", arg=500, path="."))
        await publisher.settle(sealed, receipt)

    async def test_a_film_that_is_too_large_for_the_server_is_refused_in_words(self, site: Site) -> None:
        publisher = await connected(site)
        data = film() + bytes(6_000_000)
        shown = Shown(path="posts/media/l.mp4", digest=digest_of(data), alt="A lamp goes on", sort=Sort.VIDEO)
        large = Picture(data=data, mime="video/mp4", width=320, height=240, sort=Sort.VIDEO, seconds=1)
        sealed = site.sealed(publisher, plain("Hallo"), wishes={"pictures": (shown,)})
        with pytest.raises(Rejected, match="takes no file as large as that"):
            await given_again_while_it_is_busy(publisher, sealed, {shown.mark: large})
        assert not site.wall()


async def given_again_while_it_is_busy(publisher: BlueskyAccount, sealed: Envelope, prints: dict[str, Picture]) -> None:
    """As the worker does it: a busy server may lose hold of what it refuses, and answers 502."""
    for _ in range(3):
        with suppress(Unavailable):
            await publisher.publish(await publisher.stage(sealed, prints))


async def profile_of(publisher: BlueskyAccount) -> dict[str, Any]:
    told = await publisher.session.record(publisher.identity.id, PROFILE, "self", ())
    return dict(told["value"])


async def put_profile(publisher: BlueskyAccount, profile: dict[str, Any]) -> None:
    body = {"repo": publisher.identity.id, "collection": PROFILE, "rkey": "self", "record": profile}
    await publisher.session.procedure("com.atproto.repo.putRecord", body, lambda _: None, (), Unavailable)


class TestOnTheLookAlike(Features):
    @pytest.fixture
    async def site(self, open_site: OpenSite) -> AsyncIterator[Site]:
        async with open_site("bluesky") as site:
            yield site


@pytest.mark.real
class TestOnBlueskysOwnServer(Features):
    @pytest.fixture
    async def site(self, open_real_site: OpenSite, pds: Pds) -> AsyncIterator[Site]:
        async with open_real_site(pds) as site:
            yield site

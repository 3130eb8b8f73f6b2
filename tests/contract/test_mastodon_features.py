"""What Mastodon has beyond text, where its servers differ or an answer is lost."""

from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AbstractAsyncContextManager
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from amplify.domain.envelope import REMARK, Parents, Receipt
from amplify.domain.picture import FilmLimits, Sort
from amplify.domain.poll import Poll
from amplify.domain.rendition import Onto
from amplify.domain.richtext import plain
from amplify.ports.errors import OutcomeUnknown, Rejected
from amplify.ports.publisher import Publisher
from amplify.testing.faults import Rule
from amplify.testing.picture_contract import PRINTS, SHOWN
from amplify.testing.publisher_site import Site, send

OpenSite = Callable[..., AbstractAsyncContextManager[Site]]
WORDS = plain("Light for everyone")
POLL = Poll(options=("Yes", "No"), lasts=timedelta(days=1))
OLD = {"version": "4.4.2", "domain": "old.example", "api_versions": {"mastodon": 6}}


@pytest.fixture
async def site(open_site: OpenSite) -> AsyncIterator[Site]:
    async with open_site("mastodon") as site:
        yield site


async def connected(site: Site, told: Mapping[str, Any]) -> Publisher:
    """To a server that says this of itself."""
    site.faults.add(Rule(what="status", arg=200, path="/api/v2/instance", body=dict(told)))
    return await site.connect()


def refused(site: Site, publisher: Publisher, **wishes: Any) -> str:
    with pytest.raises(Rejected) as told:
        site.sealed(publisher, WORDS, settings=wishes.pop("settings", None), wishes=wishes)
    return str(told.value)


def onto(receipt: Receipt) -> Parents:
    return Parents(root=receipt, parent=receipt)


async def test_a_boost_whose_answer_was_lost_is_found_and_is_there_once(site: Site) -> None:
    publisher = await site.connect()
    first = await send(publisher, site.sealed(publisher, WORDS))
    boost = site.sealed(publisher, plain(""), "again", parents=onto(first), wishes={"onto": Onto.BOOST})
    assert await publisher.find(boost, {first.remote_id}) is None
    site.faults.add(Rule(what="drop_after", path="/reblog$", method="POST"))
    with pytest.raises(OutcomeUnknown):
        await send(publisher, boost)
    shown = [post for post in site.wall() if post.extra.get("boosts") == first.remote_id]
    found = await publisher.find(boost, {first.remote_id})
    assert [post.remote_id for post in shown] == [found.remote_id]


async def test_a_boost_is_not_taken_for_the_post_that_it_shows(site: Site) -> None:
    publisher = await site.connect()
    first = site.sealed(publisher, WORDS)
    receipt = await send(publisher, first)
    await send(
        publisher, site.sealed(publisher, plain(""), "again", parents=onto(receipt), wishes={"onto": Onto.BOOST})
    )
    found = await publisher.find(first, ())
    assert found.remote_id == receipt.remote_id


async def test_a_quotation_is_told_from_the_same_words_without_one(site: Site) -> None:
    publisher = await site.connect()
    first = await send(publisher, site.sealed(publisher, plain("We are many")))
    plainly = await send(publisher, site.sealed(publisher, WORDS, "plainly"))
    quotes = site.sealed(publisher, WORDS, "quotes", parents=onto(first), wishes={"onto": Onto.QUOTE})
    quoted = await send(publisher, quotes)
    found = await publisher.find(quotes, {first.remote_id, plainly.remote_id})
    assert found.remote_id == quoted.remote_id


async def test_what_a_server_shows_to_fewer_people_is_remarked(open_site: OpenSite) -> None:
    async with open_site("mastodon", silences=True) as site:
        publisher = await site.connect()
        receipt = await send(publisher, site.sealed(publisher, WORDS))
        assert [post.extra["visibility"] for post in site.wall()] == ["unlisted"]
        assert "“unlisted”, not “public”" in receipt.proof[REMARK]


async def test_an_older_server_says_what_it_lacks_before_anything_is_sent(site: Site) -> None:
    publisher = await connected(site, OLD)
    assert "no quotes" in refused(site, publisher, onto=Onto.QUOTE)
    assert "no quotes" in refused(site, publisher, settings={"quoting": "nobody"})
    assert "no poll beside a picture" in refused(site, publisher, poll=POLL, pictures=(SHOWN,))
    assert not site.wall()


async def test_a_younger_server_takes_a_poll_beside_a_picture(site: Site) -> None:
    publisher = await site.connect()
    sealed = site.sealed(publisher, WORDS, wishes={"poll": POLL, "pictures": (SHOWN,)})
    await publisher.publish(await publisher.stage(sealed, PRINTS), PRINTS)
    (post,) = site.wall()
    assert (post.extra["poll"]["options"], len(post.extra["media"])) == (["Yes", "No"], 1)


async def test_a_film_goes_alone_and_what_hides_pictures_needs_one(site: Site) -> None:
    publisher = await site.connect()
    film = replace(SHOWN, path="posts/media/lamp.mp4", sort=Sort.VIDEO)
    assert "alone or not at all" in refused(site, publisher, pictures=(SHOWN, film))
    assert "hides pictures" in refused(site, publisher, settings={"sensitive": "true"})


async def test_limits_of_films_and_polls_are_the_servers_own(site: Site) -> None:
    media = {"supported_mime_types": ["image/png", "video/mp4"], "video_size_limit": 9, "video_frame_rate_limit": 30}
    polls = {"max_options": 6, "max_characters_per_option": 20, "min_expiration": 600, "max_expiration": 86400}
    publisher = await connected(site, {**OLD, "configuration": {"media_attachments": media, "polls": polls}})
    assert publisher.limits.pictures.film == FilmLimits(bytes=9, pixels=8_294_400, rate=30)
    assert (publisher.limits.poll.options, publisher.limits.poll.shortest) == (6, timedelta(minutes=10))
    assert "too long: 21 of 20" in refused(site, publisher, poll=replace(POLL, options=("Yes", "n" * 21)))
    without = await connected(
        site, {**OLD, "configuration": {"media_attachments": {"supported_mime_types": ["image/png"]}}}
    )
    assert without.limits.pictures.film is None


async def test_a_post_is_pinned_once_however_often_that_is_settled(site: Site) -> None:
    publisher = await site.connect()
    sealed = site.sealed(publisher, WORDS, wishes={"pin": True})
    receipt = await send(publisher, sealed)
    for _ in range(2):
        await publisher.settle(sealed, receipt)
    assert [post.extra["pinned"] for post in site.wall()] == [True]


async def test_a_sixth_pin_is_refused_in_the_servers_words(site: Site) -> None:
    publisher = await site.connect()
    for number in range(6):
        sealed = site.sealed(publisher, plain(f"Light {number}"), f"post-{number}", wishes={"pin": True})
        receipt = await send(publisher, sealed)
        if number < 5:
            await publisher.settle(sealed, receipt)
    with pytest.raises(Rejected, match="maximum number"):
        await publisher.settle(sealed, receipt)

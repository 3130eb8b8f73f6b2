"""Servers that take their time with a picture, or publish a post without it."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest

from amplify.ports.errors import Throttled, Unavailable, Unfinished
from amplify.testing.faults import Rule
from amplify.testing.picture_contract import ALT, PRINT, PRINTS, SHOWN, TEXT, received, send


async def test_a_picture_that_takes_its_time_is_waited_for_before_the_post_leaves(open_site):
    async with open_site("mastodon", looks_at_pictures=2) as site:
        publisher = await site.connect()
        staged = await publisher.stage(site.sealed(publisher, TEXT, pictures=(SHOWN,)), PRINTS)
        assert not site.sent()
        await publisher.publish(staged)
        (post,) = site.wall()
        assert [media["alt"] for media in post.extra["media"]] == [ALT]


async def test_a_server_that_never_finishes_with_a_picture_is_left_alone_for_a_while(open_site):
    async with open_site("mastodon", looks_at_pictures=1000) as site:
        publisher = await site.connect(timedelta(seconds=1.2))
        with pytest.raises(Unavailable, match="picture in time"):
            await publisher.stage(site.sealed(publisher, TEXT, pictures=(SHOWN,)), PRINTS)
        assert not site.wall()


async def test_what_a_server_is_still_busy_with_is_not_given_to_it_again(open_site):
    async with open_site("mastodon", looks_at_pictures=4) as site:
        publisher = await site.connect(timedelta(seconds=1.2))
        sealed = site.sealed(publisher, TEXT, pictures=(SHOWN,))
        with pytest.raises(Unfinished) as busy:
            await publisher.stage(sealed, PRINTS)
        known = json.loads(json.dumps(dict(busy.value.staged)))  # as a ledger keeps it
        staged = await publisher.stage(replace(sealed, staged=known), PRINTS)
        await publisher.publish(staged)
        (post,) = site.wall()
        assert [media["alt"] for media in post.extra["media"]] == [ALT]


async def test_a_server_that_would_publish_without_the_picture_is_given_it_again(open_site):
    async with open_site("mastodon", misses_pictures=False) as site:
        publisher = await site.connect()
        sealed = site.sealed(publisher, TEXT, pictures=(SHOWN,))
        staged = await publisher.stage(sealed, PRINTS)
        assert (await publisher.stage(staged, {})).staged == staged.staged
        site.faults.add(Rule(what="forget", path="/api/v1/media/"))
        again = await publisher.stage(replace(sealed, staged=staged.staged), PRINTS)
        await publisher.publish(again)
        (post,) = site.wall()
        assert [media["alt"] for media in post.extra["media"]] == [ALT]


@pytest.mark.parametrize(("network", "path"), [("mastodon", "/api/v2/media"), ("bluesky", "uploadBlob")])
@pytest.mark.parametrize("fault", [("status", 503), ("drop_after", 0), ("html", 0)])
async def test_an_upload_that_fails_in_any_way_has_published_nothing_and_can_be_repeated(
    open_site, network, path, fault
):
    async with open_site(network) as site:
        publisher = await site.connect()
        sealed = site.sealed(publisher, TEXT, pictures=(SHOWN,))
        site.faults.add(Rule(what=fault[0], arg=fault[1], path=path, method="POST"))
        with pytest.raises(Unavailable):
            await publisher.stage(sealed, PRINTS)
        assert not site.wall()
        await send(publisher, sealed)
        (post,) = site.wall()
        assert await received(post.extra["media"][0]["url"]) == PRINT.data


@pytest.mark.parametrize(("network", "path"), [("mastodon", "/api/v2/media"), ("bluesky", "uploadBlob")])
async def test_what_a_server_was_given_before_it_asked_to_wait_is_not_given_to_it_again(open_site, network, path):
    async with open_site(network) as site:
        publisher = await site.connect()
        second = replace(SHOWN, alt=f"{ALT} And again.")
        sealed = site.sealed(publisher, TEXT, pictures=(SHOWN, second))
        prints = {**PRINTS, second.mark: PRINT}
        site.faults.add(
            Rule(what="forget", path=path, method="POST"), Rule(what="status", arg=429, path=path, method="POST")
        )
        with pytest.raises(Throttled) as told:
            await publisher.stage(sealed, prints)
        assert told.value.staged.keys() == {SHOWN.mark}
        await publisher.publish(await publisher.stage(replace(sealed, staged=told.value.staged), prints))
        (post,) = site.wall()
        assert [media["alt"] for media in post.extra["media"]] == [ALT, second.alt]

"""What every publisher promises of pictures; part of PublisherContract.

A network that takes none says so in its limits. Telegram has no place for an alt text, and nothing is staged there.
"""

import asyncio
import json
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from urllib.request import urlopen

import pytest

from amplify.domain.envelope import Envelope, Receipt
from amplify.domain.feature import Feature
from amplify.domain.picture import Shown, digest_of
from amplify.domain.richtext import plain
from amplify.ports.darkroom import Picture
from amplify.ports.errors import OutcomeUnknown, Rejected, Unstaged
from amplify.ports.publisher import Publisher
from amplify.testing.pictures import sample
from amplify.testing.publisher_site import Site

ALT = "A round lamp, hung high: свет для ўсіх 🙂"
PRINT = Picture(data=sample(notes=False), mime="image/jpeg", width=640, height=480)
SHOWN = Shown(path="posts/media/lamp.jpg", digest=digest_of(PRINT.data), alt=ALT)
PRINTS = {SHOWN.mark: PRINT}
TEXT = plain("Light for everyone")


def _album() -> Iterator[tuple[Shown, Picture]]:
    """Three pictures that are told apart by their size and by their words."""
    for width in (320, 400, 480):
        made = Picture(data=sample(width, 300, notes=False), mime="image/jpeg", width=width, height=300)
        alt = f"A round lamp in a room that is {width} steps wide"
        yield Shown(path=f"posts/media/lamp-{width}.jpg", digest=digest_of(made.data), alt=alt), made


async def send(publisher: Publisher, envelope: Envelope) -> Receipt:
    return await publisher.publish(await publisher.stage(envelope, PRINTS), PRINTS)


async def received(url: str) -> bytes:
    def fetch() -> bytes:
        with urlopen(url, timeout=10) as answer:  # noqa: S310 - a server of the tests, on this machine
            return bytes(answer.read())

    return await asyncio.to_thread(fetch)


class PicturePromises:
    async def test_a_picture_and_its_words_are_on_the_wall(self, site: Site) -> None:
        publisher = await site.connect()
        receipt = await send(publisher, site.sealed(publisher, TEXT, pictures=(SHOWN,)))
        (post,) = site.wall()
        assert (post.text, post.remote_id, post.url) == (TEXT.text, receipt.remote_id, receipt.url)
        assert [media["alt"] for media in post.extra["media"]] == [ALT if site.shows_alt else ""]

    async def test_a_server_receives_the_print_and_nothing_else(self, site: Site) -> None:
        publisher = await site.connect()
        await send(publisher, site.sealed(publisher, TEXT, pictures=(SHOWN,)))
        (media,) = site.wall()[0].extra["media"]
        assert await received(media["url"]) == PRINT.data

    async def test_a_picture_is_given_once_and_its_place_can_be_stored(self, site: Site) -> None:
        publisher = await site.connect()
        sealed = site.sealed(publisher, TEXT, pictures=(SHOWN,))
        staged = await publisher.stage(sealed, PRINTS)
        before = len(site.wall())
        stored = json.loads(json.dumps({"request": dict(staged.request), "staged": dict(staged.staged)}))
        again = await publisher.stage(replace(staged, **stored), {} if staged.staged else PRINTS)
        assert (again.staged, before) == (staged.staged, 0)
        await publisher.publish(again, {} if staged.staged else PRINTS)
        assert len(site.wall()) == 1

    async def test_a_picture_that_the_server_has_thrown_away_is_told_and_staged_again(self, site: Site) -> None:
        publisher = await site.connect()
        sealed = site.sealed(publisher, TEXT, pictures=(SHOWN,))
        staged = await publisher.stage(sealed, PRINTS)
        if staged.staged:
            site.strike("forget")
            with pytest.raises(Unstaged):
                await publisher.publish(staged, PRINTS)
            assert not site.wall()
        await send(publisher, sealed)
        (post,) = site.wall()
        assert len(post.extra["media"]) == 1

    async def test_a_post_with_a_picture_whose_answer_was_lost_is_public_once(self, site: Site) -> None:
        publisher = await site.connect()
        staged = await publisher.stage(site.sealed(publisher, TEXT, pictures=(SHOWN,)), PRINTS)
        site.strike("drop_after")
        with pytest.raises(OutcomeUnknown):
            await publisher.publish(staged, PRINTS)
        if staged.staged:  # the server itself lets a picture be used once, or knows the record
            with suppress(Unstaged, OutcomeUnknown):
                await publisher.publish(staged, PRINTS)
        assert len(site.wall()) == 1

    async def test_pictures_that_would_be_refused_never_leave(self, site: Site) -> None:
        publisher = await site.connect()
        allowed = publisher.limits.pictures
        assert allowed is not None
        with pytest.raises(Rejected, match="no alt text"):
            site.sealed(publisher, TEXT, pictures=(replace(SHOWN, alt=" "),))
        with pytest.raises(Rejected, match="at most"):
            site.sealed(publisher, TEXT, pictures=(SHOWN,) * (allowed.most + 1))
        if allowed.alt is not None:
            with pytest.raises(Rejected, match="alt text"):
                site.sealed(publisher, TEXT, pictures=(replace(SHOWN, alt="a" * (allowed.alt + 1)),))

    async def test_several_pictures_keep_their_order_and_each_its_words(self, site: Site) -> None:
        publisher = await site.connect()
        if Feature.ALBUM not in site.network.features:
            return
        album = dict(_album())
        sealed = site.sealed(publisher, TEXT, pictures=tuple(album))
        prints = {shown.mark: made for shown, made in album.items()}
        await publisher.publish(await publisher.stage(sealed, prints), prints)
        (post,) = site.wall()
        told = [shown.alt if site.shows_alt else "" for shown in album]
        assert [media["alt"] for media in post.extra["media"]] == told
        assert [await received(media["url"]) for media in post.extra["media"]] == [made.data for made in album.values()]

    async def test_of_several_pictures_only_what_is_missing_is_given(self, site: Site) -> None:
        publisher = await site.connect()
        if Feature.ALBUM not in site.network.features:
            return
        album = dict(_album())
        prints = {shown.mark: made for shown, made in album.items()}
        staged = await publisher.stage(site.sealed(publisher, TEXT, pictures=tuple(album)), prints)
        if not staged.staged:
            return
        _, second, _ = prints
        known = {mark: ref for mark, ref in staged.staged.items() if mark != second}
        again = await publisher.stage(replace(staged, staged=known), {second: prints[second]})
        assert {mark: again.staged[mark] for mark in known} == known
        await publisher.publish(again, prints)
        (post,) = site.wall()
        assert len(post.extra["media"]) == len(prints)

    async def test_a_text_beside_a_picture_has_limits_of_its_own(self, site: Site) -> None:
        publisher = await site.connect()
        longest = publisher.limits.beside((SHOWN,)).text
        with pytest.raises(Rejected):
            site.sealed(publisher, plain("a" * (longest + 1)), pictures=(SHOWN,))
        await send(publisher, site.sealed(publisher, plain("a" * longest), pictures=(SHOWN,)))
        assert [len(post.text) for post in site.wall()] == [longest]

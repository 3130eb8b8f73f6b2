"""Networks that can change what is public: the promises of edits, on look-alikes."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, nullcontext
from dataclasses import replace

import pytest

from amplify.domain.envelope import Parents
from amplify.domain.picture import digest_of
from amplify.domain.rendition import Button
from amplify.domain.richtext import RichText, plain
from amplify.ports.errors import Rejected
from amplify.publishers import installed
from amplify.testing.edit_contract import RIGHT, WRONG, EditContract, edit
from amplify.testing.picture_contract import PRINT, PRINTS, SHOWN
from amplify.testing.pictures import sample
from amplify.testing.publisher_site import Site, send

OpenSite = Callable[..., AbstractAsyncContextManager[Site]]


BLUE = replace(PRINT, data=sample(200, 100, notes=False))
OTHER = replace(SHOWN, digest=digest_of(BLUE.data))


class TestMastodonEdits(EditContract):
    @pytest.fixture
    async def site(self, open_site: OpenSite) -> AsyncIterator[Site]:
        async with open_site("mastodon") as site:
            yield site


class TestEditsOnAMastodonOfAnotherMaker(EditContract):
    @pytest.fixture
    async def site(self, open_site: OpenSite) -> AsyncIterator[Site]:
        async with open_site("mastodon", honours_idempotency=False, ulid_ids=True, misses_pictures=False) as site:
            yield site


class TestTelegramEdits(EditContract):
    @pytest.fixture
    async def site(self, open_site: OpenSite) -> AsyncIterator[Site]:
        async with open_site("telegram") as site:
            yield site


@pytest.fixture
async def mastodon(open_site: OpenSite) -> AsyncIterator[Site]:
    async with open_site("mastodon") as site:
        yield site


@pytest.mark.parametrize(("there", "goes"), [(WRONG, True), (RIGHT, True), (plain("We are about 1500."), False)])
async def test_what_somebody_has_changed_by_hand_meanwhile_stays_unless_it_is_right_already(
    mastodon: Site, there: RichText, goes: bool
) -> None:
    publisher = await mastodon.connect()
    wrong = await send(publisher, mastodon.sealed(publisher, WRONG))
    await send(publisher, edit(mastodon, publisher, wrong, there, "by hand"))
    parents = Parents(root=wrong, parent=wrong, said=WRONG.text)
    sealed = mastodon.sealed(publisher, RIGHT, "fix", parents=parents, settings={"as": "edit"})
    with nullcontext() if goes else pytest.raises(Rejected, match="by hand"):
        await send(publisher, sealed)
    assert [post.text for post in mastodon.wall()] == [RIGHT.text if goes else there.text]


async def test_a_warning_stays_unless_the_correction_has_one(mastodon: Site) -> None:
    publisher = await mastodon.connect()
    wrong = await send(publisher, mastodon.sealed(publisher, WRONG, settings={"warning": "deaths"}))
    await send(publisher, edit(mastodon, publisher, wrong))
    assert [post.extra["warning"] for post in mastodon.wall()] == ["deaths"]
    settings, parents = {"as": "edit", "warning": "numbers"}, Parents(root=wrong, parent=wrong)
    await send(publisher, mastodon.sealed(publisher, RIGHT, "again", parents=parents, settings=settings))
    assert [post.extra["warning"] for post in mastodon.wall()] == ["numbers"]


async def test_another_picture_takes_the_place_of_the_wrong_one(mastodon: Site) -> None:
    publisher = await mastodon.connect()
    wrong = await send(publisher, mastodon.sealed(publisher, WRONG))
    parents = Parents(root=wrong, parent=wrong)
    sealed = mastodon.sealed(publisher, RIGHT, "fix", parents=parents, settings={"as": "edit"}, pictures=(SHOWN,))
    await publisher.publish(await publisher.stage(sealed, PRINTS))
    (post,) = mastodon.wall()
    assert (post.remote_id, [media["alt"] for media in post.extra["media"]]) == (wrong.remote_id, [SHOWN.alt])


@pytest.fixture
async def telegram(open_site: OpenSite) -> AsyncIterator[Site]:
    async with open_site("telegram") as site:
        yield site


async def test_on_telegram_a_picture_takes_the_place_of_a_picture_and_of_nothing_else(telegram: Site) -> None:
    publisher = await telegram.connect()
    wrong = await publisher.publish(telegram.sealed(publisher, WRONG, pictures=(OTHER,)), {OTHER.mark: BLUE})
    parents, settings = Parents(root=wrong, parent=wrong), {"as": "edit"}
    sealed = telegram.sealed(publisher, RIGHT, "fix", parents=parents, settings=settings, pictures=(SHOWN,))
    before = telegram.wall()[0].extra["media"]
    for _ in range(2):
        await publisher.publish(sealed, PRINTS)
    (post,) = telegram.wall()
    assert (post.text, post.remote_id) == (RIGHT.text, wrong.remote_id)
    assert post.extra["media"] != before
    bare = await send(publisher, telegram.sealed(publisher, WRONG, "bare"))
    with pytest.raises(Rejected, match="answer it instead"):
        telegram.sealed(
            publisher, RIGHT, "no", parents=Parents(root=bare, parent=bare), settings=settings, pictures=(SHOWN,)
        )


async def test_a_button_that_the_correction_has_is_there_again(telegram: Site) -> None:
    publisher = await telegram.connect()
    sign = {"buttons": (Button(label="Sign", url="https://petition.example/"),)}
    wrong = await send(publisher, telegram.sealed(publisher, WRONG, wishes=sign))
    parents = Parents(root=wrong, parent=wrong)
    await send(
        publisher, telegram.sealed(publisher, RIGHT, "fix", parents=parents, settings={"as": "edit"}, wishes=sign)
    )
    (post,) = telegram.wall()
    assert [each["text"] for each in post.extra["buttons"]] == ["Sign"]


def test_every_network_that_edits_is_tried_here() -> None:
    can = {name for name, network in installed().items() if "edit" in network.variants.get("as", ())}
    assert can == {"mastodon", "telegram"}

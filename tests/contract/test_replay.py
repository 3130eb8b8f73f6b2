"""Replay is promised where the operator gives their word, or where it was tried; and only by the server that was seen."""

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import replace
from datetime import timedelta

import pytest

from amplify.ports.errors import Unauthorized, Unavailable
from amplify.ports.proving import Proof, ProvesReplay
from amplify.testing.faults import Rule
from amplify.testing.publisher_site import Site
from servers.mastodon import MastodonMock

OpenSite = Callable[..., AbstractAsyncContextManager[Site]]
NOTHING, MINUTES = timedelta(), timedelta(minutes=1)


async def tried(site: Site) -> Proof:
    publisher = await site.connect()
    assert isinstance(publisher, ProvesReplay)
    return await publisher.prove_replay()


async def promised(site: Site, *, proven: str = "", **settings: str) -> timedelta:
    access = replace(site.access, proven=proven, settings={**site.access.settings, **settings})
    return (await replace(site, access=access).connect()).replay.safe_for


async def test_nothing_is_promised_by_itself_whatever_the_server_calls_itself(open_site: OpenSite) -> None:
    async with open_site("mastodon") as site:
        assert await promised(site) == NOTHING


async def test_the_operator_may_give_their_word(open_site: OpenSite) -> None:
    async with open_site("mastodon") as site:
        assert await promised(site, replay="30m") == 30 * MINUTES


@pytest.mark.parametrize("manners", [{}, {"replay_answers_500": True}, {"ulid_ids": True}])
async def test_a_server_that_remembers_makes_one_post_of_two_and_none_stays(
    open_site: OpenSite, manners: dict[str, bool]
) -> None:
    async with open_site("mastodon", **manners) as site:
        proof = await tried(site)
        assert (proof.remembers, site.sent()) == (True, 2)
        assert "remembers" in proof.told
        assert not site.wall()
        assert await promised(site, proven=proof.version) == 50 * MINUTES


async def test_a_server_that_ignores_the_key_is_told_and_neither_post_stays(open_site: OpenSite) -> None:
    async with open_site("mastodon", honours_idempotency=False) as site:
        proof = await tried(site)
        assert not proof.remembers
        assert "does not remember" in proof.told
        assert not site.wall()


async def test_another_version_has_proven_nothing(open_site: OpenSite) -> None:
    async with open_site("mastodon") as site:
        before = (await tried(site)).version
    async with open_site("mastodon", claims="4.6.1") as site:
        assert await promised(site, proven=before) == NOTHING


async def test_of_another_maker_the_hour_is_not_taken_for_granted(open_site: OpenSite) -> None:
    async with open_site("mastodon", claims="2.7.2 (compatible; Pleroma 2.9.1)") as site:
        assert await promised(site, proven=(await tried(site)).version) == 10 * MINUTES


async def test_what_cannot_be_deleted_is_told(open_site: OpenSite) -> None:
    async with open_site("mastodon", deletes_answer_404=True) as site:
        with pytest.raises(Unavailable, match="Delete it by hand"):
            await tried(site)
        (left,) = site.wall()
        assert left.extra["visibility"] == "direct"
        assert not left.entities, "it names nobody"


async def test_a_test_whose_answer_is_lost_leaves_nothing_behind(open_site: OpenSite) -> None:
    async with open_site("mastodon") as site:
        site.faults.add(Rule(what="drop_after", path=site.sends, method="POST"))
        with pytest.raises(Exception, match="Mastodon"):
            await tried(site)
        assert not site.wall()


async def test_a_token_that_is_refused_is_told_as_that(open_site: OpenSite) -> None:
    async with open_site("mastodon") as site:
        publisher = await site.connect()
        assert isinstance(publisher, ProvesReplay)
        site.faults.add(Rule(what="status", arg=401, path=".", count=9))
        with pytest.raises(Unauthorized, match="new access token"):
            await publisher.prove_replay()


async def test_a_test_that_cannot_be_looked_for_leaves_nothing_behind(open_site: OpenSite) -> None:
    async with open_site("mastodon") as site:
        publisher = await site.connect()
        assert isinstance(publisher, ProvesReplay)
        site.faults.add(Rule(what="status", arg=500, path="/accounts/.*/statuses"))
        with pytest.raises(Unavailable):
            await publisher.prove_replay()
        assert not site.wall()


@pytest.mark.real
async def test_a_mastodon_that_others_wrote_remembers_and_keeps_nothing_of_the_test(
    open_real_site: OpenSite, mastodon_mock: MastodonMock
) -> None:
    async with open_real_site(mastodon_mock) as site:
        proof = await tried(site)
        assert (proof.remembers, site.sent()) == (True, 2)
        assert not site.wall()

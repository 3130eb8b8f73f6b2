"""Networks that take back what is public, and count: the promises of both, on look-alikes."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from amplify.domain.envelope import Parents, Receipt
from amplify.domain.rendition import Onto
from amplify.domain.richtext import plain
from amplify.ports.errors import Rejected, Throttled
from amplify.publishers.refusals import BLUESKY
from amplify.testing.faults import Rule
from amplify.testing.publisher_site import Site, send
from amplify.testing.upkeep_contract import ONE, MeasureContract, WithdrawContract, measuring, withdrawing

OpenSite = Callable[..., AbstractAsyncContextManager[Site]]
NOTHING = plain("")


class TestMastodon(WithdrawContract, MeasureContract):
    @pytest.fixture
    async def site(self, open_site: OpenSite) -> AsyncIterator[Site]:
        async with open_site("mastodon") as site:
            yield site


class TestAMastodonOfAnotherMaker(MeasureContract):
    """Older than 4.3, so that posts are counted one by one; its ids are no numbers."""

    @pytest.fixture
    async def site(self, open_site: OpenSite) -> AsyncIterator[Site]:
        async with open_site("mastodon", honours_idempotency=False, ulid_ids=True, misses_pictures=False) as site:
            yield site


class TestBluesky(WithdrawContract, MeasureContract):
    @pytest.fixture
    async def site(self, open_site: OpenSite) -> AsyncIterator[Site]:
        async with open_site("bluesky") as site:
            yield site


class TestTelegram(WithdrawContract, MeasureContract):
    @pytest.fixture
    async def site(self, open_site: OpenSite) -> AsyncIterator[Site]:
        async with open_site("telegram") as site:
            gone = "test_what_is_gone_is_left_out_where_the_network_tells_that"
            yield replace(site, cannot_show={gone: "a bot is told of changes, not of what is there"})


@pytest.fixture
async def mastodon(open_site: OpenSite) -> AsyncIterator[Site]:
    async with open_site("mastodon") as site:
        yield site


@pytest.fixture
async def bluesky(open_site: OpenSite) -> AsyncIterator[Site]:
    async with open_site("bluesky") as site:
        yield site


async def test_a_server_that_says_it_is_not_there_and_keeps_it_is_not_believed(open_site: OpenSite) -> None:
    async with open_site("mastodon", deletes_answer_404=True) as site:
        publisher = await site.connect()
        sealed = site.sealed(publisher, ONE)
        receipt = await send(publisher, sealed)
        with pytest.raises(Rejected, match="Delete it by hand"):
            await withdrawing(publisher).withdraw(sealed, receipt)
        assert len(site.wall()) == 1


@pytest.mark.parametrize("network", ["mastodon", "bluesky", "telegram"])
async def test_what_was_shown_again_is_no_longer_shown_again(open_site: OpenSite, network: str) -> None:
    async with open_site(network) as site:
        publisher = await site.connect()
        first = await send(publisher, site.sealed(publisher, ONE))
        parents = Parents(root=first, parent=first)
        again = site.sealed(publisher, NOTHING, "again", parents=parents, wishes={"onto": Onto.BOOST})
        receipt = await send(publisher, again)
        assert len(site.wall()) == 2
        await withdrawing(publisher).withdraw(replace(again, boosts=first.remote_id), receipt)
        assert [hung.remote_id for hung in site.wall()] == [first.remote_id]


async def test_the_thirty_first_delete_in_half_an_hour_waits_until_the_server_takes_more(mastodon: Site) -> None:
    publisher = await mastodon.connect()
    receipt = await send(publisher, mastodon.sealed(publisher, ONE))
    gone = replace(receipt, remote_id=f"{receipt.remote_id[:-1]}{'0' if receipt.remote_id[-1] != '0' else '1'}")
    for _ in range(30):
        await withdrawing(publisher).withdraw(None, gone)
    with pytest.raises(Throttled) as told:
        await withdrawing(publisher).withdraw(None, receipt)
    assert told.value.wait(mastodon.now()) <= timedelta(minutes=30)
    assert len(mastodon.wall()) == 1


@pytest.mark.parametrize("forgotten", [False, True])
async def test_who_may_reply_and_quote_on_bluesky_goes_with_the_post(bluesky: Site, forgotten: bool) -> None:
    publisher = await bluesky.connect()
    sealed = bluesky.sealed(publisher, ONE, settings={"replies": "nobody", "quoting": "nobody"})
    receipt = await send(publisher, sealed)
    await withdrawing(publisher).withdraw(None if forgotten else sealed, receipt)
    kept: Any = publisher
    for collection in ("app.bsky.feed.post", "app.bsky.feed.threadgate", "app.bsky.feed.postgate"):
        rkey = receipt.remote_id.rpartition("/")[2]
        with pytest.raises(Rejected, match="Could not locate record"):
            await kept.session.record(kept.session.did, collection, rkey, BLUESKY)


async def test_a_post_that_was_on_top_of_a_bluesky_account_is_named_there_no_longer(bluesky: Site) -> None:
    publisher: Any = await bluesky.connect()
    on_top, beside = bluesky.sealed(publisher, ONE, wishes={"pin": True}), bluesky.sealed(publisher, ONE, "beside")
    top, other = await send(publisher, on_top), await send(publisher, beside)
    await publisher.settle(on_top, top)
    await withdrawing(publisher).withdraw(beside, other)
    assert await _on_top(publisher) == top.remote_id
    await withdrawing(publisher).withdraw(on_top, top)
    assert await _on_top(publisher) is None


async def _on_top(publisher: Any) -> str | None:
    session = publisher.session
    profile = await session.record(session.did, "app.bsky.actor.profile", "self", BLUESKY)
    pinned = profile["value"].get("pinnedPost")
    return pinned and str(pinned["uri"])


async def test_a_post_that_a_person_has_found_is_taken_back_by_the_end_of_its_address(bluesky: Site) -> None:
    publisher = await bluesky.connect()
    receipt = await send(publisher, bluesky.sealed(publisher, ONE))
    found = Receipt(remote_id=receipt.url.rpartition("/")[2], url=receipt.url, at=bluesky.now())
    await withdrawing(publisher).withdraw(None, found)
    assert bluesky.wall() == []


async def test_nobody_elses_record_is_ever_deleted(bluesky: Site) -> None:
    publisher = await bluesky.connect()
    receipt = await send(publisher, bluesky.sealed(publisher, ONE))
    other = replace(receipt, remote_id=f"at://did:plc:somebody/app.bsky.feed.post/{receipt.remote_id[-13:]}")
    with pytest.raises(Rejected, match="no record of the account"):
        await withdrawing(publisher).withdraw(None, other)
    assert len(bluesky.wall()) == 1


@pytest.mark.parametrize("network", ["mastodon", "bluesky"])
async def test_a_boost_that_a_person_has_found_under_the_address_of_the_post_takes_only_itself_back(
    open_site: OpenSite, network: str
) -> None:
    async with open_site(network) as site:
        publisher = await site.connect()
        first = await send(publisher, site.sealed(publisher, ONE))
        parents = Parents(root=first, parent=first)
        again = site.sealed(publisher, NOTHING, "again", parents=parents, wishes={"onto": Onto.BOOST})
        again = replace(again, boosts=first.remote_id)
        await send(publisher, again)
        found = Receipt(remote_id=first.url.rpartition("/")[2], url=first.url, at=site.now())
        await withdrawing(publisher).withdraw(again, found)
        assert [hung.remote_id for hung in site.wall()] == [first.remote_id]


async def test_a_server_that_counts_only_one_by_one_is_asked_one_by_one(mastodon: Site) -> None:
    publisher = await mastodon.connect()
    receipts = [await send(publisher, mastodon.sealed(publisher, plain(f"Word {n}."), f"post-{n}")) for n in range(2)]
    mastodon.faults.add(Rule(what="status", path=r"/statuses\?", method="GET", arg=404))
    assert len(await measuring(publisher).measure(receipts)) == 2

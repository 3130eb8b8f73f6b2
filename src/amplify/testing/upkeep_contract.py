"""What a publisher promises that can take back what it has published, or count: optional parts of the port.

Subclass WithdrawContract and MeasureContract beside PublisherContract, for those of ports/upkeep.py that it has.
"""

from contextlib import suppress
from dataclasses import replace

import pytest

from amplify.domain.envelope import Parents
from amplify.domain.feature import Feature
from amplify.domain.richtext import plain
from amplify.ports.errors import NotSent, OutcomeUnknown, Throttled
from amplify.ports.publisher import Publisher
from amplify.ports.upkeep import Counts, Measures, Withdraws
from amplify.testing.broken_contract import Promises
from amplify.testing.picture_contract import PRINTS, SHOWN, TEXT
from amplify.testing.publisher_site import Site, send

ONE, OTHER = plain("We are 1510."), plain("Thank you all.")


def withdrawing(publisher: Publisher) -> Withdraws:
    assert isinstance(publisher, Withdraws)
    return publisher


def measuring(publisher: Publisher) -> Measures:
    assert isinstance(publisher, Measures)
    return publisher


class WithdrawContract(Promises):
    """The promises of taking back."""

    async def test_what_is_taken_back_is_gone_and_nothing_else(self, site: Site) -> None:
        publisher = await site.connect()
        sealed = site.sealed(publisher, ONE)
        receipt = await send(publisher, sealed)
        await send(publisher, site.sealed(publisher, OTHER, "other"))
        told = await withdrawing(publisher).withdraw(sealed, receipt)
        assert [post.text for post in site.wall()] == [OTHER.text]
        assert told, "it says what cannot be recalled"

    async def test_taking_back_what_is_gone_changes_nothing(self, site: Site) -> None:
        publisher = await site.connect()
        sealed = site.sealed(publisher, ONE)
        receipt = await send(publisher, sealed)
        first = await withdrawing(publisher).withdraw(sealed, receipt)
        assert await withdrawing(await site.connect()).withdraw(sealed, receipt) == first
        assert site.wall() == []

    async def test_a_receipt_is_enough(self, site: Site) -> None:
        """The ledger may have forgotten what was sent, on purpose or after a loss."""
        publisher = await site.connect()
        receipt = await send(publisher, site.sealed(publisher, ONE))
        await withdrawing(publisher).withdraw(None, receipt)
        assert site.wall() == []

    async def test_all_of_an_album_goes(self, site: Site) -> None:
        if Feature.ALBUM not in site.network.features:
            pytest.skip(f"{type(self).__name__}: it has no albums")
        publisher = await site.connect()
        sealed = site.sealed(publisher, TEXT, pictures=(SHOWN, replace(SHOWN, path="posts/media/other.png")))
        sealed = await publisher.stage(sealed, PRINTS)
        receipt = await publisher.publish(sealed, PRINTS)
        assert len(site.wall()) == 1
        await withdrawing(publisher).withdraw(sealed, receipt)
        assert site.wall() == []

    @pytest.mark.parametrize("how", ["drop_after", "close_after", "html"])
    async def test_a_lost_answer_is_looked_into_or_told_and_saying_it_again_settles_it(
        self, site: Site, how: str
    ) -> None:
        publisher = await site.connect()
        sealed = site.sealed(publisher, ONE)
        receipt = await send(publisher, sealed)
        site.strike_delete(how, phase="after")
        with suppress(OutcomeUnknown):
            await withdrawing(publisher).withdraw(sealed, receipt)
        assert site.wall() == []
        assert await withdrawing(publisher).withdraw(sealed, receipt)

    async def test_what_never_arrived_is_no_success(self, site: Site) -> None:
        publisher = await site.connect()
        sealed = site.sealed(publisher, ONE)
        receipt = await send(publisher, sealed)
        site.strike_delete("drop_before")
        with pytest.raises((OutcomeUnknown, NotSent)):
            await withdrawing(publisher).withdraw(sealed, receipt)
        assert len(site.wall()) == 1
        await withdrawing(publisher).withdraw(sealed, receipt)
        assert site.wall() == []

    async def test_a_server_that_asks_us_to_wait_has_deleted_nothing(self, site: Site) -> None:
        publisher = await site.connect()
        sealed = site.sealed(publisher, ONE)
        receipt = await send(publisher, sealed)
        site.strike_delete("status", 429)
        with pytest.raises(Throttled):
            await withdrawing(publisher).withdraw(sealed, receipt)
        assert len(site.wall()) == 1


class MeasureContract(Promises):
    """The promises of counting."""

    async def test_counts_are_told_by_remote_id(self, site: Site) -> None:
        publisher = await site.connect()
        receipts = [await send(publisher, site.sealed(publisher, plain(f"Word {n}."), f"post-{n}")) for n in range(3)]
        counts = await measuring(publisher).measure(receipts)
        assert counts.keys() == {receipt.remote_id for receipt in receipts}
        assert all(isinstance(each, Counts) for each in counts.values())
        assert measuring(publisher).at_once >= 1

    async def test_an_answer_to_a_post_is_counted_where_answers_are(self, site: Site) -> None:
        publisher = await site.connect()
        receipt = await send(publisher, site.sealed(publisher, ONE))
        before = (await measuring(publisher).measure([receipt]))[receipt.remote_id]
        if before.replies is None:
            pytest.skip(f"{type(self).__name__}: the network tells no answers")
        await send(publisher, site.sealed(publisher, OTHER, "other", parents=Parents(root=receipt, parent=receipt)))
        after = (await measuring(publisher).measure([receipt]))[receipt.remote_id]
        assert (before.replies, after.replies) == (0, 1)

    async def test_what_is_gone_is_left_out_where_the_network_tells_that(self, site: Site) -> None:
        if why := site.cannot_show.get("test_what_is_gone_is_left_out_where_the_network_tells_that"):
            pytest.skip(f"{type(self).__name__}: {why}")
        publisher = await site.connect()
        sealed = site.sealed(publisher, ONE)
        receipt = await send(publisher, sealed)
        stays = await send(publisher, site.sealed(publisher, OTHER, "other"))
        await withdrawing(publisher).withdraw(sealed, receipt)
        assert (await measuring(publisher).measure([receipt, stays])).keys() == {stays.remote_id}

    async def test_counting_changes_nothing(self, site: Site) -> None:
        publisher = await site.connect()
        receipt = await send(publisher, site.sealed(publisher, ONE))
        before = site.wall()
        for _ in range(2):
            await measuring(publisher).measure([receipt])
        assert site.wall() == before

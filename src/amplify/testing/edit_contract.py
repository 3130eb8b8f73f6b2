"""What a publisher promises whose network can change what is public: subclass EditContract beside PublisherContract.

An edit is a correction that says `as: edit`: the same post, other words. Sent again it changes nothing.
"""

import json
from dataclasses import replace

import pytest

from amplify.domain.envelope import Envelope, Parents, Receipt
from amplify.domain.richtext import RichText, plain
from amplify.ports.errors import CannotTell, NotSent, OutcomeUnknown, Rejected
from amplify.ports.publisher import Publisher
from amplify.testing.broken_contract import Promises
from amplify.testing.picture_contract import PRINTS, SHOWN, TEXT
from amplify.testing.publisher_site import Site, body, look_up, send

WRONG, RIGHT = plain("We are 1510."), plain("We are 1496. Corrected today.")


def edit(site: Site, publisher: Publisher, wrong: Receipt, words: RichText = RIGHT, name: str = "fix") -> Envelope:
    """A sealed edit of what `wrong` is the receipt of."""
    parents = Parents(root=wrong, parent=wrong)
    return site.sealed(publisher, words, name, parents=parents, settings={"as": "edit"})


class EditContract(Promises):
    """The promises."""

    async def test_an_edit_changes_the_words_of_the_one_post_there_is(self, site: Site) -> None:
        publisher = await site.connect()
        wrong = await send(publisher, site.sealed(publisher, WRONG))
        receipt = await send(publisher, edit(site, publisher, wrong))
        (post,) = site.wall()
        assert (post.text, post.remote_id, post.url) == (RIGHT.text, wrong.remote_id, wrong.url)
        assert (receipt.remote_id, receipt.url) == (wrong.remote_id, wrong.url)
        assert receipt.at.tzinfo is not None

    async def test_links_and_marks_of_new_words_are_where_they_were_laid_out(self, site: Site) -> None:
        if why := site.cannot_show.get("test_links_and_marks_are_where_they_were_laid_out"):
            pytest.skip(f"{type(self).__name__}: {why}")
        publisher = await site.connect()
        wrong = await send(publisher, site.sealed(publisher, WRONG))
        await send(publisher, edit(site, publisher, wrong, body()))
        (post,) = site.wall()
        assert {(e.kind, e.start, e.end, e.value) for e in post.entities} == {
            (e.kind, e.start, e.end, e.value) for e in site.network.lay_out(body(), {}, publisher.limits).entities
        }

    async def test_a_picture_stays_below_other_words(self, site: Site) -> None:
        publisher = await site.connect()
        sealed = await publisher.stage(site.sealed(publisher, TEXT, pictures=(SHOWN,)), PRINTS)
        wrong = await publisher.publish(sealed, PRINTS)
        before = [post.extra["media"] for post in site.wall()]
        await send(publisher, edit(site, publisher, wrong))
        (post,) = site.wall()
        assert (post.text, [post.extra["media"]]) == (RIGHT.text, before)

    async def test_what_was_edited_can_be_edited_again(self, site: Site) -> None:
        publisher = await site.connect()
        wrong = await send(publisher, site.sealed(publisher, WRONG))
        first = await send(publisher, edit(site, publisher, wrong, plain("We are 1497."), "first"))
        await send(publisher, edit(site, publisher, first, RIGHT, "second"))
        assert [post.text for post in site.wall()] == [RIGHT.text]

    async def test_an_edit_that_was_stored_may_go_again_at_any_time(self, site: Site) -> None:
        publisher = await site.connect()
        wrong = await send(publisher, site.sealed(publisher, WRONG))
        sealed = await publisher.stage(edit(site, publisher, wrong))
        stored = replace(sealed, request=json.loads(json.dumps(sealed.request)))
        assert stored.repeatable
        first = await publisher.publish(stored)
        again = await (await site.connect()).publish(stored)
        assert (first.remote_id, first.url) == (again.remote_id, again.url)
        assert [post.text for post in site.wall()] == [RIGHT.text]

    @pytest.mark.parametrize("how", ["drop_after", "close_after", "truncate", "html"])
    async def test_a_lost_answer_to_an_edit_is_unknown_and_settled_by_looking_or_sending_again(
        self, site: Site, how: str
    ) -> None:
        publisher = await site.connect()
        wrong = await send(publisher, site.sealed(publisher, WRONG))
        sealed = await publisher.stage(edit(site, publisher, wrong))
        site.strike_edit(how, phase="after")
        with pytest.raises(OutcomeUnknown):
            await publisher.publish(sealed)
        looked = await look_up(publisher, sealed, {wrong.remote_id})
        settled = await publisher.publish(sealed) if isinstance(looked, CannotTell) else looked
        assert settled is not None
        assert settled.remote_id == wrong.remote_id
        assert [post.text for post in site.wall()] == [RIGHT.text]

    async def test_an_edit_that_never_arrived_is_not_found_and_arrives_when_sent_again(self, site: Site) -> None:
        publisher = await site.connect()
        wrong = await send(publisher, site.sealed(publisher, WRONG))
        sealed = await publisher.stage(edit(site, publisher, wrong))
        site.strike_edit("drop_before")
        with pytest.raises(OutcomeUnknown):
            await publisher.publish(sealed)
        looked = await look_up(publisher, sealed, {wrong.remote_id})
        assert isinstance(looked, CannotTell) or looked is None
        assert [post.text for post in site.wall()] == [WRONG.text]
        await publisher.publish(sealed)
        assert [post.text for post in site.wall()] == [RIGHT.text]

    async def test_what_is_gone_is_not_made_anew(self, site: Site) -> None:
        publisher = await site.connect()
        wrong = await send(publisher, site.sealed(publisher, WRONG))
        last = "0" if wrong.remote_id[-1] != "0" else "1"
        gone = replace(wrong, remote_id=f"{wrong.remote_id[:-1]}{last}")
        with pytest.raises(Rejected):
            await send(publisher, edit(site, publisher, gone))
        assert [post.text for post in site.wall()] == [WRONG.text]

    async def test_where_nothing_is_public_there_is_nothing_to_edit(self, site: Site) -> None:
        publisher = await site.connect()
        with pytest.raises(Rejected):
            site.sealed(publisher, RIGHT, settings={"as": "edit"})

    @pytest.mark.parametrize("fault", [("drop_before", 0), ("drop_after", 0), ("status", 500), ("status", 429)])
    async def test_no_edit_is_tried_again_below_the_ledger(self, site: Site, fault: tuple[str, float]) -> None:
        publisher = await site.connect()
        wrong = await send(publisher, site.sealed(publisher, WRONG))
        sealed = await publisher.stage(edit(site, publisher, wrong))
        site.strike_edit(*fault)
        with pytest.raises((NotSent, OutcomeUnknown)):
            await publisher.publish(sealed)
        assert site.edited() == 1

"""What every publisher promises, to be run against a server: subclass PublisherContract and say where.

A subclass gives the fixture `site`. The promises look at the wall, which is what followers see, and order
faults at the wire; whether a publisher looks after itself inside is its own business.
"""

import asyncio
import json
import logging
import traceback
from contextlib import nullcontext, suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from amplify.domain.envelope import Parents
from amplify.domain.feature import Feature
from amplify.domain.richtext import plain
from amplify.ports.errors import CannotTell, NotSent, OutcomeUnknown, Rejected, Throttled, Unauthorized, Unavailable
from amplify.testing.broken_contract import Promises
from amplify.testing.budget_contract import BudgetPromises
from amplify.testing.faults import Rule
from amplify.testing.feature_contract import FeaturePromises
from amplify.testing.picture_contract import PicturePromises
from amplify.testing.publisher_site import Site, body, look_up, send

SOON = timedelta(hours=4)
SERVER_ERRORS = (500, 502, 503, 504, 520)
#: Bluesky takes 0.35 s on purpose to look at a password.
PATIENCE = timedelta(seconds=0.8)


def wrong_secret(site: Site) -> dict[str, str]:
    return {field.name: site.secret[:-4] + "0000" for field in site.network.fields if field.secret}


class PublisherContract(PicturePromises, FeaturePromises, BudgetPromises, Promises):
    """The promises. When they are green, a publisher is done."""

    @pytest.fixture(autouse=True)
    def _shown(self, site: Site, request: pytest.FixtureRequest) -> None:
        """Go without a promise that this server cannot show, and say why."""
        name = request.node.originalname
        if name in site.cannot_show:
            pytest.skip(f"{request.cls.__name__} cannot show {name}: {site.cannot_show[name]}")
        if hasattr(PicturePromises, name) and Feature.PICTURE not in site.network.features:
            assert site.network.defaults.pictures is None, "it takes pictures, and does not list that"
            pytest.skip(f"{site.network.name} takes no pictures, so it promises nothing of them")

    async def test_a_post_is_published_once_and_its_receipt_leads_there(self, site: Site) -> None:
        publisher = await site.connect()
        receipt = await send(publisher, site.sealed(publisher, body()))
        (post,) = site.wall()
        assert post.text == site.network.lay_out(body(), {}, publisher.limits).text
        assert post.remote_id == receipt.remote_id
        assert receipt.url == post.url
        assert receipt.at.tzinfo is not None

    async def test_sealing_the_same_post_again_makes_the_same_envelope_and_asks_no_server(self, site: Site) -> None:
        publisher = await site.connect()
        await site.leave()
        assert site.sealed(publisher, body()) == site.sealed(publisher, body()), "two envelopes of one post differ"

    async def test_links_and_marks_are_where_they_were_laid_out(self, site: Site) -> None:
        publisher = await site.connect()
        await send(publisher, site.sealed(publisher, body()))
        (post,) = site.wall()
        assert {(e.kind, e.start, e.end, e.value) for e in post.entities} == {
            (e.kind, e.start, e.end, e.value) for e in site.network.lay_out(body(), {}, publisher.limits).entities
        }

    async def test_an_envelope_that_was_stored_is_all_that_sending_needs(self, site: Site) -> None:
        sealed = site.sealed(await site.connect(), body())
        stored = replace(sealed, request=json.loads(json.dumps(sealed.request)))
        await send(await site.connect(), stored)
        assert len(site.wall()) == 1

    async def test_an_account_is_the_same_whenever_it_is_asked(self, site: Site) -> None:
        first, second = await site.connect(), await site.connect()
        assert first.identity == second.identity
        assert first.identity.id

    async def test_a_text_as_long_as_allowed_goes_out_and_a_longer_one_never_leaves(self, site: Site) -> None:
        publisher = await site.connect()
        with pytest.raises(Rejected):
            site.sealed(publisher, plain("a" * (publisher.limits.text + 1)))
        await send(publisher, site.sealed(publisher, plain("a" * publisher.limits.text)))
        assert [len(post.text) for post in site.wall()] == [publisher.limits.text]

    async def test_a_reply_hangs_below_its_parent(self, site: Site) -> None:
        publisher = await site.connect()
        first = await send(publisher, site.sealed(publisher, plain("Erstens"), "one"))
        second = await send(
            publisher, site.sealed(publisher, plain("Zweitens"), "two", parents=Parents(root=first, parent=first))
        )
        third = await send(
            publisher, site.sealed(publisher, plain("Drittens"), "three", parents=Parents(root=first, parent=second))
        )
        assert {post.remote_id: post.reply_to for post in site.wall()} == {
            first.remote_id: "",
            second.remote_id: first.remote_id,
            third.remote_id: second.remote_id,
        }

    # what never became public, and is known not to

    async def test_a_refusal_is_rejected_and_nothing_is_on_the_wall(self, site: Site) -> None:
        publisher = await site.connect()
        site.strike("status", site.refusal)
        with pytest.raises(Rejected):
            await send(publisher, site.sealed(publisher, body()))
        assert not site.wall()

    async def test_a_wrong_secret_is_unauthorized(self, site: Site) -> None:
        with pytest.raises(Unauthorized):
            await site.connect(settings=wrong_secret(site))

    async def test_a_secret_that_is_withdrawn_later_is_unauthorized(self, site: Site) -> None:
        publisher = await site.connect()
        site.strike("status", 401)
        with pytest.raises(Unauthorized):
            await send(publisher, site.sealed(publisher, body()))
        assert not site.wall()

    async def test_a_server_that_wants_us_to_slow_down_says_until_when(self, site: Site) -> None:
        publisher = await site.connect()
        site.strike("status", 429)
        with pytest.raises(Throttled) as throttled:
            await send(publisher, site.sealed(publisher, body()))
        assert timedelta(seconds=-1) < throttled.value.wait(datetime.now(UTC)) < SOON
        assert not site.wall()

    async def test_a_server_that_is_not_there_is_unavailable_and_named(self, site: Site) -> None:
        publisher = await site.connect()
        sealed = site.sealed(publisher, body())
        await site.leave()
        with pytest.raises(Unavailable) as sending:
            await send(publisher, sealed)
        with pytest.raises(Unavailable) as connecting:
            await site.connect()
        assert all(site.access.settings["server"] in str(told.value) for told in (sending, connecting))

    @pytest.mark.parametrize("status", [500, 502, 503])
    async def test_a_server_that_is_ill_at_sign_in_is_unavailable(self, site: Site, status: int) -> None:
        site.faults.add(Rule(what="status", arg=status))
        with pytest.raises(Unavailable):
            await site.connect()

    # what may be public

    @pytest.mark.parametrize("how", ["drop_after", "close_after", "truncate", "html"])
    async def test_a_lost_or_garbled_answer_is_unknown_and_can_be_looked_up(self, site: Site, how: str) -> None:
        publisher = await site.connect()
        sealed = site.sealed(publisher, body())
        site.strike(how, phase="after")
        with pytest.raises(OutcomeUnknown):
            await send(publisher, sealed)
        (post,) = site.wall()
        looked = await look_up(publisher, sealed)
        assert isinstance(looked, CannotTell) or (looked is not None and looked.remote_id == post.remote_id)

    @pytest.mark.parametrize("phase", ["before", "after"])
    async def test_a_server_error_is_unknown_whether_or_not_it_was_stored(self, site: Site, phase: str) -> None:
        publisher = await site.connect()
        for status in SERVER_ERRORS:
            site.strike("status", status, phase)
            with pytest.raises(OutcomeUnknown):
                await send(publisher, site.sealed(publisher, body(), f"post-{status}"))
        assert len(site.wall()) == (len(SERVER_ERRORS) if phase == "after" else 0)

    async def test_a_request_that_was_cut_off_is_unknown_and_not_found(self, site: Site) -> None:
        publisher = await site.connect()
        sealed = site.sealed(publisher, body())
        site.strike("drop_before")
        with pytest.raises(OutcomeUnknown):
            await send(publisher, sealed)
        looked = await look_up(publisher, sealed)
        assert isinstance(looked, CannotTell) or looked is None

    async def test_a_silent_server_is_given_up_and_holds_up_nobody(self, site: Site) -> None:
        publisher = await site.connect(PATIENCE)
        sealed = site.sealed(publisher, body())
        site.strike("hold", 5 * PATIENCE.total_seconds(), "after")
        sending = asyncio.create_task(send(publisher, sealed))
        ticks = 0
        while not sending.done():
            await asyncio.sleep(0.01)
            ticks += 1
        with pytest.raises(OutcomeUnknown):
            await sending
        assert ticks > 5  # noqa: PLR2004  others had their turn all the while
        await asyncio.wait_for(publisher.close(), 1)
        assert len(site.wall()) == 1

    # looking it up

    async def test_a_post_of_the_same_words_that_belongs_to_another_is_not_taken_for_ours(self, site: Site) -> None:
        publisher = await site.connect()
        other = await send(publisher, site.sealed(publisher, body(), "other"))
        looked = await look_up(publisher, site.sealed(publisher, body(), "ours"), {other.remote_id})
        assert isinstance(looked, CannotTell) or looked is None

    async def test_a_server_that_cannot_be_asked_leaves_the_question_open(self, site: Site) -> None:
        publisher = await site.connect()
        sealed = site.sealed(publisher, body())
        await send(publisher, sealed)
        await site.leave()
        with pytest.raises(CannotTell):
            await publisher.find(sealed, ())

    async def test_the_same_envelope_twice_is_one_post_where_that_is_promised(self, site: Site) -> None:
        publisher = await site.connect()
        sealed = site.sealed(publisher, body())
        site.strike("drop_after")
        with pytest.raises(OutcomeUnknown):
            await send(publisher, sealed)
        told = set[str]()
        with nullcontext() if site.answers_replays else suppress(OutcomeUnknown):
            told = {(await send(publisher, sealed)).remote_id}
        if publisher.replay.safe_for or site.keeps_keys:
            (post,) = site.wall()
            assert told <= {post.remote_id}

    @pytest.mark.parametrize(
        "fault",
        [("drop_before", 0), ("drop_after", 0), ("status", 500), ("status", 429)],
        ids=["drop_before", "drop_after", "500", "429"],
    )
    async def test_nothing_is_tried_again_below_the_ledger(self, site: Site, fault: tuple[str, float]) -> None:
        publisher = await site.connect()
        site.strike(*fault)
        with pytest.raises((NotSent, OutcomeUnknown)):
            await send(publisher, site.sealed(publisher, body()))
        assert (sent := site.sent()) == 1, f"{sent} such requests have left, and it should be one"

    # secrets

    async def test_no_secret_is_in_any_log_or_message(self, site: Site, caplog: pytest.LogCaptureFixture) -> None:
        caplog.set_level(logging.DEBUG)
        publisher = await site.connect()
        said = [repr(publisher)]
        for fault in (("status", 401), ("status", site.refusal), ("status", 500), ("html", 0), ("drop_before", 0)):
            site.strike(*fault)
            with pytest.raises((NotSent, OutcomeUnknown)) as failed:
                await send(publisher, site.sealed(publisher, body()))
            said += traceback.format_exception(failed.value)
        with pytest.raises(Unauthorized) as unknown:
            await site.connect(settings=wrong_secret(site))
        said += traceback.format_exception(unknown.value)
        await site.leave()
        with pytest.raises(Unavailable) as failed:
            await send(publisher, site.sealed(publisher, body()))
        said += traceback.format_exception(failed.value)
        told = site.secret[:-4] in caplog.text + "".join(said)
        assert not told, "the secret is in a log or in a message"

"""A room behind an address keeps every promise that a room can keep, and says which it cannot."""

import asyncio
import logging
import os
import sys
import traceback
from asyncio.subprocess import DEVNULL, PIPE
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta

import pytest

from amplify.domain.richtext import plain
from amplify.ports.errors import CannotTell, OutcomeUnknown, PublishError, Rejected, Unauthorized, Unavailable
from amplify.ports.way import Way, spelled
from amplify.publishers.apprise import APPRISE, Apprise
from amplify.publishers.apprise_errand import Order, by_courier
from amplify.publishers.apprise_services import place_of
from amplify.testing.publisher_contract import PublisherContract
from amplify.testing.publisher_site import Site, body, send
from amplify.testing.resident import Resident
from amplify.testing.sandbox import Sandbox
from amplify.testing.socks import socks
from contract.conftest import access, now
from contract.warm_couriers import by_warm_courier

SECRET = "canary0f3a9c7e51d24b86aaaa"
SENDS = r"/hooks/"
_MUTE = "a webhook answers “ok” and names neither the message nor its address"
_ASKED = "a webhook can be asked nothing without a post, so connecting asks nobody"
CANNOT_SHOW = {
    "test_a_post_is_published_once_and_its_receipt_leads_there": _MUTE,
    "test_a_reply_hangs_below_its_parent": "a webhook cannot answer a message",
    "test_a_wrong_secret_is_unauthorized": _ASKED,
    "test_a_server_that_is_not_there_is_unavailable_and_named": _ASKED,
    "test_a_server_that_is_ill_at_sign_in_is_unavailable": _ASKED,
    "test_no_secret_is_in_any_log_or_message": _ASKED,
}


@pytest.fixture
async def site() -> AsyncIterator[Site]:
    room = Resident(network="apprise", channels=("here",), name="room", secret=SECRET)
    sandbox = await Sandbox.open([room], now=now)
    site = Site(
        network=replace(APPRISE, carry=by_warm_courier),
        access=access(sandbox.settings("here")),
        secret=SECRET,
        wall=sandbox.walls,
        faults=sandbox.faults,
        sent=lambda: sum(each.method == "POST" for each in sandbox.requests()),
        leave=sandbox.close,
        now=now,
        sends=SENDS,
        refusal=413,
        cannot_show=CANNOT_SHOW,
    )
    yield site
    await site.close()
    await sandbox.close()


class TestRoom(PublisherContract):
    pass


async def test_a_post_is_published_once_and_its_receipt_names_the_room(site: Site) -> None:
    publisher = await site.connect()
    one, two = [await send(publisher, site.sealed(publisher, body(), post)) for post in ("one", "two")]
    assert [post.text for post in site.wall()] == [site.network.lay_out(body(), {}, publisher.limits).text] * 2
    assert one.url == two.url == publisher.identity.url
    assert one.remote_id != two.remote_id


async def test_a_courier_of_its_own_process_brings_the_same(site: Site) -> None:
    publisher = await replace(APPRISE, carry=by_courier).connect(site.access)
    await send(publisher, site.sealed(publisher, body()))
    assert len(site.wall()) == 1
    site.strike("drop_after")
    with pytest.raises(OutcomeUnknown, match="its answer was lost"):
        await send(publisher, site.sealed(publisher, body(), "lost"))
    await site.leave()
    with pytest.raises(Unavailable, match="the post has not left"):
        await send(publisher, site.sealed(publisher, body(), "late"))


async def test_a_courier_that_nobody_waits_for_any_more_sends_nothing(site: Site) -> None:
    room = place_of(site.access.settings["address"])
    order = Order(address=room.address(), sends=room.service.sends, text="Light", within=timedelta(seconds=5))
    listens, speaks = os.pipe()
    os.close(listens)
    words = (sys.executable, "-m", "amplify.publishers.apprise_courier")
    courier = await asyncio.create_subprocess_exec(*words, stdin=PIPE, stdout=speaks, stderr=DEVNULL)
    os.close(speaks)
    await courier.communicate(order.written())
    assert not site.wall()
    assert site.sent() == 0


async def test_a_courier_takes_the_channels_proxy_and_no_other_way(site: Site) -> None:
    async with socks({}) as proxy:
        led = replace(site.access, way=Way(proxy=spelled(proxy.url)))
        publisher = await replace(APPRISE, carry=by_warm_courier).connect(led)
        await send(publisher, site.sealed(publisher, body()))
        assert proxy.asked == ["127.0.0.1"]
    with pytest.raises(Unavailable):
        await send(publisher, site.sealed(publisher, body(), "later"))
    assert len(site.wall()) == site.sent() == 1


async def test_a_webhook_that_was_removed_halts_the_channel_and_says_what_to_do(site: Site) -> None:
    elsewhere = site.access.settings["address"].replace(SECRET, SECRET[:-4] + "0000")
    publisher = await site.connect(settings={"address": elsewhere})
    with pytest.raises(Unauthorized, match="make a new one"):
        await send(publisher, site.sealed(publisher, body()))
    assert not site.wall()


async def test_a_redirect_is_not_followed(site: Site) -> None:
    publisher = await site.connect()
    site.strike("status", 307)
    with pytest.raises(Unauthorized, match="moved"):
        await send(publisher, site.sealed(publisher, body()))
    assert (site.sent(), len(site.wall())) == (1, 0)


async def test_no_secret_of_a_room_is_told(site: Site, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    publisher = await site.connect()
    sealed = site.sealed(publisher, body())
    said = [repr(publisher), repr(sealed), publisher.identity.id]
    for fault in (("status", 401), ("status", 413), ("status", 500), ("html", 0), ("drop_before", 0)):
        site.strike(*fault)
        with pytest.raises(PublishError) as failed:
            await send(publisher, sealed)
        said += traceback.format_exception(failed.value)
    for address in (f"mailto://user:{SECRET}@mail.example", f"mmosts://chat.example/{SECRET}/{SECRET}?to=#other"):
        with pytest.raises(Unauthorized) as refused:
            await site.connect(settings={"address": address})
        said += traceback.format_exception(refused.value)
    assert SECRET[:-4] not in caplog.text + "".join(said)


async def test_where_an_answer_is_lost_a_person_is_told_where_to_look_and_for_what(site: Site) -> None:
    publisher = await site.connect(settings={"url": "https://chat.example/campaign/channels/news"})
    with pytest.raises(CannotTell, match=r"https://chat\.example/campaign/channels/news.*“Light for everyone”"):
        await publisher.find(site.sealed(publisher, plain("Light for everyone")), ())


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("Sign *today*", "bold"),
        ("Sign __today__", "bold"),
        ("@everyone sign", "calls nobody"),
        ("<!here> sign", "calls nobody"),
        ("  ", "empty"),
    ],
)
async def test_what_would_look_otherwise_or_ring_at_people_is_refused(site: Site, text: str, why: str) -> None:
    publisher = await site.connect()
    with pytest.raises(Rejected, match=why):
        site.sealed(publisher, plain(text))


async def test_signs_that_mean_nothing_are_welcome(site: Site) -> None:
    publisher = await site.connect()
    text = "5 * 3, snake_case_name, #Belarus, mail@here.example and https://site.example/a_b_c?_x=*1*"
    await send(publisher, site.sealed(publisher, plain(text)))
    assert [post.text for post in site.wall()] == [text]


async def test_a_courier_that_hangs_is_killed_and_the_post_may_be_public(site: Site) -> None:
    publisher = await site.connect(timedelta(seconds=0.5))
    site.strike("hold", 3, "after")
    with pytest.raises(OutcomeUnknown):
        await asyncio.wait_for(send(publisher, site.sealed(publisher, body())), 5)
    assert len(site.wall()) == 1


def test_apprise_that_is_not_installed_is_told_and_nothing_breaks() -> None:
    class Bare(Apprise):
        __slots__ = ()

        @property
        def missing(self) -> str:
            return "pip install it"

    with pytest.raises(Unauthorized, match="pip install it"):
        asyncio.run(Bare().connect(access({"address": "discord://1/a"})))

"""What only Telegram has: buttons, silence, protection, and a token in every address."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager
from datetime import UTC, datetime, timedelta

import pytest

from amplify.domain.envelope import Parents, Ticket
from amplify.domain.key import Key
from amplify.domain.picture import Shown, digest_of
from amplify.domain.poll import Poll
from amplify.domain.rendition import Button, Onto, Rendition
from amplify.domain.richtext import RichText, SpanKind, marked, paragraphs, plain
from amplify.ports.darkroom import Picture
from amplify.ports.errors import (
    CannotTell,
    OutcomeUnknown,
    PublishError,
    Rejected,
    Throttled,
    Unauthorized,
    Unavailable,
)
from amplify.ports.publisher import Access
from amplify.publishers.telegram import TELEGRAM
from amplify.testing.faults import Rule
from amplify.testing.pictures import sample
from amplify.testing.publisher_site import Site, send
from amplify.testing.resident import Resident
from amplify.testing.sandbox import Sandbox

OpenSite = Callable[..., AbstractAsyncContextManager[Site]]
SEND = "/sendMessage$"


@pytest.fixture
async def site(open_site: OpenSite) -> AsyncIterator[Site]:
    async with open_site("telegram") as site:
        yield site


async def test_a_message_may_be_silent_protected_and_carry_a_button(site: Site) -> None:
    publisher = await site.connect()
    settings = {"silent": "true", "protect": "true"}
    sign = {"buttons": (Button(label="Unterschreiben", url="https://petition.example/"),)}
    await send(publisher, site.sealed(publisher, plain("Hallo"), settings=settings, wishes=sign))
    (post,) = site.wall()
    assert post.extra["silent"] is True
    assert post.extra["protected"] is True
    assert "Unterschreiben" in str(post.extra["buttons"])
    assert "https://petition.example/" in str(post.extra["buttons"])


async def test_a_receipt_leads_to_the_message(site: Site) -> None:
    publisher = await site.connect()
    receipt = await send(publisher, site.sealed(publisher, plain("Hallo")))
    assert receipt.url.endswith(f"/campaign/{receipt.remote_id}")


async def test_marks_may_lie_inside_one_another(site: Site) -> None:
    body = RichText(
        text="🙂 bitte jetzt",
        spans=(
            *marked("🙂 bitte jetzt", SpanKind.BOLD, "").spans,
            *(plain("🙂 bitte ") + marked("jetzt", SpanKind.ITALIC, "")).spans,
        ),
    )
    publisher = await site.connect()
    await send(publisher, site.sealed(publisher, body))
    (post,) = site.wall()
    assert {e.kind for e in post.entities} == {"bold", "italic"}


async def test_a_chat_that_the_bot_cannot_see_is_unauthorized(site: Site) -> None:
    with pytest.raises(Unauthorized, match="administrator"):
        await site.connect(settings={"chat": "@somewhere_else"})


async def test_where_sight_is_lost_a_person_is_told_where_to_look(site: Site) -> None:
    publisher = await site.connect()
    with pytest.raises(CannotTell, match=r"/campaign .*“Hallo”.*amplify resolve"):
        await publisher.find(site.sealed(publisher, plain("Hallo\nund mehr")), ())


def said(code: int, description: str, **parameters: int) -> dict[str, object]:
    return {"ok": False, "error_code": code, "description": description, "parameters": parameters}


@pytest.mark.parametrize(
    ("status", "body", "means"),
    [
        (400, said(400, "Bad Request: message is too long"), Rejected),
        (400, said(400, "Bad Request: message to be replied not found"), Rejected),
        (400, said(400, "Bad Request: not enough rights to send text messages to the chat"), Unauthorized),
        (
            400,
            said(400, "Bad Request: group chat was upgraded to a supergroup chat", migrate_to_chat_id=-1001),
            Unauthorized,
        ),
        (403, said(403, "Forbidden: bot was kicked from the channel chat"), Unauthorized),
        (409, said(409, "Conflict: terminated by other getUpdates request"), OutcomeUnknown),
        (413, "Request Entity Too Large", Rejected),
        (429, said(429, "Too Many Requests: retry after 7", retry_after=7), Throttled),
        (429, "slow down", Throttled),
    ],
)
async def test_an_answer_means_what_it_says(site: Site, status: int, body: object, means: type[PublishError]) -> None:
    publisher = await site.connect()
    site.faults.add(Rule(what="status", arg=status, path=SEND, body=body))
    with pytest.raises(means):
        await send(publisher, site.sealed(publisher, plain("Hallo")))
    assert not site.wall()


async def test_a_404_from_something_on_the_way_does_not_halt_the_channel(site: Site) -> None:
    publisher = await site.connect()
    site.strike("status", 404)
    with pytest.raises(Unavailable, match="on the way"):
        await send(publisher, site.sealed(publisher, plain("Hallo")))
    await send(publisher, site.sealed(publisher, plain("Hallo")))
    assert len(site.wall()) == 1


async def test_a_404_with_a_token_that_is_no_longer_good_halts_it(site: Site) -> None:
    publisher = await site.connect()
    site.strike("status", 404)
    site.faults.add(Rule(what="status", arg=404, path="/getMe"))
    with pytest.raises(Unauthorized):
        await send(publisher, site.sealed(publisher, plain("Hallo")))


async def test_a_success_without_its_parts_is_unknown(site: Site) -> None:
    publisher = await site.connect()
    site.faults.add(Rule(what="status", arg=200, path=SEND, body={"ok": True}))
    with pytest.raises(OutcomeUnknown):
        await send(publisher, site.sealed(publisher, plain("Hallo")))


def many(count: int) -> tuple[dict[str, object], dict[str, Picture]]:
    """Pictures for a rendition, and their prints."""
    data = [sample(640 + number, notes=False) for number in range(count)]
    shown = [
        Shown(path=f"posts/media/{number}.jpg", digest=digest_of(one), alt="A round lamp, hung high")
        for number, one in enumerate(data)
    ]
    prints = {
        one.mark: Picture(data=bytes_, mime="image/jpeg", width=640 + number, height=480)
        for number, (one, bytes_) in enumerate(zip(shown, data, strict=True))
    }
    return {"pictures": tuple(shown)}, prints


async def test_an_album_is_one_request_and_one_post_and_its_receipt_knows_every_number(site: Site) -> None:
    publisher = await site.connect()
    wishes, prints = many(3)
    album = await publisher.publish(site.sealed(publisher, plain("Drei"), wishes=wishes), prints)
    after = await send(publisher, site.sealed(publisher, plain("Danach"), "after"))
    assert site.sent() == 2
    assert (album.remote_id, album.proof["album"], after.remote_id) == ("2", "3,4", "5")
    post, _ = site.wall()
    assert (post.text, len(post.extra["media"])) == ("Drei", 3)


async def test_of_an_album_the_words_can_be_changed_and_nothing_else(site: Site) -> None:
    publisher = await site.connect()
    wishes, prints = many(2)
    album = await publisher.publish(site.sealed(publisher, plain("Zwei"), wishes=wishes), prints)
    parents, how = Parents(root=album, parent=album), {"as": "edit"}
    receipt = await send(publisher, site.sealed(publisher, plain("Beide"), "fix", parents=parents, settings=how))
    (post,) = site.wall()
    assert (post.text, len(post.extra["media"]), receipt.proof) == ("Beide", 2, album.proof)
    sign = {"buttons": (Button(label="Sign", url="https://petition.example/"),)}
    for more in (many(1)[0], sign):
        with pytest.raises(Rejected, match="album"):
            site.sealed(publisher, plain("Neu"), "fix-2", parents=parents, settings=how, wishes=more)


async def test_a_poll_is_answered_by_a_correction_and_never_changed(site: Site) -> None:
    publisher = await site.connect()
    poll = Poll(options=("Ja", "Nein"), lasts=timedelta(days=1), several=True, hidden=True)
    asked = paragraphs(plain("Wann?"), plain("Bitte ") + marked("alle", SpanKind.BOLD, ""))
    receipt = await send(publisher, site.sealed(publisher, asked, wishes={"poll": poll}))
    (post,) = site.wall()
    assert post.text == "Wann?\n\nBitte alle"
    assert post.extra["poll"] == {"options": ["Ja", "Nein"], "several": True, "hidden": True, "lasts": 86_400}
    assert [(e.kind, e.start, e.end) for e in post.entities] == [("bold", 13, 17)]
    parents = Parents(root=receipt, parent=receipt)
    with pytest.raises(Rejected, match="a poll cannot be changed"):
        site.sealed(publisher, plain("Wo?"), "fix", parents=parents, settings={"as": "edit"})


async def test_a_pin_is_set_once_and_its_notice_takes_a_number(site: Site) -> None:
    publisher = await site.connect()
    sealed = site.sealed(publisher, plain("Oben"), wishes={"pin": True})
    receipt = await send(publisher, sealed)
    await publisher.settle(sealed, receipt)
    await publisher.settle(sealed, receipt)
    after = await send(publisher, site.sealed(publisher, plain("Danach"), "after"))
    assert [post.extra["pinned"] for post in site.wall()] == [True, False]
    assert after.remote_id == "4"


async def test_an_album_is_forwarded_whole(site: Site) -> None:
    publisher = await site.connect()
    wishes, prints = many(2)
    album = await publisher.publish(site.sealed(publisher, plain("Zwei"), wishes=wishes), prints)
    parents = Parents(root=album, parent=album)
    again = site.sealed(publisher, plain(""), "again", parents=parents, wishes={"onto": Onto.BOOST})
    receipt = await send(publisher, again)
    _, post = site.wall()
    assert (post.remote_id, post.text, len(post.extra["media"])) == (receipt.remote_id, "Zwei", 2)
    assert (post.extra["boosts"], post.extra["forwarded_from"]) != ("", "")


async def test_a_message_that_must_not_be_forwarded_is_not(site: Site) -> None:
    publisher = await site.connect()
    receipt = await send(publisher, site.sealed(publisher, plain("Hier"), settings={"protect": "true"}))
    parents = Parents(root=receipt, parent=receipt)
    with pytest.raises(Rejected):
        await send(publisher, site.sealed(publisher, plain(""), "x", parents=parents, wishes={"onto": Onto.BOOST}))


async def test_a_topic_is_refused_where_the_chat_has_none() -> None:
    channel = Resident(network="telegram", channels=("here",), name="@channel", secret="7:good")
    sandbox = await Sandbox.open([channel], now=lambda: datetime(2027, 5, 21, 7, tzinfo=UTC))
    second = timedelta(seconds=5)
    settings = sandbox.settings("here")
    access = Access(channel="here", language="de", settings=settings, timeout=second, connect_timeout=second)
    publisher = await TELEGRAM.connect(access)
    line = TELEGRAM.lay_out(plain("Hallo"), {}, TELEGRAM.defaults)
    key, at = Key(edition="2027", post="call", channel="here"), datetime(2027, 5, 21, 7, tzinfo=UTC)
    rendition = Rendition(
        key=key, network="telegram", channel="here", language="de", due=at, layout=line, settings={"topic": "7"}
    )
    with pytest.raises(Rejected, match="this chat has no topics"):
        publisher.prepare(rendition, Ticket(key=key, nonce="n", made_at=at), at, None)
    await publisher.close()
    await sandbox.close()


@pytest.mark.parametrize("kind", ["album", "poll", "picture"])
async def test_of_every_kind_a_lost_answer_is_unknown_and_one_post(site: Site, kind: str) -> None:
    publisher = await site.connect()
    wishes, prints = many(1 if kind == "picture" else 2)
    if kind == "poll":
        wishes, prints = {"poll": Poll(options=("Ja", "Nein"), lasts=timedelta(days=1))}, {}
    site.strike("drop_after")
    with pytest.raises(OutcomeUnknown):
        await publisher.publish(site.sealed(publisher, plain("Wann?"), wishes=wishes), prints)
    assert (len(site.wall()), site.sent()) == (1, 1)

"""What only Telegram has: buttons, silence, protection, and a token in every address."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager

import pytest

from amplify.domain.rendition import Button
from amplify.domain.richtext import RichText, SpanKind, marked, plain
from amplify.ports.errors import (
    CannotTell,
    OutcomeUnknown,
    PublishError,
    Rejected,
    Throttled,
    Unauthorized,
    Unavailable,
)
from amplify.testing.faults import Rule
from amplify.testing.publisher_site import Site, send

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

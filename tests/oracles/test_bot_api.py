"""What our Telegram publisher sends, and what our look-alike answers, judged by the schema of Bot API 10.3."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from urllib.parse import parse_qsl

import pytest
from aiohttp import ClientSession, web

from amplify.domain.envelope import Parents
from amplify.domain.picture import Shown, Sort, digest_of
from amplify.domain.poll import Poll
from amplify.domain.rendition import Button, Onto
from amplify.domain.richtext import RichText, Span, SpanKind, paragraphs, plain
from amplify.ports.darkroom import Picture
from amplify.ports.errors import PublishError
from amplify.ports.publisher import Access
from amplify.publishers import installed
from amplify.testing.faults import Faults, Rule
from amplify.testing.films import film
from amplify.testing.picture_contract import PRINTS, SHOWN
from amplify.testing.publisher_site import Site, body, send
from amplify.testing.resident import Resident
from amplify.testing.sandbox import Sandbox
from amplify.testing.upkeep_contract import measuring, withdrawing
from servers.asking import post

TOKEN = "11:good"
CHAT = "@campaign_be"
PRIVATE = "-1001234567890"
RETURNS = {
    "getMe": "User",
    "getChat": "ChatFullInfo",
    "getChatMember": "ChatMember",
    "sendMessage": "Message",
    "sendPhoto": "Message",
    "sendVideo": "Message",
    "sendAnimation": "Message",
    "sendMediaGroup": "Array of Message",
    "sendPoll": "Message",
    "forwardMessage": "Message",
    "forwardMessages": "Array of MessageId",
    "pinChatMessage": "True",
    "editMessageText": "Message",
    "deleteMessage": "True",
    "deleteMessages": "True",
    "getUpdates": "Array of Update",
    "setMessageReaction": "True",
}
SIGN = (
    Button(label="Падпісаць", url="https://petition.example/?a=1&b=ä"),
    Button(label="Read", url="https://a.example"),
)


def moving(sort: Sort) -> tuple[Shown, Picture]:
    data = film(sound=sort is Sort.VIDEO)
    picture = Picture(data=data, mime="video/mp4", width=320, height=240, sort=sort, seconds=1.0)
    return Shown(path="posts/media/lamp.mp4", digest=digest_of(data), alt="A round lamp goes on", sort=sort), picture


FILMS = {sort: moving(sort) for sort in (Sort.VIDEO, Sort.ANIMATION)}
FILM_PRINTS = {shown.mark: picture for shown, picture in FILMS.values()}
NESTED = RichText(
    text="🙂 Sign today: #Belarus",
    spans=(
        Span(start=0, end=12, kind=SpanKind.BOLD),
        Span(start=2, end=6, kind=SpanKind.ITALIC),
        Span(start=2, end=6, kind=SpanKind.LINK, value="https://petition.example/sign"),
        Span(start=14, end=22, kind=SpanKind.TAG, value="Belarus"),
    ),
)


def now() -> datetime:
    return datetime(2027, 5, 21, 7, tzinfo=UTC)


@dataclass
class Heard:
    """Everything that went to the look-alike and came back, word for word."""

    url: str = ""
    said: list[tuple[str, dict[str, str | bytes], int, dict[str, object]]] = field(default_factory=list)

    def to(self, method: str) -> list[dict[str, str | bytes]]:
        return [form for name, form, _, _ in self.said if name == method]


def form_of(kind: str, asked: bytes) -> dict[str, str | bytes]:
    """The fields of a form, in either of the two ways in which forms are sent; files as bytes."""
    if not kind.startswith("multipart/"):
        return dict(parse_qsl(asked.decode(), keep_blank_values=True, strict_parsing=bool(asked)))
    parts = message_from_bytes(f"Content-Type: {kind}\r\n\r\n".encode() + asked).get_payload()
    form: dict[str, str | bytes] = {}
    for part in parts:
        said = part.get_payload(decode=True)
        name = part.get_param("name", header="content-disposition")
        form[name] = said if part.get_filename() else said.decode()
    return form


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    residents = [
        Resident(network="telegram", channels=("here",), name=CHAT, secret=TOKEN, title="Кампанія"),
        Resident(network="telegram", channels=("log",), name=PRIVATE, secret=TOKEN),
        Resident(network="telegram", channels=("other",), name="@another", secret="22:other"),
        Resident(network="telegram", channels=("group",), name="@group", secret=TOKEN, has_topics=True),
    ]
    sandbox = await Sandbox.open(residents, now=now)
    yield sandbox
    await sandbox.close()


@pytest.fixture
async def heard(sandbox: Sandbox) -> AsyncIterator[Heard]:
    """A listener between the publisher and the look-alike."""
    heard = Heard()

    async def pass_on(request: web.Request) -> web.Response:
        asked = await request.read()
        kind = {"Content-Type": request.headers.get("Content-Type", "")}
        async with (
            ClientSession() as onwards,
            onwards.request(
                request.method, sandbox.urls["telegram"] + request.path_qs, data=asked, headers=kind
            ) as answer,
        ):
            form = form_of(kind["Content-Type"], asked)
            heard.said.append((request.path.rpartition("/")[2], form, answer.status, await answer.json()))
            return web.Response(body=await answer.read(), status=answer.status, content_type="application/json")

    app = web.Application()
    app.router.add_route("*", "/{any:.*}", pass_on)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    listener = web.TCPSite(runner, "127.0.0.1", 0)
    await listener.start()
    heard.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    yield heard
    await runner.cleanup()


@pytest.fixture
async def site(sandbox: Sandbox, heard: Heard) -> AsyncIterator[Site]:
    settings = {**sandbox.settings("here"), "server": heard.url}
    second = timedelta(seconds=5)
    site = Site(
        network=installed()["telegram"],
        access=Access(channel="here", language="be", settings=settings, timeout=second, connect_timeout=second),
        secret=TOKEN,
        wall=sandbox.walls,
        faults=sandbox.faults,
        leave=sandbox.close,
        sent=lambda: len(heard.to("sendMessage")),
        now=now,
        sends="/sendMessage$",
        refusal=400,
    )
    yield site
    await site.close()


async def everything(site: Site) -> None:
    """Every kind of request that the publisher makes."""
    publisher = await site.connect()
    first = await send(publisher, site.sealed(publisher, body(), "one"))
    quiet = {"silent": "true", "protect": "true"}
    await send(publisher, site.sealed(publisher, NESTED, "two", settings=quiet, wishes={"buttons": SIGN}))
    parents = Parents(root=first, parent=first)
    await send(publisher, site.sealed(publisher, plain("123"), "three", parents=parents))
    await send(publisher, site.sealed(publisher, plain("x" * 4096), "four"))
    shown = {"pictures": (SHOWN,), "buttons": SIGN}
    sealed = site.sealed(publisher, NESTED, "five", settings=quiet, parents=parents, wishes=shown)
    await publisher.publish(await publisher.stage(sealed, PRINTS), PRINTS)
    for sort in (Sort.VIDEO, Sort.ANIMATION):
        await publisher.publish(
            site.sealed(publisher, NESTED, "six", wishes={"pictures": (FILMS[sort][0],)}), FILM_PRINTS
        )
    both = {"pictures": (SHOWN, FILMS[Sort.VIDEO][0])}
    album = await publisher.publish(site.sealed(publisher, NESTED, "seven", wishes=both), {**PRINTS, **FILM_PRINTS})
    hidden = Poll(options=("Yes", "Нет"), lasts=timedelta(days=1), several=True, hidden=True)
    asked = paragraphs(plain("When do we meet?"), NESTED)
    poll = site.sealed(publisher, asked, "eight", settings=quiet, wishes={"poll": hidden, "pin": True, "buttons": SIGN})
    await publisher.settle(poll, await publisher.publish(poll))
    for public in (first, album):
        again = Parents(root=public, parent=public)
        await send(publisher, site.sealed(publisher, plain(""), "nine", parents=again, wishes={"onto": Onto.BOOST}))
    small = body()
    tenth = await send(publisher, site.sealed(publisher, small, "ten", settings={"preview": "small"}))
    await measuring(publisher).measure([first, album])
    for gone in (tenth, album):
        await withdrawing(publisher).withdraw(None, gone)
    group = await site.connect(settings={"chat": "@group"})
    await send(group, site.sealed(group, small, "eleven", settings={"topic": "7", "preview": "above"}))


async def test_every_request_of_the_publisher_is_one_that_the_bot_api_knows(site: Site, heard: Heard, bot_api):
    await everything(site)
    assert {method for method, *_ in heard.said} == {
        *("getMe", "getChat", "sendMessage", "sendPhoto", "sendVideo", "sendAnimation", "sendMediaGroup", "sendPoll"),
        *("forwardMessage", "forwardMessages", "pinChatMessage", "deleteMessage", "deleteMessages", "getUpdates"),
    }
    wrong = {f"{method} {form}": bot_api.wrong_with_request(method, form) for method, form, _, _ in heard.said}
    assert not {request: told for request, told in wrong.items() if told}
    used = set().union(*heard.to("sendMessage"))
    assert used >= {"chat_id", "text", "entities", "link_preview_options", "protect_content", "reply_markup"}
    assert used >= {"disable_notification", "reply_parameters"}
    (photo,) = heard.to("sendPhoto")
    assert set(photo) >= {"photo", "caption", "caption_entities", "reply_markup", "reply_parameters"}
    (poll,) = heard.to("sendPoll")
    assert set(poll) >= {"question", "options", "open_period", "description", "description_entities", "reply_markup"}
    assert set(poll) >= {"is_anonymous", "allows_multiple_answers", "hide_results_until_closes"}
    assert used >= {"message_thread_id"}


async def test_every_success_of_the_look_alike_is_one_that_the_bot_api_gives(
    site: Site, heard: Heard, sandbox: Sandbox, bot_api
):
    await everything(site)
    await asyncio.to_thread(post, f"{sandbox.urls['telegram']}/crowd/{CHAT}/2", reactions={"👍": 2})
    calls = [
        ("getChatMember", {"chat_id": CHAT, "user_id": "11"}),
        ("forwardMessage", {"chat_id": PRIVATE, "from_chat_id": CHAT, "message_id": "2"}),
        ("editMessageText", {"chat_id": CHAT, "message_id": "2", "text": "anew a@b.org $USD @user_name /help"}),
        ("setMessageReaction", {"chat_id": CHAT, "message_id": "2", "reaction": "[]"}),
        ("getUpdates", {"limit": "100", "timeout": "0"}),
        ("deleteMessage", {"chat_id": CHAT, "message_id": "2"}),
        ("getChat", {"chat_id": PRIVATE}),
    ]
    async with ClientSession() as http:
        for method, form in calls:
            assert not bot_api.wrong_with_request(method, form)
            async with http.post(f"{heard.url}/bot{TOKEN}/{method}", data=form) as answer:
                assert answer.status == 200
    assert {method for method, *_ in heard.said} == set(RETURNS)
    wrong = {
        f"{method} {answer}": bot_api.wrong_with_answer(method, RETURNS[method], status, answer)
        for method, _, status, answer in heard.said
    }
    assert not {answer: told for answer, told in wrong.items() if told}


@pytest.mark.parametrize("status", [400, 401, 403, 404, 409, 413, 429, 500, 502])
async def test_every_refusal_of_the_look_alike_comes_as_the_bot_api_tells_it(
    site: Site, heard: Heard, bot_api, status: int
):
    publisher = await site.connect()
    site.strike("status", status)
    with pytest.raises(PublishError):
        await send(publisher, site.sealed(publisher, body()))
    method, _, heard_status, answer = next(said for said in heard.said if said[0] == "sendMessage")
    assert heard_status == status
    assert not bot_api.wrong_with_answer(method, "Message", status, answer)
    assert ("parameters" in answer) == (status == 429)


async def test_what_the_look_alike_itself_refuses_comes_the_same_way(heard: Heard, bot_api):
    refused = [
        ("sendMessage", {"chat_id": "@nobody", "text": "x"}, 400),
        ("sendMessage", {"chat_id": CHAT, "text": ""}, 400),
        ("sendMessage", {"chat_id": CHAT, "text": "x", "entities": '[{"type":"bold","offset":0,"length":9}]'}, 400),
        ("sendMessage", {"chat_id": "@another", "text": "x"}, 403),
        ("getMyName", {}, 404),
    ]
    async with ClientSession() as http:
        for method, form, status in refused:
            async with http.post(f"{heard.url}/bot{TOKEN}/{method}", data=form) as answer:
                assert answer.status == status
    for _, _, status, answer in heard.said:
        assert not bot_api.wrong_with_answer("sendMessage", "Message", status, answer)


async def test_a_group_that_moved_tells_its_new_number(site: Site, bot_api):
    moved = {
        "ok": False,
        "error_code": 400,
        "description": "Bad Request: group chat was upgraded to a supergroup chat",
        "parameters": {"migrate_to_chat_id": -1001},
    }
    assert not bot_api.wrong_with_answer("sendMessage", "Message", 400, moved)
    publisher = await site.connect()
    faults: Faults = site.faults
    faults.add(Rule(what="status", arg=400, path=site.sends, body=moved))
    with pytest.raises(PublishError, match="new id"):
        await send(publisher, site.sealed(publisher, body()))


def test_the_judge_is_strict(bot_api):
    assert bot_api.version == "10.3"
    request = {"chat_id": CHAT, "text": "x", "entities": '[{"type":"bold","offset":0,"length":1}]'}
    assert not bot_api.wrong_with_request("sendMessage", request)
    for name, word in (
        ("txet", "x"),
        ("entities", '[{"type":"bold","offset":0}]'),
        ("entities", '[{"type":"bold","offset":"0","length":1}]'),
        ("entities", '[{"type":"fat","offset":0,"length":1}]'),
        ("entities", '{"type":"bold"}'),
        ("disable_notification", "True"),
        ("reply_markup", '{"inline_keyboard":[{"text":"x"}]}'),
        ("reply_markup", '{"inline_keyboard":[[{"text":"x","href":"y"}]]}'),
    ):
        assert bot_api.wrong_with_request("sendMessage", request | {name: word}), (name, word)
    assert bot_api.wrong_with_request("sendMessage", {"chat_id": CHAT})
    assert bot_api.wrong_with_answer("sendMessage", "Message", 200, {"ok": True, "result": {"message_id": 1}})
    assert bot_api.wrong_with_answer("deleteMessage", "True", 200, {"ok": True, "result": False})
    refused = {"ok": False, "error_code": 400, "description": "x"}
    assert not bot_api.wrong_with_answer("sendMessage", "Message", 400, refused)
    assert bot_api.wrong_with_answer("sendMessage", "Message", 404, refused)
    assert bot_api.wrong_with_answer("sendMessage", "Message", 400, refused | {"error": "x"})
    assert bot_api.wrong_with_answer("sendMessage", "Message", 400, refused | {"parameters": {"retry": 3}})

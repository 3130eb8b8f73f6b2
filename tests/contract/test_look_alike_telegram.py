"""The Telegram look-alike, driven by python-telegram-bot as the publisher drives it."""

import os
from datetime import UTC, datetime, timedelta

os.environ["PTB_TIMEDELTA"] = "1"

import pytest
from aiohttp import ClientSession
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, LinkPreviewOptions, MessageEntity, ReplyParameters
from telegram.error import BadRequest, Forbidden, InvalidToken, RetryAfter
from telegram.request import HTTPXRequest

from amplify.testing.resident import Resident
from amplify.testing.sandbox import Sandbox
from amplify.testing.telegram.entities import entities_of
from amplify.testing.telegram.finding import find

CHAT = "@campaign_be"


class Site:
    """A sandbox with three channels and two bots, and python-telegram-bot as one of them."""

    def __init__(self) -> None:
        self.campaign = datetime(2027, 5, 21, 7, 0, tzinfo=UTC)
        self.machine = 1_800_000_000.0
        self.lines: list[HTTPXRequest] = []

    async def open(self):
        self.sandbox = await Sandbox.open(
            [
                Resident(network="telegram", channels=("telegram-be",), name=CHAT, secret="11:good", title="Кампанія"),
                Resident(network="telegram", channels=("log",), name="-1001234567890", secret="11:good"),
                Resident(network="telegram", channels=("telegram-de",), name="@kampagne", secret="22:gut"),
            ],
            now=lambda: self.campaign,
            machine=self.clock,
        )
        self.bot = self.sign_in("11:good")

    def clock(self) -> float:
        return self.machine

    def sign_in(self, token):
        line, unused = HTTPXRequest(), HTTPXRequest()
        self.lines += [line, unused]
        base_url = f"{self.sandbox.urls['telegram']}/bot"
        return Bot(token, base_url=base_url, request=line, get_updates_request=unused)

    @property
    def texts(self):
        return [post.text for post in self.sandbox.walls()]


@pytest.fixture
async def site():
    site = Site()
    await site.open()
    yield site
    for line in site.lines:
        await line.shutdown()
    await site.sandbox.close()


async def test_the_bot_and_its_channel_say_who_they_are(site):
    me = await site.bot.get_me()
    assert (me.id, me.is_bot) == (11, True)
    chat = await site.bot.get_chat(CHAT)
    assert (chat.type, chat.username, chat.title) == ("channel", "campaign_be", "Кампанія")
    assert (await site.bot.get_chat(chat.id)).id == chat.id
    assert str(chat.id).startswith("-100")
    member = await site.bot.get_chat_member(CHAT, me.id)
    assert (member.status, member.can_post_messages) == ("administrator", True)
    with pytest.raises(BadRequest, match=r"[Mm]ember not found"):
        await site.bot.get_chat_member(CHAT, 5)


async def test_a_message_is_public_with_all_it_was_sent_with(site):
    first = await site.bot.send_message(CHAT, "Першы")
    message = await site.bot.send_message(
        CHAT,
        "😀 bold link #Тэг spring96.org",
        entities=[MessageEntity("bold", 3, 4), MessageEntity("text_link", 8, 4, url="https://example.org")],
        link_preview_options=LinkPreviewOptions(is_disabled=True),
        disable_notification=True,
        protect_content=True,
        reply_markup=InlineKeyboardMarkup([[InlineKeyboardButton("Sign", url="https://example.org/sign")]]),
        reply_parameters=ReplyParameters(message_id=first.message_id),
    )
    assert message.message_id == first.message_id + 1
    assert message.date == site.campaign
    assert message.sender_chat.username == "campaign_be"
    assert message.reply_to_message.text == "Першы"
    assert message.has_protected_content
    assert message.link_preview_options.is_disabled
    assert message.reply_markup.inline_keyboard[0][0].url == "https://example.org/sign"
    parsed = message.parse_entities()
    assert {entity.type: words for entity, words in parsed.items()} == {
        "bold": "bold",
        "text_link": "link",
        "hashtag": "#Тэг",
        "url": "spring96.org",
    }
    post = site.sandbox.walls()[1]
    assert (post.reply_to, post.remote_id) == (str(first.message_id), str(message.message_id))
    assert (post.extra["silent"], post.extra["protected"], post.extra["preview"]) == (True, True, "none")
    assert post.extra["buttons"] == [{"text": "Sign", "url": "https://example.org/sign"}]
    assert [(e.kind, e.start, e.end, e.value) for e in post.entities] == [
        ("bold", 3, 7, ""),
        ("link", 8, 12, "https://example.org/"),
        ("tag", 13, 17, "Тэг"),
        ("link", 18, 30, "spring96.org"),
    ]


@pytest.mark.parametrize(
    ("named", "words"),
    [
        ({"text": " \n "}, "message text is empty"),
        ({"text": "x" * 4097}, "message is too long"),
        ({"chat_id": "@nobody"}, "chat not found"),
        ({"reply_parameters": ReplyParameters(message_id=99)}, "message to be replied not found"),
        ({"entities": [MessageEntity("bold", 0, 99)]}, "ends after the end of the text"),
        ({"entities": [MessageEntity("bold", 1, 1)], "text": "😀"}, "in a middle of a utf-16 symbol"),
        ({"entities": [MessageEntity("bold", -1, 1)]}, "incorrect offset"),
        ({"entities": [MessageEntity("text_link", 0, 1, url="nonsense")]}, "wrong http url"),
        ({"reply_markup": InlineKeyboardMarkup([[InlineKeyboardButton("x", url="http://localhost/")]])}, "is invalid"),
        ({"reply_markup": InlineKeyboardMarkup([[InlineKeyboardButton("x", callback_data="y")]])}, "unallowed"),
        ({"parse_mode": "HTML"}, "parse_mode"),
    ],
)
async def test_what_telegram_refuses_is_refused_in_its_words(site, named, words):
    with pytest.raises(BadRequest) as refused:
        await site.bot.send_message(**({"chat_id": CHAT, "text": "x y"} | named))
    assert words in str(refused.value).lower()
    assert site.texts == []


async def test_4096_signs_are_just_right_whatever_their_utf_16_length(site):
    await site.bot.send_message(CHAT, "😀" * 4096)
    assert site.texts == ["😀" * 4096]


async def test_an_unknown_token_and_somebody_elses_channel_are_refused(site):
    with pytest.raises(InvalidToken):
        await site.sign_in("33:bad").send_message(CHAT, "x")
    with pytest.raises(Forbidden, match="not a member of the channel chat"):
        await site.sign_in("22:gut").send_message(CHAT, "x")
    assert site.texts == []


async def test_a_message_can_be_probed_forwarded_edited_and_deleted(site):
    message = await site.bot.send_message(CHAT, "Here")
    assert await site.bot.set_message_reaction(CHAT, message.message_id, None)
    with pytest.raises(BadRequest, match=r"[Mm]essage to react not found"):
        await site.bot.set_message_reaction(CHAT, message.message_id + 1, None)
    copy = await site.bot.forward_message(-1001234567890, CHAT, message.message_id)
    assert (copy.text, copy.forward_origin.message_id) == ("Here", message.message_id)
    assert await copy.get_bot().delete_message(-1001234567890, copy.message_id)
    with pytest.raises(BadRequest, match=r"[Mm]essage is not modified"):
        await site.bot.edit_message_text("Here", CHAT, message.message_id)
    edited = await site.bot.edit_message_text("There", CHAT, message.message_id)
    assert edited.edit_date is not None
    assert site.texts == ["There"]
    assert await site.bot.delete_message(CHAT, message.message_id)
    for gone in (site.bot.delete_message(CHAT, 2), site.bot.edit_message_text("x", CHAT, 2)):
        with pytest.raises(BadRequest, match="not found"):
            await gone
    assert site.texts == []
    assert (await site.bot.send_message(CHAT, "Next")).message_id == message.message_id + 1


async def test_protected_messages_are_not_forwarded_and_old_ones_not_deleted(site):
    message = await site.bot.send_message(CHAT, "Here", protect_content=True)
    with pytest.raises(BadRequest, match="can't be forwarded"):
        await site.bot.forward_message(-1001234567890, CHAT, message.message_id)
    site.campaign += timedelta(hours=49)
    with pytest.raises(BadRequest, match="can't be deleted"):
        await site.bot.delete_message(CHAT, message.message_id)


async def test_each_channel_numbers_its_own_messages(site):
    assert (await site.bot.send_message(CHAT, "a")).message_id == 2
    assert (await site.bot.send_message(-1001234567890, "b")).message_id == 2
    assert (await site.bot.send_message(CHAT, "c")).message_id == 3


async def test_thirty_messages_in_a_second_are_enough(site):
    for number in range(30):
        await site.bot.send_message(CHAT, str(number))
    with pytest.raises(RetryAfter) as refused:
        await site.bot.send_message(CHAT, "one too many")
    assert refused.value.retry_after == timedelta(seconds=1)
    site.machine += 1
    await site.bot.send_message(CHAT, "a second later")
    assert len(site.texts) == 31


async def test_an_unknown_method_is_told_apart_from_an_unknown_token(site):
    async with ClientSession() as http:
        base = site.sandbox.urls["telegram"]
        async with http.get(f"{base}/bot11:good/getMyName") as answer:
            assert await answer.json() == {"ok": False, "error_code": 404, "description": "Not Found: method not found"}
        async with http.get(f"{base}/bot9:x/getMe") as answer:
            assert await answer.json() == {"ok": False, "error_code": 401, "description": "Unauthorized"}
        said = {"chat_id": CHAT, "text": "as JSON", "reply_markup": {"inline_keyboard": []}}
        async with http.post(f"{base}/bot11:good/sendmessage", json=said) as answer:
            assert (await answer.json())["ok"]
    assert site.texts == ["as JSON"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("(#tag) x#no #Беларусь, #1 #a#b #c·d", ["#tag", "#Беларусь", "#c·d"]),
        ("see example.com, spring96.org/en/news. v1.5", ["example.com", "spring96.org/en/news"]),
        ("(https://example.org/a_(b)).", ["https://example.org/a_(b)"]),
        ("“https://example.org/” Ende.Neuer пример.рф", ["https://example.org/", "пример.рф"]),
        ("@user_name, a@b.org @abc", ["@user_name", "a@b.org"]),
        ("https://mastodon.example/@user_name/1", ["https://mastodon.example/@user_name/1"]),
    ],
)
def test_telegram_finds_tags_addresses_and_mentions_by_itself(text, found):
    assert [text[one.start : one.end] for one in find(text)] == found


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        ([("bold", 0, 8), ("italic", 4, 10)], [("bold", 0, 4), ("italic", 4, 10), ("bold", 4, 4)]),
        ([("italic", 0, 7), ("bold", 0, 7)], [("bold", 0, 7), ("italic", 0, 7)]),
        (
            [("italic", 7, 9), ("text_link", 10, 5)],
            [("italic", 7, 3), ("text_link", 10, 5), ("italic", 10, 5), ("italic", 15, 1)],
        ),
        ([("hashtag", 0, 3), ("bold", 3, 0)], []),
        ([("text_link", 0, 6), ("text_link", 4, 6)], [("text_link", 0, 6)]),
    ],
)
def test_entities_are_cut_and_ordered_as_telegram_does(sent, told):
    marks = [{"type": kind, "offset": at, "length": size, "url": "https://a.org/"} for kind, at, size in sent]
    _, entities = entities_of("abcdefghijklmnop", marks)
    assert [(e["type"], e["offset"], e["length"]) for e in entities] == told


def test_white_space_around_a_message_goes_and_its_entities_move():
    text, entities = entities_of("\n 😀 bold  \n", [{"type": "bold", "offset": 0, "length": 12}])
    assert text == "😀 bold"
    assert entities == [{"type": "bold", "offset": 0, "length": 7}]


def test_a_link_swallows_the_tag_inside_it():
    marks = [{"type": "text_link", "offset": 0, "length": 9, "url": "https://example.org/a"}]
    _, entities = entities_of("all #tags here #Too", marks)
    assert [e["type"] for e in entities] == ["text_link", "hashtag"]

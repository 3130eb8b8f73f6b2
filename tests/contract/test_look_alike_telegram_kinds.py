"""Albums, films, polls, pins, topics and forwards on the Telegram look-alike, driven by python-telegram-bot."""

import os
from datetime import UTC, datetime

os.environ["PTB_TIMEDELTA"] = "1"

import pytest
from telegram import Bot, InputMediaAnimation, InputMediaPhoto, InputMediaVideo
from telegram.error import BadRequest
from telegram.request import HTTPXRequest

from amplify.testing.films import film
from amplify.testing.pictures import sample
from amplify.testing.resident import Resident
from amplify.testing.sandbox import Sandbox

CHAT, LOG, GROUP = "@campaign_be", "-1001234567890", "@group"
LAMP, FILM, SILENT = sample(notes=False), film(), film(sound=False)


def now() -> datetime:
    return datetime(2027, 5, 21, 7, tzinfo=UTC)


@pytest.fixture
async def sandbox():
    residents = [
        Resident(network="telegram", channels=("here",), name=CHAT, secret="11:good", title="Кампанія"),
        Resident(network="telegram", channels=("log",), name=LOG, secret="11:good"),
        Resident(network="telegram", channels=("group",), name=GROUP, secret="11:good", has_topics=True),
    ]
    sandbox = await Sandbox.open(residents, now=now)
    yield sandbox
    await sandbox.close()


@pytest.fixture
async def bot(sandbox):
    line, unused = HTTPXRequest(), HTTPXRequest()
    yield Bot("11:good", base_url=f"{sandbox.urls['telegram']}/bot", request=line, get_updates_request=unused)
    await line.shutdown()
    await unused.shutdown()


async def test_an_album_takes_a_number_for_each_and_is_one_post(sandbox, bot):
    first, second = await bot.send_media_group(CHAT, [InputMediaPhoto(LAMP, caption="Два"), InputMediaVideo(FILM)])
    assert (first.message_id, second.message_id) == (2, 3)
    assert first.media_group_id == second.media_group_id
    assert (first.caption, second.caption, second.video.duration.total_seconds()) == ("Два", None, 1)
    (post,) = sandbox.walls()
    assert (post.remote_id, post.text) == ("2", "Два")
    assert [media["sort"] for media in post.extra["media"]] == ["picture", "video"]
    await bot.delete_message(CHAT, 2)
    (post,) = sandbox.walls()
    assert (post.remote_id, len(post.extra["media"])) == ("3", 1)


async def test_an_album_is_of_photos_and_videos_ten_at_most(bot):
    with pytest.raises(BadRequest, match="Too many messages"):
        await bot.send_media_group(CHAT, [InputMediaPhoto(LAMP)] * 11)
    with pytest.raises(BadRequest, match="Animation can't be sent in an album"):
        await bot.send_media_group(CHAT, [InputMediaPhoto(LAMP), InputMediaAnimation(SILENT)])


async def test_a_film_is_what_it_sounds_like(sandbox, bot):
    assert (await bot.send_video(CHAT, FILM)).video.width == 320
    assert (await bot.send_animation(CHAT, SILENT)).animation.mime_type == "video/mp4"
    assert (await bot.send_animation(CHAT, FILM)).video is not None
    assert [post.extra["media"][0]["sort"] for post in sandbox.walls()] == ["video", "animation", "video"]
    with pytest.raises(BadRequest, match=r"VIDEO_CONTENT_TYPE_INVALID|[Vv]ideo_content"):
        await bot.send_video(CHAT, LAMP)


async def test_a_poll_is_anonymous_and_says_more_below_its_question(sandbox, bot):
    said = await bot.send_poll(
        CHAT, "Калі?", ["Ранкам", "Увечары"], open_period=600, description="Больш: #Тэг", allows_multiple_answers=True
    )
    assert (said.poll.is_anonymous, said.poll.allows_multiple_answers, said.poll.total_voter_count) == (True, True, 0)
    (post,) = sandbox.walls()
    assert post.text == "Калі?\n\nБольш: #Тэг"
    assert [(entity.kind, entity.value) for entity in post.entities] == [("tag", "Тэг")]
    assert post.extra["poll"] == {"options": ["Ранкам", "Увечары"], "several": True, "hidden": False, "lasts": 600}
    with pytest.raises(BadRequest, match="can't be edited"):
        await bot.edit_message_text("Дзе?", CHAT, said.message_id)


@pytest.mark.parametrize(
    ("question", "options", "more", "told"),
    [
        ("x" * 301, ["a", "b"], {}, "question length"),
        ("When?", [], {}, "at least 1 option"),
        ("When?", ["a"] * 13, {}, "more than 12 options"),
        ("When?", ["a" * 101, "b"], {}, "options length"),
        ("When?", ["a", " "], {}, "must be non-empty"),
        ("When?", ["a", "b"], {"open_period": 4}, "Open_period"),
        ("When?", ["a", "b"], {"description": "x" * 1025}, "description is too long"),
    ],
)
async def test_a_poll_has_its_limits(sandbox, bot, question, options, more, told):
    with pytest.raises(BadRequest, match=told):
        await bot.send_poll(CHAT, question, options, **more)
    assert not sandbox.walls()


async def test_a_pin_tells_of_itself_under_a_number_of_its_own(sandbox, bot):
    first = await bot.send_message(CHAT, "Уверсе")
    assert await bot.pin_chat_message(CHAT, first.message_id)
    with pytest.raises(BadRequest, match="(?i)chat_not_modified"):
        await bot.pin_chat_message(CHAT, first.message_id)
    with pytest.raises(BadRequest, match="to pin not found"):
        await bot.pin_chat_message(CHAT, 99)
    assert (await bot.send_message(CHAT, "Пасля")).message_id == first.message_id + 2
    assert [post.extra["pinned"] for post in sandbox.walls()] == [True, False]


async def test_only_a_group_has_topics(sandbox, bot):
    said = await bot.send_message(GROUP, "Тут", message_thread_id=7)
    assert (said.message_thread_id, said.chat.is_forum, said.from_user.is_bot) == (7, True, True)
    with pytest.raises(BadRequest, match="thread not found"):
        await bot.send_message(CHAT, "Там", message_thread_id=7)
    (post,) = sandbox.walls()
    assert post.extra["topic"] == "7"


async def test_what_is_forwarded_says_from_where_and_an_album_stays_one(sandbox, bot):
    one, two = await bot.send_media_group(CHAT, [InputMediaPhoto(LAMP, caption="Два"), InputMediaPhoto(LAMP)])
    ids = await bot.forward_messages(LOG, CHAT, [one.message_id, two.message_id])
    assert [each.message_id for each in ids] == [2, 3]
    _, post = sandbox.walls()
    assert (post.account, post.text, len(post.extra["media"])) == (LOG, "Два", 2)
    assert (post.extra["forwarded_from"], post.extra["boosts"]) == ("Кампанія", "2")
    with pytest.raises(BadRequest, match="to forward not found"):
        await bot.forward_messages(LOG, CHAT, [one.message_id, 99])

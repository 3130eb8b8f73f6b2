"""Editing on the look-alikes: what it keeps, what it takes away, and what everybody can still read."""

import asyncio
import io
from datetime import UTC, datetime, timedelta

import pytest
from mastodon import Mastodon
from mastodon.errors import MastodonAPIError, MastodonNotFoundError
from PIL import Image
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, InputMediaPhoto
from telegram.error import BadRequest

from amplify.testing.resident import Resident
from amplify.testing.sandbox import Sandbox

CHAT = "@campaign"
TOKEN = "7:canary"  # of no real bot


class Site:
    """An account on each network that edits; an hour passes between what is done."""

    def __init__(self):
        self.now = datetime(2027, 5, 21, 7, tzinfo=UTC)

    async def open(self):
        residents = [
            Resident(network="mastodon", channels=("mastodon-en",), name="campaign", secret="good"),
            Resident(network="mastodon", channels=("mastodon-de",), name="kampagne", secret="gut"),
            Resident(network="telegram", channels=("telegram-en",), name=CHAT, secret=TOKEN),
        ]
        self.sandbox = await Sandbox.open(residents, now=lambda: self.now)

    def mastodon(self, proof="good"):
        return Mastodon(
            access_token=proof,
            api_base_url=self.sandbox.urls["mastodon"],
            version_check_mode="created",
            mastodon_version="4.6.0",
        )

    def later(self):
        self.now += timedelta(hours=1)

    @property
    def post(self):
        (post,) = self.sandbox.walls()
        return post


@pytest.fixture
async def site():
    site = Site()
    await site.open()
    yield site
    await site.sandbox.close()


@pytest.fixture
async def bot(site):
    async with Bot(TOKEN, base_url=f"{site.sandbox.urls['telegram']}/bot") as bot:
        yield bot


def picture(colour="red"):
    data = io.BytesIO()
    Image.new("RGB", (20, 10), colour).save(data, "PNG")
    return data.getvalue()


async def asked(function, *args, **named):
    client = function.__self__
    try:
        return await asyncio.to_thread(function, *args, **named)
    finally:
        client.session.close()


async def test_an_edited_status_is_the_same_post_with_other_words_and_shows_what_it_said(site):
    first = await asked(site.mastodon().status_post, "1510 people", language="de")
    site.later()
    edited = await asked(site.mastodon().status_update, first.id, "1496 people")
    assert (edited.id, edited.url, edited.created_at) == (first.id, first.url, first.created_at)
    assert edited.edited_at == site.now
    assert edited.language == "de"
    history = await asked(site.mastodon().status_history, first.id)
    assert [(version.content, version.created_at) for version in history] == [
        ("<p>1510 people</p>", first.created_at),
        ("<p>1496 people</p>", site.now),
    ]
    assert site.post.text == "1496 people"
    assert site.post.extra["earlier"] == ["1510 people"]
    assert (await asked(site.mastodon().status_source, first.id)).text == "1496 people"


async def test_an_edit_takes_away_the_warning_and_the_pictures_that_it_does_not_name_again(site):
    media = await asked(site.mastodon().media_post, picture(), mime_type="image/png", description="Red")
    first = await asked(site.mastodon().status_post, "Look", media_ids=[media.id], spoiler_text="deaths")
    kept = await asked(
        site.mastodon().status_update, first.id, "Look again", spoiler_text="deaths", media_ids=[media.id]
    )
    assert (kept.spoiler_text, kept.sensitive, [one.description for one in kept.media_attachments]) == (
        "deaths",
        True,
        ["Red"],
    )
    other = await asked(site.mastodon().media_post, picture("blue"), mime_type="image/png", description="Blue")
    await asked(site.mastodon().status_update, first.id, "Another", media_ids=[other.id])
    assert [shown["alt"] for shown in site.post.extra["media"]] == ["Blue"]
    bare = await asked(site.mastodon().status_update, first.id, "Bare")
    assert (bare.spoiler_text, bare.media_attachments) == ("", [])
    history = await asked(site.mastodon().status_history, first.id)
    assert [len(version.media_attachments) for version in history] == [1, 1, 1, 0]


async def test_an_edit_that_changes_nothing_is_none(site):
    first = await asked(site.mastodon().status_post, "Here")
    same = await asked(site.mastodon().status_update, first.id, "Here")
    assert same.edited_at is None
    assert len(await asked(site.mastodon().status_history, first.id)) == 1


async def test_nobody_edits_what_is_not_theirs_or_gone(site):
    first = await asked(site.mastodon().status_post, "Here")
    for client, id in ((site.mastodon("gut"), first.id), (site.mastodon(), "109000000000000001")):
        with pytest.raises(MastodonNotFoundError):
            await asked(client.status_update, id, "There")
    with pytest.raises(MastodonAPIError, match="limit of 500"):
        await asked(site.mastodon().status_update, first.id, "a" * 501)
    assert site.post.text == "Here"


async def test_an_edited_message_keeps_its_number_and_loses_the_button_that_is_not_named_again(site, bot):
    button = InlineKeyboardMarkup([[InlineKeyboardButton("Sign", url="https://petition.example/")]])
    first = await bot.send_message(CHAT, "1510 people", reply_markup=button)
    site.later()
    edited = await bot.edit_message_text("1496 people", CHAT, first.message_id, reply_markup=button)
    assert (edited.message_id, edited.date, edited.edit_date) == (first.message_id, first.date, site.now)
    with pytest.raises(BadRequest, match="(?i)message is not modified"):
        await bot.edit_message_text("1496 people", CHAT, first.message_id, reply_markup=button)
    bare = await bot.edit_message_text("1496 people", CHAT, first.message_id)
    assert bare.reply_markup is None
    assert site.post.extra["earlier"] == ["1510 people", "1496 people"]


async def test_the_words_below_a_picture_are_edited_as_a_caption_and_only_so(site, bot):
    photo = await bot.send_photo(CHAT, picture(), caption="Red")
    with pytest.raises(BadRequest, match="no text in the message to edit"):
        await bot.edit_message_text("Blue", CHAT, photo.message_id)
    edited = await bot.edit_message_caption(CHAT, photo.message_id, caption="Still red")
    assert (edited.caption, len(edited.photo)) == ("Still red", 1)
    shown = site.post.extra["media"]
    await bot.edit_message_media(InputMediaPhoto(picture("blue"), caption="Blue"), CHAT, photo.message_id)
    assert site.post.text == "Blue"
    assert site.post.extra["media"] != shown
    text = await bot.send_message(CHAT, "Words")
    with pytest.raises(BadRequest, match="no caption in the message to edit"):
        await bot.edit_message_caption(CHAT, text.message_id, caption="More words")


async def test_a_message_that_is_gone_cannot_be_edited(bot):
    for edit in (bot.edit_message_text("x", CHAT, 2), bot.edit_message_caption(CHAT, 2, caption="x")):
        with pytest.raises(BadRequest, match="(?i)message to edit not found"):
            await edit

"""The one request that makes a message: a text, a picture, a film, an album, a poll, or a message that is there already.

Each is irreversible, and each makes one post: an album takes a number for each of its pictures, the first is the post's.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from amplify.domain.picture import Sort
from amplify.ports.darkroom import Picture
from amplify.publishers.pictures import NAMES

#: In the receipt of a message: its words are the caption of a picture.
CAPTION = "caption"
#: In the receipt of an album: the numbers of its other pictures.
ALBUM = "album"
#: In the receipt of what has no words that could be changed: a poll, or a message that was forwarded.
FIXED = "fixed"
#: In the receipt of a poll: what it is called where its votes are told.
POLL = "poll"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """`at` is None where Telegram does not say; `proof` is what a receipt must tell of it."""

    number: int
    at: datetime | None
    proof: Mapping[str, str]


async def send(bot: Any, request: Mapping[str, Any], prints: Sequence[Picture]) -> Sent:
    """Raises what the client library raises."""
    if "forwards" in request:
        return await _forward(bot, request)
    if "poll" in request:
        asked = await _poll(bot, request)
        return _sent(asked, {FIXED: "a poll", POLL: asked.poll.id})
    if len(prints) > 1:
        first, *more = await _album(bot, request, prints)
        return _sent(first, {CAPTION: "yes", ALBUM: ",".join(str(one.message_id) for one in more)})
    if prints:
        return _sent(await _film_or_picture(bot, request, prints[0]), {CAPTION: "yes"})
    return _sent(await _text(bot, request), {})


async def pin(bot: Any, request: Mapping[str, Any], message: int) -> None:
    """Put it on top of the chat, in silence; it may be there already. Raises what the client library raises."""
    from telegram.error import BadRequest

    try:
        await bot.pin_chat_message(chat_id=request["chat_id"], message_id=message, disable_notification=True)
    except BadRequest as refused:
        if "not_modified" not in str(refused).lower():
            raise


def keyboard(request: Mapping[str, Any]) -> Any:
    """The buttons below one another; None where there are none."""
    from telegram import InlineKeyboardButton, InlineKeyboardMarkup

    rows = [[InlineKeyboardButton(**button)] for button in request.get("buttons", ())]
    return InlineKeyboardMarkup(rows) if rows else None


def marks(entities: Sequence[Mapping[str, Any]]) -> list[Any]:
    from telegram import MessageEntity

    return [MessageEntity(**entity) for entity in entities]


def medium(shown: Picture, **caption: Any) -> Any:
    """A picture, a video or an animation, as albums and edits take it."""
    from telegram import InputMediaAnimation, InputMediaPhoto, InputMediaVideo

    name = NAMES[shown.mime]
    if shown.sort is Sort.PICTURE:
        return InputMediaPhoto(shown.data, filename=name, **caption)
    if shown.sort is Sort.ANIMATION:
        return InputMediaAnimation(shown.data, filename=name, **_measures(shown), **caption)
    return InputMediaVideo(shown.data, filename=name, supports_streaming=True, **_measures(shown), **caption)


async def _text(bot: Any, request: Mapping[str, Any]) -> Any:
    from telegram import LinkPreviewOptions

    preview = LinkPreviewOptions(**request["preview"])
    said = {"text": request["text"], "entities": marks(request["entities"]), "link_preview_options": preview}
    return await bot.send_message(**said, **_wishes(request), reply_markup=keyboard(request))


async def _film_or_picture(bot: Any, request: Mapping[str, Any], shown: Picture) -> Any:
    wishes = {
        **_wishes(request),
        "reply_markup": keyboard(request),
        "caption": request["text"],
        "caption_entities": marks(request["entities"]),
        "filename": NAMES[shown.mime],
    }
    if shown.sort is Sort.PICTURE:
        return await bot.send_photo(photo=shown.data, **wishes)
    if shown.sort is Sort.ANIMATION:
        return await bot.send_animation(animation=shown.data, **_measures(shown), **wishes)
    return await bot.send_video(video=shown.data, supports_streaming=True, **_measures(shown), **wishes)


async def _album(bot: Any, request: Mapping[str, Any], prints: Sequence[Picture]) -> Sequence[Any]:
    """The words of the first are shown below all."""
    first = medium(prints[0], caption=request["text"], caption_entities=marks(request["entities"]))
    media = [first, *(medium(shown) for shown in prints[1:])]
    sent: Sequence[Any] = await bot.send_media_group(media=media, **_wishes(request))
    return sent


async def _poll(bot: Any, request: Mapping[str, Any]) -> Any:
    """Nobody can see who has answered what: the account learns counts only."""
    poll = dict(request["poll"])
    below = marks(poll.pop("description_entities"))
    said = {"description_entities": below} if poll["description"] else {}
    kept = {name: value for name, value in poll.items() if name != "description" or value}
    return await bot.send_poll(**kept, **said, is_anonymous=True, **_wishes(request), reply_markup=keyboard(request))


async def _forward(bot: Any, request: Mapping[str, Any]) -> Sent:
    """An album stays one: all of it goes in one request."""
    wishes = {name: value for name, value in _wishes(request).items() if name != "reply_parameters"}
    numbers, source = [int(one) for one in request["forwards"]], request["chat_id"]
    if len(numbers) == 1:
        message = await bot.forward_message(from_chat_id=source, message_id=numbers[0], **wishes)
        return _sent(message, {FIXED: "a forwarded message"})
    ids = await bot.forward_messages(from_chat_id=source, message_ids=numbers, **wishes)
    more = ",".join(str(one.message_id) for one in ids[1:])
    return Sent(number=ids[0].message_id, at=None, proof={FIXED: "a forwarded album", ALBUM: more})


def _sent(message: Any, proof: Mapping[str, str]) -> Sent:
    return Sent(number=message.message_id, at=message.date.astimezone(UTC), proof=proof)


def _wishes(request: Mapping[str, Any]) -> dict[str, Any]:
    """What every kind of message may have."""
    from telegram import ReplyParameters

    reply_to, topic = request.get("reply_to"), request.get("topic")
    return {
        "chat_id": request["chat_id"],
        "disable_notification": request["disable_notification"],
        "protect_content": request["protect_content"],
        "reply_parameters": ReplyParameters(message_id=int(reply_to)) if reply_to else None,
        "message_thread_id": int(topic) if topic else None,
    }


def _measures(film: Picture) -> dict[str, Any]:
    return {"width": film.width, "height": film.height, "duration": round(film.seconds)}

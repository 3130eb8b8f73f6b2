"""One message as the look-alike keeps it, as the Bot API tells it, and as followers see it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from amplify.testing.premises import PICTURES
from amplify.testing.telegram.chats import Chat
from amplify.testing.telegram.entities import shown
from amplify.testing.telegram.polls import poll_json
from amplify.testing.wall import WallPost


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """`number` orders it among the posts of all networks; times are campaign time, ISO 8601 in UTC.

    `earlier` is what it said before each edit, the oldest first: Telegram shows nobody, the walls do. `photo` is what
    it shows, a film as well; messages of one `group` are an album.
    """

    id: int
    number: int
    at: str
    text: str
    entities: list[dict[str, Any]]
    reply_to: int = 0
    markup: dict[str, Any] = field(default_factory=dict)
    preview: dict[str, Any] = field(default_factory=dict)
    silent: bool = False
    protected: bool = False
    edited_at: str = ""
    earlier: list[str] = field(default_factory=list)
    origin: dict[str, Any] = field(default_factory=dict)
    photo: dict[str, Any] = field(default_factory=dict)
    poll: dict[str, Any] = field(default_factory=dict)
    group: str = ""
    topic: int = 0
    pinned: bool = False
    forwards: int = 0


def message_json(message: Message, chat: Chat, replied: Message | None) -> dict[str, Any]:
    said: dict[str, Any] = {
        "message_id": message.id,
        **chat.sender_json(),
        "chat": chat.to_json(),
        "date": _seconds(message.at),
    }
    words, marks = ("caption", "caption_entities") if message.photo else ("text", "entities")
    optional: dict[str, Any] = {
        words: "" if message.poll else message.text,
        marks: message.entities,
        **_shown(message.photo),
        "poll": poll_json(message.poll, message.number) if message.poll else None,
        "media_group_id": message.group,
        "message_thread_id": message.topic,
        "is_topic_message": bool(message.topic),
        "reply_markup": message.markup,
        "link_preview_options": message.preview,
        "has_protected_content": message.protected,
        "edit_date": _seconds(message.edited_at) if message.edited_at else 0,
        "forward_origin": message.origin,
        "reply_to_message": message_json(replied, chat, None) if replied else None,
    }
    return said | {name: value for name, value in optional.items() if value}


def origin_json(message: Message, chat: Chat) -> dict[str, Any]:
    """Where a forwarded message came from: from a group, only who wrote it."""
    at = {"date": _seconds(message.at)}
    if chat.resident.has_topics:
        return message.origin or {"type": "user", **at, "sender_user": chat.sender_json()["from"]}
    return message.origin or {"type": "channel", **at, "chat": chat.to_json(), "message_id": message.id}


def wall_post(message: Message, more: Sequence[Message], chat: Chat, server: str) -> WallPost:
    """`more` are the others of its album."""
    buttons = [button for row in message.markup.get("inline_keyboard", ()) for button in row]
    extra = {
        "silent": message.silent,
        "protected": message.protected,
        "buttons": buttons,
        "preview": _preview(message),
        "edited_at": message.edited_at,
        "earlier": message.earlier,
        "forwarded_from": _from(message.origin),
        "boosts": str(message.forwards or ""),
        "pinned": any(one.pinned for one in (message, *more)),
        "topic": str(message.topic or ""),
    }
    if message.poll:
        told = {name: message.poll[name] for name in ("options", "several", "hidden")}
        extra["poll"] = {**told, "lasts": message.poll["open_period"]}
    if message.photo:  # Telegram has no place for an alt text
        extra["media"] = [
            {"alt": "", "sort": one.photo.get("sort", "picture"), "url": f"{server}{PICTURES}{one.photo['picture']}"}
            for one in (message, *more)
        ]
    text, entities = message.text, message.entities
    if message.poll.get("description"):
        text, entities = _with_description(message.poll)
    return WallPost(
        network="telegram",
        account=chat.name,
        channels=chat.resident.channels,
        remote_id=str(message.id),
        url=f"{server}/{chat.username or f'c/{chat.id}'}/{message.id}",
        text=text,
        entities=shown(text, entities),
        language=chat.resident.language,
        at=message.at,
        reply_to=str(message.reply_to or ""),
        extra=extra,
    )


def _shown(medium: dict[str, Any]) -> dict[str, Any]:
    """Under the name that the Bot API has for it."""
    if not medium:
        return {}
    name = str(medium["picture"])
    told: dict[str, Any] = {key: medium[key] for key in ("width", "height", "file_size", "duration") if key in medium}
    said: dict[str, Any] = {"file_id": name, "file_unique_id": name[:16], **told}
    if "sort" not in medium:
        return {"photo": [said]}
    film = said | {"mime_type": "video/mp4"}
    seen: dict[str, Any] = {str(medium["sort"]): film}
    return seen | ({"document": _document(film)} if medium["sort"] == "animation" else {})


def _document(film: dict[str, Any]) -> dict[str, Any]:
    """An animation is a document too, for programs that do not know animations."""
    return {name: film[name] for name in ("file_id", "file_unique_id", "mime_type", "file_size")}


def _from(origin: dict[str, Any]) -> str:
    said = origin.get("chat", {}).get("title") or origin.get("sender_user", {}).get("first_name")
    return str(said or "")


def _preview(message: Message) -> str:
    """How a link is shown, in the words of a campaign; beside pictures and polls none is."""
    options = message.preview
    linked = any(entity["type"] in ("url", "text_link") for entity in message.entities) or "url" in options
    if options.get("is_disabled") or message.photo or message.poll or not linked:
        return "none"
    wishes = {"above": "show_above_text", "small": "prefer_small_media", "large": "prefer_large_media"}
    return next((word for word, wish in wishes.items() if options.get(wish)), "as Telegram likes")


def _with_description(poll: dict[str, Any]) -> tuple[str, list[dict[str, Any]]]:
    """The question, and what stands below it."""
    before = f"{poll['question']}\n\n"
    offset = len(before.encode("utf-16-le")) // 2
    below = [entity | {"offset": entity["offset"] + offset} for entity in poll["description_entities"]]
    return before + poll["description"], below


def _seconds(at: str) -> int:
    return int(datetime.fromisoformat(at).timestamp())

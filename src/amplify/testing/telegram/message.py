"""One message as the look-alike keeps it, as the Bot API tells it, and as followers see it."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from amplify.testing.premises import PICTURES
from amplify.testing.telegram.chats import Chat
from amplify.testing.telegram.entities import shown
from amplify.testing.wall import WallPost


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """`number` orders it among the posts of all networks; times are campaign time, ISO 8601 in UTC.

    `earlier` is what it said before each edit, the oldest first: Telegram shows nobody, the walls do.
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


def message_json(message: Message, chat: Chat, replied: Message | None) -> dict[str, Any]:
    said: dict[str, Any] = {
        "message_id": message.id,
        "sender_chat": chat.to_json(),
        "chat": chat.to_json(),
        "date": _seconds(message.at),
    }
    words, marks = ("caption", "caption_entities") if message.photo else ("text", "entities")
    optional = {
        words: message.text,
        marks: message.entities,
        "photo": [_size(message.photo)] if message.photo else [],
        "reply_markup": message.markup,
        "link_preview_options": message.preview,
        "has_protected_content": message.protected,
        "edit_date": _seconds(message.edited_at) if message.edited_at else 0,
        "forward_origin": message.origin,
        "reply_to_message": message_json(replied, chat, None) if replied else None,
    }
    return said | {name: value for name, value in optional.items() if value}


def origin_json(message: Message, chat: Chat) -> dict[str, Any]:
    """Where a forwarded message came from."""
    return message.origin or {
        "type": "channel",
        "date": _seconds(message.at),
        "chat": chat.to_json(),
        "message_id": message.id,
    }


def wall_post(message: Message, chat: Chat, server: str) -> WallPost:
    buttons = [button for row in message.markup.get("inline_keyboard", ()) for button in row]
    extra = {
        "silent": message.silent,
        "protected": message.protected,
        "buttons": buttons,
        "preview": not message.preview.get("is_disabled", False),
        "edited_at": message.edited_at,
        "earlier": message.earlier,
        "forwarded_from": message.origin.get("chat", {}).get("title", ""),
    }
    if message.photo:  # Telegram has no place for an alt text
        extra["media"] = [{"alt": "", "url": f"{server}{PICTURES}{message.photo['picture']}"}]
    return WallPost(
        network="telegram",
        account=chat.name,
        channels=chat.resident.channels,
        remote_id=str(message.id),
        url=f"{server}/{chat.username or f'c/{chat.id}'}/{message.id}",
        text=message.text,
        entities=shown(message.text, message.entities),
        language=chat.resident.language,
        at=message.at,
        reply_to=str(message.reply_to or ""),
        extra=extra,
    )


def _size(photo: dict[str, Any]) -> dict[str, Any]:
    name = str(photo["picture"])
    told = {key: photo[key] for key in ("width", "height", "file_size")}
    return {"file_id": name, "file_unique_id": name[:16], **told}


def _seconds(at: str) -> int:
    return int(datetime.fromisoformat(at).timestamp())

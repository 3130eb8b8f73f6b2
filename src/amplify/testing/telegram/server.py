"""The methods: who am I, where am I, sending, and what can be done to a message afterwards."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any

from aiohttp import web

from amplify.testing.premises import Premises
from amplify.testing.resident import Resident
from amplify.testing.telegram.chats import Chat, bot_json, me_json, member_json
from amplify.testing.telegram.editing import edited
from amplify.testing.telegram.entities import entities_of
from amplify.testing.telegram.markup import checked_markup
from amplify.testing.telegram.message import Message, message_json, origin_json, wall_post
from amplify.testing.telegram.photos import caption_of, photo_of
from amplify.testing.telegram.words import bad, flag, granted, nested, number, read, refuse
from amplify.testing.wall import Hung

_LONGEST = 4096
_A_SECOND = 30
_DELETABLE = timedelta(hours=48)
_CHANNEL_CREATED = 1

Parameters = Mapping[str, Any]


class TelegramLookAlike:
    """Each channel numbers its messages from 2, because its creation was message 1; no number comes twice."""

    def __init__(self, premises: Premises) -> None:
        self._on = premises
        self._chats = [Chat(name=r.name, resident=r) for r in premises.residents]
        self._kept: dict[str, Any] = premises.memory.section("telegram").setdefault("chats", {})
        self._sent: dict[str, list[float]] = {}
        self._methods: dict[str, Callable[[str, Parameters], object]] = {
            "getme": lambda token, _: me_json(token),
            "getchat": lambda token, said: self._chat(token, said).in_full(),
            "getchatmember": self._get_chat_member,
            "sendmessage": self._send_message,
            "sendphoto": self._send_photo,
            "forwardmessage": self._forward_message,
            "editmessagetext": self._edit_message_text,
            "editmessagecaption": self._edit_message_caption,
            "editmessagemedia": self._edit_message_media,
            "deletemessage": self._delete_message,
            "setmessagereaction": self._set_message_reaction,
        }

    def routes(self) -> Iterable[web.RouteDef]:
        return (web.get("/bot{token}/{method}", self._call), web.post("/bot{token}/{method}", self._call))

    def wall(self) -> Iterator[Hung]:
        known = {chat.name: chat for chat in self._chats}
        for name, kept in self._kept.items():
            gone = Resident(network="telegram", channels=(), name=name, secret="")
            for message in kept["messages"].values():
                chat = known.get(name) or Chat(name=name, resident=gone)
                yield message["number"], wall_post(Message(**message), chat, self._on.url)

    def refusal(self, status: int) -> web.Response:
        return refuse(status).answer

    async def _call(self, request: web.Request) -> web.Response:
        token, method = request.match_info["token"], request.match_info["method"].lower()
        if not any(chat.resident.secret == token for chat in self._chats):
            raise refuse(401)
        if method not in self._methods:
            raise refuse(404, "Not Found: method not found")
        said = await read(request)
        return granted(self._methods[method](token, said))

    def _get_chat_member(self, token: str, said: Parameters) -> object:
        self._chat(token, said)
        if number(said, "user_id") != bot_json(token)["id"]:
            raise bad("member not found")
        return member_json(token)

    def _send_message(self, token: str, said: Parameters) -> object:
        text, entities = _text_of(said)
        preview = nested(said, "link_preview_options", {})
        return self._sent_to(token, said, text=text, entities=entities, preview=preview)

    def _send_photo(self, token: str, said: Parameters) -> object:
        text, entities = caption_of(said)
        photo = photo_of(said, self._on.memory)
        return self._sent_to(token, said, text=text, entities=entities, photo=photo)

    def _sent_to(self, token: str, said: Parameters, **content: Any) -> object:
        chat = self._chat(token, said)
        reply = nested(said, "reply_parameters", {})
        replied = self._find(chat, int(reply.get("message_id", 0)))
        if reply and replied is None and not reply.get("allow_sending_without_reply"):
            raise bad("message to be replied not found")
        markup = checked_markup(nested(said, "reply_markup", {}))
        self._slow_down(token)
        message = self._add(
            chat,
            reply_to=replied.id if replied else 0,
            markup=markup,
            silent=flag(said, "disable_notification"),
            protected=flag(said, "protect_content"),
            **content,
        )
        return message_json(message, chat, replied)

    def _forward_message(self, token: str, said: Parameters) -> object:
        chat = self._chat(token, said)
        source = self._chat(token, {"chat_id": said.get("from_chat_id", "")})
        if (message := self._find(source, number(said, "message_id"))) is None:
            raise bad("message to forward not found")
        if message.protected:
            raise bad("message can't be forwarded")
        self._slow_down(token)
        forwarded = self._add(
            chat,
            text=message.text,
            entities=message.entities,
            photo=message.photo,
            silent=flag(said, "disable_notification"),
            protected=flag(said, "protect_content"),
            origin=origin_json(message, source),
        )
        return message_json(forwarded, chat, None)

    def _edit_message_text(self, token: str, said: Parameters) -> object:
        chat, message = self._to_edit(token, said)
        if message.photo:
            raise bad("there is no text in the message to edit")
        text, entities = _text_of(said)
        preview = nested(said, "link_preview_options", {})
        return self._edited(chat, message, said, text=text, entities=entities, preview=preview)

    def _edit_message_caption(self, token: str, said: Parameters) -> object:
        chat, message = self._to_edit(token, said)
        if not message.photo:
            raise bad("there is no caption in the message to edit")
        text, entities = caption_of(said)
        return self._edited(chat, message, said, text=text, entities=entities)

    def _edit_message_media(self, token: str, said: Parameters) -> object:
        chat, message = self._to_edit(token, said)
        media = nested(said, "media", {})
        if media.get("type") != "photo" or not message.photo:
            raise bad("this look-alike puts a photo in the place of a photo, and nothing else")
        text, entities = caption_of(media)
        photo = photo_of({**said, "photo": media.get("media")}, self._on.memory)
        return self._edited(chat, message, said, text=text, entities=entities, photo=photo)

    def _to_edit(self, token: str, said: Parameters) -> tuple[Chat, Message]:
        """Raises Refused."""
        chat = self._chat(token, said)
        if (message := self._find(chat, number(said, "message_id"))) is None:
            raise bad("message to edit not found")
        return chat, message

    def _edited(self, chat: Chat, message: Message, said: Parameters, **content: Any) -> object:
        """Buttons that are not named again are gone. Raises Refused."""
        markup = checked_markup(nested(said, "reply_markup", {}))
        after = edited(message, self._now().isoformat(), markup=markup, **content)
        self._keep(chat, after)
        return message_json(after, chat, self._find(chat, after.reply_to))

    def _delete_message(self, token: str, said: Parameters) -> object:
        chat = self._chat(token, said)
        if (message := self._find(chat, number(said, "message_id"))) is None:
            raise bad("message to delete not found")
        if self._now() - datetime.fromisoformat(message.at) > _DELETABLE:
            raise bad("message can't be deleted")
        del self._kept[chat.name]["messages"][str(message.id)]
        self._on.memory.save()
        return True

    def _set_message_reaction(self, token: str, said: Parameters) -> object:
        """Nothing is kept of it: only whether the message is there can be learnt."""
        chat = self._chat(token, said)
        if self._find(chat, number(said, "message_id")) is None:
            raise bad("message to react not found")
        return True

    def _chat(self, token: str, said: Parameters) -> Chat:
        """Raises Refused."""
        wanted = str(said.get("chat_id", ""))
        if not wanted:
            raise bad("chat_id is empty")
        chat = next((chat for chat in self._chats if chat.is_called(wanted)), None)
        if chat is None:
            raise bad("chat not found")
        if chat.resident.secret != token:
            raise refuse(403)
        return chat

    def _find(self, chat: Chat, id: int) -> Message | None:
        message = self._kept.get(chat.name, {}).get("messages", {}).get(str(id))
        return Message(**message) if message else None

    def _add(self, chat: Chat, **content: Any) -> Message:
        kept = self._kept.setdefault(chat.name, {"last_id": _CHANNEL_CREATED, "messages": {}})
        kept["last_id"] += 1
        number = self._on.memory.next_number()
        message = Message(id=kept["last_id"], number=number, at=self._now().isoformat(), **content)
        self._keep(chat, message)
        return message

    def _keep(self, chat: Chat, message: Message) -> None:
        self._kept[chat.name]["messages"][str(message.id)] = asdict(message)
        self._on.memory.save()

    def _now(self) -> datetime:
        """Telegram knows no fractions of a second."""
        return self._on.today().replace(microsecond=0)

    def _slow_down(self, token: str) -> None:
        """Thirty messages a second is what a bot may send in all. Raises Refused."""
        now = self._on.machine()
        lately = [at for at in self._sent.get(token, ()) if now - at < 1]
        if len(lately) >= _A_SECOND:
            raise refuse(429, retry_after=1)
        self._sent[token] = [*lately, now]


def _text_of(said: Parameters) -> tuple[str, list[dict[str, Any]]]:
    """The text and all entities of a message. Raises Refused."""
    if said.get("parse_mode"):
        raise bad("this look-alike reads entities, no parse_mode")
    text, entities = entities_of(str(said.get("text", "")), nested(said, "entities", []))
    if not text:
        raise bad("message text is empty")
    if len(text) > _LONGEST:
        raise bad("message is too long")
    return text, entities

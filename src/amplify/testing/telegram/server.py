"""The methods: who am I, where am I, and what can be done to a message afterwards. `sending.py` has the rest."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any

from aiohttp import web

from amplify.testing.premises import Premises
from amplify.testing.resident import Resident
from amplify.testing.telegram.chats import Chat, bot_json, me_json, member_json
from amplify.testing.telegram.crowd import Crowd
from amplify.testing.telegram.editing import edited
from amplify.testing.telegram.entities import text_of
from amplify.testing.telegram.keeping import Messages
from amplify.testing.telegram.markup import checked_markup
from amplify.testing.telegram.media import caption_of, medium_of
from amplify.testing.telegram.message import Message, message_json, wall_post
from amplify.testing.telegram.sending import Sending
from amplify.testing.telegram.words import bad, granted, nested, number, read, refuse
from amplify.testing.wall import Hung

_DELETABLE = timedelta(hours=48)

Parameters = Mapping[str, Any]


class TelegramLookAlike:
    def __init__(self, premises: Premises) -> None:
        self._on = premises
        self._chats = [Chat(name=r.name, resident=r) for r in premises.residents]
        self._messages = Messages(premises)
        self._crowd = Crowd(premises, self._messages, self._chats)
        self._methods: dict[str, Callable[[str, Parameters], object]] = {
            "getme": lambda token, _: me_json(token),
            "getchat": lambda token, said: self._chat(token, said).in_full(),
            "getchatmember": self._get_chat_member,
            **self._crowd.methods(),
            **Sending(self._messages, premises.memory, self._chat).methods(),
            "editmessagetext": self._edit_message_text,
            "editmessagecaption": self._edit_message_caption,
            "editmessagemedia": self._edit_message_media,
            "deletemessage": self._delete_message,
            "deletemessages": self._delete_messages,
            "pinchatmessage": self._pin_chat_message,
            "setmessagereaction": self._set_message_reaction,
        }

    def routes(self) -> Iterable[web.RouteDef]:
        called = "/bot{token}/{method}"
        return (web.get(called, self._call), web.post(called, self._call), *self._crowd.routes())

    def wall(self) -> Iterator[Hung]:
        """An album is one post: apps show its messages as one, under the number of the first."""
        known = {chat.name: chat for chat in self._chats}
        for name, messages in self._messages.everywhere():
            gone = Resident(network="telegram", channels=(), name=name, secret="")
            chat = known.get(name) or Chat(name=name, resident=gone)
            for _, together in groupby(messages, key=lambda message: message.group or message.id):
                first, *more = together
                yield first.number, wall_post(first, more, chat, self._on.url)

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
        chat = self._chat(token, said)
        if number(said, "user_id") != bot_json(token)["id"]:
            raise bad("member not found")
        return member_json(chat)

    def _edit_message_text(self, token: str, said: Parameters) -> object:
        chat, message = self._to_edit(token, said)
        if message.photo or message.poll:
            raise bad("there is no text in the message to edit")
        text, entities = text_of(said)
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
        kind = str(media.get("type"))
        if kind not in ("photo", "video", "animation") or not message.photo:
            raise bad("this look-alike puts a picture in the place of a picture, and nothing else")
        if message.group and kind == "animation":
            raise bad("message can't be edited")
        text, entities = caption_of(media)
        photo = medium_of(kind, said, media.get("media"), self._on.memory)
        return self._edited(chat, message, said, text=text, entities=entities, photo=photo)

    def _to_edit(self, token: str, said: Parameters) -> tuple[Chat, Message]:
        """Raises Refused."""
        chat = self._chat(token, said)
        if (message := self._messages.find(chat, number(said, "message_id"))) is None:
            raise bad("message to edit not found")
        if message.origin or message.poll:
            raise bad("message can't be edited")
        return chat, message

    def _edited(self, chat: Chat, message: Message, said: Parameters, **content: Any) -> object:
        """Buttons that are not named again are gone. Raises Refused."""
        markup = checked_markup(nested(said, "reply_markup", {}))
        after = edited(message, self._messages.now().isoformat(), markup=markup, **content)
        self._messages.keep(chat, after)
        return message_json(after, chat, self._messages.find(chat, after.reply_to))

    def _delete_message(self, token: str, said: Parameters) -> object:
        chat = self._chat(token, said)
        if (message := self._messages.find(chat, number(said, "message_id"))) is None:
            raise bad("message to delete not found")
        self._remove(chat, message)
        return True

    def _delete_messages(self, token: str, said: Parameters) -> object:
        """What is not there is passed over."""
        chat = self._chat(token, said)
        numbers = [int(one) for one in nested(said, "message_ids", [])]
        self._remove(chat, *(found for one in numbers if (found := self._messages.find(chat, one)) is not None))
        return True

    def _remove(self, chat: Chat, *messages: Message) -> None:
        """All or none. Raises Refused."""
        if any(self._messages.now() - datetime.fromisoformat(one.at) > _DELETABLE for one in messages):
            raise bad("message can't be deleted")
        for message in messages:
            self._messages.remove(chat, message)

    def _pin_chat_message(self, token: str, said: Parameters) -> object:
        """A message of its own says so, and takes a number."""
        chat = self._chat(token, said)
        if (message := self._messages.find(chat, number(said, "message_id"))) is None:
            raise bad("message to pin not found")
        if message.pinned:
            raise bad("CHAT_NOT_MODIFIED")
        self._messages.keep(chat, replace(message, pinned=True))
        self._messages.take_number(chat)
        return True

    def _set_message_reaction(self, token: str, said: Parameters) -> object:
        """Nothing is kept of it: only whether the message is there can be learnt."""
        chat = self._chat(token, said)
        if self._messages.find(chat, number(said, "message_id")) is None:
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

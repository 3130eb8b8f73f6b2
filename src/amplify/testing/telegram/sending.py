"""The methods that make messages: a text, a picture, a film, an album, a poll, and what is forwarded."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from amplify.testing.memory import Memory
from amplify.testing.telegram.chats import Chat
from amplify.testing.telegram.entities import text_of
from amplify.testing.telegram.keeping import Messages
from amplify.testing.telegram.markup import checked_markup
from amplify.testing.telegram.media import album_of, caption_of, medium_of
from amplify.testing.telegram.message import Message, message_json, origin_json
from amplify.testing.telegram.polls import poll_of
from amplify.testing.telegram.words import bad, flag, nested, number

Parameters = Mapping[str, Any]
ChatOf = Callable[[str, Parameters], Chat]


class Sending:
    def __init__(self, messages: Messages, memory: Memory, chat_of: ChatOf) -> None:
        self._messages, self._memory, self._chat_of = messages, memory, chat_of

    def methods(self) -> dict[str, Callable[[str, Parameters], object]]:
        return {
            "sendmessage": self._message,
            "sendphoto": lambda token, said: self._medium("photo", token, said),
            "sendvideo": lambda token, said: self._medium("video", token, said),
            "sendanimation": lambda token, said: self._medium("animation", token, said),
            "sendmediagroup": self._album,
            "sendpoll": self._poll,
            "forwardmessage": self._forward,
            "forwardmessages": self._forward_several,
        }

    def _message(self, token: str, said: Parameters) -> object:
        text, entities = text_of(said)
        preview = nested(said, "link_preview_options", {})
        return self._sent(token, said, {"text": text, "entities": entities, "preview": preview})[0]

    def _medium(self, kind: str, token: str, said: Parameters) -> object:
        text, entities = caption_of(said)
        medium = medium_of(kind, said, said.get(kind), self._memory)
        return self._sent(token, said, {"text": text, "entities": entities, "photo": medium})[0]

    def _album(self, token: str, said: Parameters) -> object:
        """One number for each item, and one mark by which apps show them as one."""
        contents = []
        for item in album_of(said):
            text, entities = caption_of(item)
            medium = medium_of(item["type"], said, item.get("media"), self._memory)
            contents.append({"text": text, "entities": entities, "photo": medium})
        return self._sent(token, said, *contents)

    def _poll(self, token: str, said: Parameters) -> object:
        poll = poll_of(said)
        return self._sent(token, said, {"text": poll["question"], "entities": [], "poll": poll})[0]

    def _sent(self, token: str, said: Parameters, *contents: dict[str, Any]) -> list[object]:
        chat = self._chat_of(token, said)
        reply = nested(said, "reply_parameters", {})
        replied = self._messages.find(chat, int(reply.get("message_id", 0)))
        if reply and replied is None and not reply.get("allow_sending_without_reply"):
            raise bad("message to be replied not found")
        common = {
            "reply_to": replied.id if replied else 0,
            "markup": checked_markup(nested(said, "reply_markup", {})),
            "topic": self._topic(chat, said),
            "silent": flag(said, "disable_notification"),
            "protected": flag(said, "protect_content"),
        }
        self._messages.slow_down(token, chat, len(contents))
        made = [self._messages.add(chat, **common, **content) for content in contents]
        if len(made) > 1:
            made = [replace(message, group=str(made[0].number)) for message in made]
            for message in made:
                self._messages.keep(chat, message)
        return [message_json(message, chat, replied) for message in made]

    def _forward(self, token: str, said: Parameters) -> object:
        chat, (message,) = self._forwarded(token, said, [number(said, "message_id")])
        return message_json(message, chat, None)

    def _forward_several(self, token: str, said: Parameters) -> object:
        """What is forwarded together stays an album."""
        _, messages = self._forwarded(token, said, nested(said, "message_ids", []))
        return [{"message_id": message.id} for message in messages]

    def _forwarded(self, token: str, said: Parameters, numbers: list[int]) -> tuple[Chat, list[Message]]:
        chat = self._chat_of(token, said)
        source = self._chat_of(token, {"chat_id": said.get("from_chat_id", "")})
        found = [message for one in numbers if (message := self._messages.find(source, one)) is not None]
        if len(found) < len(numbers) or not found:
            raise bad("message to forward not found")
        if any(message.protected for message in found):
            raise bad("message can't be forwarded")
        topic = self._topic(chat, said)
        self._messages.slow_down(token, chat, len(found))
        made = [
            self._messages.add(
                chat,
                text=message.text,
                entities=message.entities,
                photo=message.photo,
                poll=message.poll,
                group=f"forwarded-{message.group}-{chat.name}" if message.group else "",
                topic=topic,
                silent=flag(said, "disable_notification"),
                protected=flag(said, "protect_content"),
                origin=origin_json(message, source),
                forwards=message.id,
            )
            for message in found
        ]
        return chat, made

    @staticmethod
    def _topic(chat: Chat, said: Parameters) -> int:
        """Raises Refused."""
        topic = number(said, "message_thread_id")
        if topic and not chat.resident.has_topics:
            raise bad("message thread not found")
        return topic

"""Where the look-alike keeps its messages: each chat numbers its own, and no number comes twice."""

import math
from collections.abc import Iterator
from dataclasses import asdict
from datetime import datetime
from typing import Any

from amplify.testing.premises import Premises
from amplify.testing.telegram.chats import Chat
from amplify.testing.telegram.message import Message
from amplify.testing.telegram.words import refuse

_A_SECOND = 30
_MINUTE, _A_MINUTE, _A_MINUTE_IN_A_GROUP = 60, 60, 20
_CHAT_CREATED = 1


class Messages:
    """Numbers begin at 2, because the chat's creation was message 1."""

    def __init__(self, premises: Premises) -> None:
        self._on = premises
        self._kept: dict[str, Any] = premises.memory.section("telegram").setdefault("chats", {})
        self._sent: dict[str, list[float]] = {}

    def everywhere(self) -> Iterator[tuple[str, list[Message]]]:
        """Each chat's name and its messages, in order."""
        for name, kept in self._kept.items():
            yield name, [Message(**message) for message in kept["messages"].values()]

    def find(self, chat: Chat, id: int) -> Message | None:
        message = self._kept.get(chat.name, {}).get("messages", {}).get(str(id))
        return Message(**message) if message else None

    def add(self, chat: Chat, **content: Any) -> Message:
        number = self._on.memory.next_number()
        message = Message(id=self.take_number(chat), number=number, at=self.now().isoformat(), **content)
        self.keep(chat, message)
        return message

    def take_number(self, chat: Chat) -> int:
        """The next one: what followers see and what only says what was done take one each."""
        kept = self._kept.setdefault(chat.name, {"last_id": _CHAT_CREATED, "messages": {}})
        kept["last_id"] += 1
        self._on.memory.save()
        return int(kept["last_id"])

    def keep(self, chat: Chat, message: Message) -> None:
        self._kept[chat.name]["messages"][str(message.id)] = asdict(message)
        self._on.memory.save()

    def remove(self, chat: Chat, message: Message) -> None:
        del self._kept[chat.name]["messages"][str(message.id)]
        self._on.memory.save()

    def now(self) -> datetime:
        """Telegram knows no fractions of a second."""
        return self._on.today().replace(microsecond=0)

    def slow_down(self, token: str, chat: Chat, many: int = 1) -> None:
        """Thirty messages a second is what a bot may send in all, and so many a minute in a chat. Raises Refused."""
        if self._on.manners.enforces_limits:
            self._slow_down_in(chat, many)
        now = self._on.machine()
        lately = [at for at in self._sent.get(token, ()) if now - at < 1]
        if len(lately) + many > _A_SECOND:
            raise refuse(429, retry_after=1)
        self._sent[token] = [*lately, *[now] * many]

    def _slow_down_in(self, chat: Chat, many: int) -> None:
        """An album counts by its items; one that is more than all of it waits for an empty minute. Raises Refused."""
        most, now = (_A_MINUTE_IN_A_GROUP if chat.resident.has_topics else _A_MINUTE), self._on.machine()
        lately = [at for at in self._sent.get(chat.name, ()) if now - at < _MINUTE]
        if lately and len(lately) + many > most:
            raise refuse(429, retry_after=math.ceil(lately[0] + _MINUTE - now))
        self._sent[chat.name] = [*lately, *[now] * many]

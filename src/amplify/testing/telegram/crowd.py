"""Readers who react and vote, and what a bot is told of it: counts, and never who.

A door beside the Bot API lets a test be the readers: POST /crowd/{chat}/{message} with `{"reactions": {"👍": 3}}` or
`{"votes": [2, 1]}`. A bot is told only from when on it has asked for reactions, and for a day.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any

from aiohttp import web

from amplify.testing.premises import Premises
from amplify.testing.telegram.chats import Chat
from amplify.testing.telegram.keeping import Messages
from amplify.testing.telegram.message import Message
from amplify.testing.telegram.polls import poll_json
from amplify.testing.telegram.words import bad, granted, nested, number

_A_DAY = 24 * 60 * 60
_PAGE = 100
#: What is told without being asked for.
_USUAL = ["message", "channel_post", "poll"]


class Crowd:
    def __init__(self, premises: Premises, messages: Messages, chats: Iterable[Chat]) -> None:
        self._on = premises
        self._messages = messages
        self._chats = list(chats)
        self._kept: dict[str, Any] = premises.memory.section("telegram").setdefault("crowd", {})

    def methods(self) -> Mapping[str, Callable[[str, Mapping[str, Any]], object]]:
        return {"getupdates": self._get_updates}

    def routes(self) -> Iterable[web.RouteDef]:
        return (web.post("/crowd/{chat}/{message}", self._act),)

    async def _act(self, request: web.Request) -> web.Response:
        chat = next((chat for chat in self._chats if chat.is_called(request.match_info["chat"])), None)
        message = self._messages.find(chat, int(request.match_info["message"])) if chat is not None else None
        if chat is None or message is None:
            raise bad("message not found")
        said = await request.json()
        if "votes" in said:
            self._vote(chat, message, said["votes"])
        if "reactions" in said:
            self._react(chat, message, said["reactions"])
        return granted(result=True)

    def _react(self, chat: Chat, message: Message, reactions: Mapping[str, int]) -> None:
        counts = [{"type": {"type": "emoji", "emoji": sign}, "total_count": many} for sign, many in reactions.items()]
        told = {"chat": chat.to_json(), "message_id": message.id, "date": int(self._messages.now().timestamp())}
        self._tell(chat, "message_reaction_count", told | {"reactions": counts})

    def _vote(self, chat: Chat, message: Message, votes: list[int]) -> None:
        after = replace(message, poll=message.poll | {"votes": votes})
        self._messages.keep(chat, after)
        self._tell(chat, "poll", poll_json(after.poll, after.number))

    def _tell(self, chat: Chat, kind: str, told: Mapping[str, Any]) -> None:
        bot = self._bot(chat.resident.secret)
        if kind in bot["asks"]:
            bot["last"] += 1
            bot["news"].append({"update_id": bot["last"], kind: dict(told), "at": self._on.machine()})
        self._on.memory.save()

    def _get_updates(self, token: str, said: Mapping[str, Any]) -> object:
        """What is before `offset` is not told again."""
        bot = self._bot(token)
        if "allowed_updates" in said:
            bot["asks"] = nested(said, "allowed_updates", []) or _USUAL
        offset, since = number(said, "offset"), self._on.machine() - _A_DAY
        bot["news"] = [one for one in bot["news"] if one["update_id"] >= offset and one["at"] > since]
        self._on.memory.save()
        most = min(number(said, "limit") or _PAGE, _PAGE)
        return [{name: value for name, value in one.items() if name != "at"} for one in bot["news"][:most]]

    def _bot(self, token: str) -> dict[str, Any]:
        bot: dict[str, Any] = self._kept.setdefault(token, {"asks": _USUAL, "news": [], "last": 1000})
        return bot

"""What a Telegram bot may do in its chat, and what the chat shows of those who read there.

No member but the bot is asked about. Telegram tells nobody whether a bot has a privacy policy, so that a person has
to say it: it is among the rules that are read.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from amplify.ports.errors import Unauthorized, Unavailable
from amplify.ports.examining import Examined, Observation, Rules, good, note
from amplify.publishers.failures import Row
from amplify.publishers.telegram_bot import Line
from amplify.publishers.telegram_rights import rights

_LOOK = (Row(401, "", Unauthorized), Row(403, "", Unauthorized))
_TERMS = "https://telegram.org/tos/bot-developers"
_POLICY = (
    "The bot has a privacy policy: a page whose address is set at @BotFather → /mybots → the bot → Edit Bot → Edit "
    "Privacy Policy. Such as: “This bot posts the messages of our campaign into our channel. It reads no messages, and "
    "it stores nothing about you. Questions: …”"
)
_RULES = Rules(
    lines=(
        f"Telegram's terms for bots: {_TERMS}",
        _POLICY,
    ),
    url=_TERMS,
)


async def examine(line: Line, chat: str) -> Examined:
    """Raises PublishError."""
    me = await line.ask(line.bot.get_me, _LOOK, Unavailable)
    told = await line.ask(lambda: line.bot.get_chat(chat), _LOOK, Unavailable)
    member = await line.ask(lambda: line.bot.get_chat_member(chat, me.id), _LOOK, Unavailable)
    shown = told.to_dict()
    return Examined(
        clock=line.ear.date,
        rules=_RULES,
        observations=[*rights(member.to_dict(), shown["type"]), *_shows(shown, me.to_dict())],
    )


def _shows(chat: Mapping[str, Any], me: Mapping[str, Any]) -> Iterator[Observation]:
    """What others can see of readers."""
    is_channel = chat["type"] == "channel"
    if not is_channel:
        yield note("discussion", "This is a group: its members see one another", "A channel does not show who reads")
    elif chat.get("linked_chat_id"):
        told = "A discussion group is linked to the channel: it shows who comments"
        yield note("discussion", told, "In the channel: its name → Edit → Discussion → Unlink group")
    else:
        yield good("discussion", "No discussion group is linked")
    if chat.get("available_reactions") == []:
        yield good("reactions", "Nobody can react to a post")
    else:
        told = "Readers can react to posts, and what they tapped stays on their phones"
        where = "its name → Edit → Reactions → off"
        yield note("reactions", told, f"Where readers can be punished for it, switch it off. In the chat: {where}")
    if not is_channel and me.get("can_read_all_group_messages"):
        told = "The bot is given everything that is written in its groups"
        yield note("privacy", told, "At @BotFather: /setprivacy → the bot → Enable")

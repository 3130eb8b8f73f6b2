"""Who is there: the channels, and the bots that may post to them."""

from dataclasses import dataclass
from typing import Any

from amplify.testing.premises import number_of
from amplify.testing.resident import Resident

_RIGHTS = (
    "can_be_edited",
    "can_manage_chat",
    "can_change_info",
    "can_post_messages",
    "can_edit_messages",
    "can_delete_messages",
    "can_invite_users",
    "can_restrict_members",
    "can_promote_members",
    "can_manage_video_chats",
    "can_post_stories",
    "can_edit_stories",
    "can_delete_stories",
    "can_manage_direct_messages",
    "can_send_welcome_messages",
)
_GRANTED = frozenset({"can_manage_chat", "can_post_messages", "can_edit_messages", "can_delete_messages"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Chat:
    """A channel, or a group with topics. A name that is a number is a private one's id; `username` is then empty."""

    name: str
    resident: Resident

    @property
    def id(self) -> int:
        if self.name.removeprefix("-").isdecimal():
            return int(self.name)
        return int(f"-100{number_of('telegram', self.name.lower(), digits=10)}")

    @property
    def username(self) -> str:
        return "" if self.name.removeprefix("-").isdecimal() else self.name.removeprefix("@")

    def to_json(self) -> dict[str, Any]:
        username = {"username": self.username} if self.username else {}
        kind = {"type": "supergroup", "is_forum": True} if self.resident.has_topics else {"type": "channel"}
        return {"id": self.id, "title": self.resident.shown_as, **username, **kind}

    def sender_json(self) -> dict[str, Any]:
        """Who a message is from: a channel speaks itself, in a group the bot does."""
        return {"from": bot_json(self.resident.secret)} if self.resident.has_topics else {"sender_chat": self.to_json()}

    def in_full(self) -> dict[str, Any]:
        gifts = ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels")
        return self.to_json() | {
            "accent_color_id": 0,
            "max_reaction_count": 11,
            "accepted_gift_types": dict.fromkeys(gifts, False),
            "description": "A look-alike for rehearsals. Nobody follows here.",
            **({"linked_chat_id": self.id - 1} if self.resident.discussed else {}),
        }

    def is_called(self, chat_id: str) -> bool:
        return chat_id.lower() == self.name.lower() or chat_id == str(self.id)


def bot_json(token: str) -> dict[str, Any]:
    """A token begins with the bot's id; one that does not gets an id of its own."""
    begins = token.partition(":")[0]
    bot = int(begins) if begins.isdecimal() else number_of("bot", token, digits=10)
    return {"id": bot, "is_bot": True, "first_name": "Rehearsal bot", "username": f"rehearsal_{bot}_bot"}


def me_json(token: str) -> dict[str, Any]:
    abilities = ("can_join_groups", "can_read_all_group_messages", "supports_inline_queries", "can_connect_to_business")
    return bot_json(token) | dict.fromkeys(abilities, False) | {"has_main_web_app": False}


def member_json(chat: Chat) -> dict[str, Any]:
    """The bot as the chat's administrator."""
    token, granted = chat.resident.secret, chat.resident.rights or _GRANTED
    rights = {right: right in granted for right in _RIGHTS}
    return {"status": "administrator", "user": bot_json(token), "is_anonymous": False} | rights

"""What a Telegram bot may do in its chat, in words: what is missing, and what is more than amplify needs."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any

from amplify.ports.examining import Observation, good, note, wrong

_TOPIC = "rights"
_WHERE = "In the chat: its name → Administrators → the bot"
#: What each right is for; without the first nothing can be published.
_POST = "can_post_messages"
_USEFUL: Mapping[str, str] = MappingProxyType(
    {
        "can_edit_messages": "pin posts or correct them by an edit",
        "can_delete_messages": "take posts back",
    }
)
#: What reaches people, or the chat itself.
_HARMFUL: Mapping[str, str] = MappingProxyType(
    {
        "can_promote_members": "make others administrators",
        "can_restrict_members": "throw people out",
        "can_invite_users": "invite people, and see who asks to join",
        "can_manage_direct_messages": "read and answer what people write to the channel",
        "can_change_info": "change the chat's name and picture",
    }
)
_UNUSED: Mapping[str, str] = MappingProxyType(
    {
        "can_manage_video_chats": "hold live streams",
        "can_post_stories": "post stories",
        "can_edit_stories": "edit stories",
        "can_delete_stories": "delete stories",
    }
)


def rights(member: Mapping[str, Any], kind: str) -> Iterator[Observation]:
    """What is to be said about a bot that is this member of a chat of this kind."""
    status = member.get("status")
    if status in ("left", "kicked"):
        yield wrong(_TOPIC, "The bot is not in the chat", "Add it in the chat: its name → Administrators → Add")
        return
    if status == "restricted" and not member.get("can_send_messages"):
        yield wrong(_TOPIC, "The bot may not write in the group", "Allow it in the group: its name → Members → the bot")
        return
    is_channel = kind == "channel"
    if is_channel and not member.get(_POST):
        yield wrong(_TOPIC, "The bot may not post in the channel", f"{_WHERE}: switch on “Post messages”")
    missing = [words for right, words in _USEFUL.items() if is_channel and not member.get(right)]
    if missing:
        told = f"The bot may not {', and may not '.join(missing)}"
        yield note(_TOPIC, told, f"{_WHERE}: switch on “Edit messages of others” and “Delete messages of others”")
    too_many = [words for right, words in _HARMFUL.items() if member.get(right)]
    unused = [words for right, words in _UNUSED.items() if member.get(right)]
    if too_many:
        told = f"The bot may do more than post: {', '.join([*too_many, *unused])}"
        yield wrong(_TOPIC, told, f"{_WHERE}: switch that off")
    elif unused:
        yield note(_TOPIC, f"The bot may do more than amplify needs: {', '.join(unused)}", f"{_WHERE}: switch that off")
    if not (missing or too_many or unused or (is_channel and not member.get(_POST))):
        told = "The bot may post, edit and delete messages; nothing else" if is_channel else "The bot may write"
        yield good(_TOPIC, told)

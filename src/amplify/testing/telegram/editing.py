"""What can be changed in a message that is there: its words, its picture, its buttons. It says when, not what it said."""

from dataclasses import replace
from typing import Any

from amplify.testing.telegram.message import Message
from amplify.testing.telegram.words import bad


def edited(message: Message, at: str, **content: Any) -> Message:
    """The message with other content. Raises Refused where nothing would be other than it is."""
    after = replace(message, **content)
    if after == message:
        raise bad(
            "message is not modified: specified new message content and reply markup are exactly the same as a "
            "current content and reply markup of the message"
        )
    return replace(after, edited_at=at, earlier=[*message.earlier, message.text])

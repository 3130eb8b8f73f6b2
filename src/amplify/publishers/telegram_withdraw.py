"""Taking a message back from Telegram: for 48 hours, then only a person can, in the app.

A bot cannot look; but whether a message is there is said to whoever deletes it again.
"""

from datetime import timedelta

from amplify.domain.envelope import Receipt
from amplify.ports.errors import OutcomeUnknown, Rejected
from amplify.publishers.failures import Row
from amplify.publishers.refusals import TELEGRAM
from amplify.publishers.telegram_bot import Line
from amplify.publishers.telegram_send import ALBUM

_TABLE = (Row(400, "message (to delete not found|can't be deleted)", Rejected), *TELEGRAM)
_FOR = timedelta(hours=48)
LEFT = "where it was forwarded it stays, in other chats and in private; notifications and screenshots stay"


async def withdraw(line: Line, chat: str, receipt: Receipt) -> str:
    """All of an album goes in one request. Raises PublishError."""
    if not receipt.remote_id.isdecimal():
        raise Rejected(f"its number is not known: delete it by hand, in the app: {receipt.url}")
    numbers = [int(receipt.remote_id), *map(int, filter(None, receipt.proof.get(ALBUM, "").split(",")))]
    try:
        if len(numbers) > 1:
            await line.ask(lambda: line.bot.delete_messages(chat, numbers), _TABLE, OutcomeUnknown)
        else:
            await line.ask(lambda: line.bot.delete_message(chat, numbers[0]), _TABLE, OutcomeUnknown)
    except Rejected:
        said = line.ear.said.lower()
        if "to delete not found" in said:
            return LEFT
        if "can't be deleted" in said:
            raise Rejected(_too_late(line, receipt)) from None
        raise
    return LEFT


def _too_late(line: Line, receipt: Receipt) -> str:
    """What a person can do where the bot may not."""
    by_hand = f"open it in the app as an administrator of the chat and delete it there: {receipt.url}"
    if line.ear.date is not None and line.ear.date - receipt.at < _FOR:
        return f"Telegram does not let the bot delete it. Give the bot the right to delete messages, or {by_hand}"
    return f"Telegram lets a bot delete a message for 48 hours only, even as an administrator, and this one is older: {by_hand}"

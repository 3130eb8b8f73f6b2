"""What Telegram tells a bot of its messages: how many reactions, and how many votes in its polls. No views, no forwards.

It tells only what has changed within the last day, and only the one program that asks for this bot. Nothing is asked
that says who has reacted. What was read is left there as long as there is room: another chat of the same bot reads it too.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from amplify.domain.envelope import Receipt
from amplify.ports.errors import Rejected, Unavailable
from amplify.ports.upkeep import Counts
from amplify.publishers.failures import Row
from amplify.publishers.refusals import TELEGRAM
from amplify.publishers.telegram_bot import Line
from amplify.publishers.telegram_send import ALBUM, POLL

AT_ONCE = 1000
_PAGE = 100
_KINDS = ["message_reaction_count", "poll"]
_OTHER = "Another program reads what this bot is told: give the campaign a bot of its own"
_TABLE = (Row(409, "", Rejected, _OTHER), *TELEGRAM)


async def measure(line: Line, chat: str, receipts: Sequence[Receipt]) -> Mapping[str, Counts]:
    """Empty counts where nothing has changed lately. Raises PublishError."""
    reactions: dict[int, int] = {}
    votes: dict[str, int] = {}
    for update in await _news(line):
        told = update.message_reaction_count
        if told is not None and str(told.chat.id) == chat:
            reactions[told.message_id] = sum(each.total_count for each in told.reactions)
        if update.poll is not None:
            votes[update.poll.id] = update.poll.total_voter_count
    return {receipt.remote_id: _counts(receipt, reactions, votes) for receipt in receipts}


async def _news(line: Line) -> list[Any]:
    """Only a full page is given back, which makes room for the next one."""
    news = await _page(line, None)
    page = news
    while len(page) == _PAGE:
        page = await _page(line, page[-1].update_id + 1)
        news = [*news, *page]
    return news


async def _page(line: Line, offset: int | None) -> list[Any]:
    updates: list[Any] = await line.ask(
        lambda: line.bot.get_updates(offset=offset, limit=_PAGE, timeout=0, allowed_updates=_KINDS), _TABLE, Unavailable
    )
    return [*updates]


def _counts(receipt: Receipt, reactions: Mapping[int, int], votes: Mapping[str, int]) -> Counts:
    """Apps let people react to each picture of an album."""
    numbers = [receipt.remote_id, *filter(None, receipt.proof.get(ALBUM, "").split(","))]
    seen = [reactions[int(one)] for one in numbers if one.isdecimal() and int(one) in reactions]
    return Counts(reactions=sum(seen) if seen else None, votes=votes.get(receipt.proof.get(POLL, "")))

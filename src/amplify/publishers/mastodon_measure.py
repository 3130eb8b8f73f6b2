"""Public counts of posts on a Mastodon server: what the account's own server has seen of them."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from typing import Any

from amplify.domain.envelope import Receipt
from amplify.ports.errors import Rejected, Unavailable
from amplify.ports.upkeep import Counts
from amplify.publishers.failures import Row
from amplify.publishers.mastodon_server import Server
from amplify.publishers.refusals import MASTODON

#: What one question may name, and since when a server can be asked for more than one.
AT_ONCE = 20
_SINCE = (4, 3)
_TABLE = (Row(404, "", Rejected, "The post is not there"), Row(410, "", Rejected), *MASTODON)
_NAMES = {
    "replies": "replies_count",
    "boosts": "reblogs_count",
    "likes": "favourites_count",
    "quotes": "quotes_count",
}


async def measure(server: Server, receipts: Sequence[Receipt]) -> Mapping[str, Counts]:
    """All in one question where the server takes it, else one by one. Raises PublishError."""
    wanted = [receipt.remote_id for receipt in receipts]
    if tuple(map(int, server.version.split(".")[:2])) >= _SINCE:
        with suppress(Rejected):
            said = await server.ask(lambda client: dict(_read(client.statuses(wanted))), _TABLE, Unavailable)
            return {post: said[post] for post in wanted if post in said}
    counts: dict[str, Counts] = {}
    for post in wanted:
        counts |= await _one(server, post)
    return counts


async def _one(server: Server, post: str) -> Mapping[str, Counts]:
    try:
        return await server.ask(lambda client: dict(_read([client.status(post)])), _TABLE, Unavailable)
    except Rejected:
        return {}


def _read(statuses: Any) -> Iterator[tuple[str, Counts]]:
    """Raises TypeError, KeyError or ValueError where the answer is no list of posts."""
    for status in statuses:
        told = {name: int(status[key]) for name, key in _NAMES.items() if status.get(key) is not None}
        poll = status.get("poll") or {}
        votes = {"votes": int(poll["votes_count"])} if poll.get("votes_count") is not None else {}
        yield str(status["id"]), Counts(**told, **votes)

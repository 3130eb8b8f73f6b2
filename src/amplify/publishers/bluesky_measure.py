"""Public counts of posts on Bluesky, as the network's view of them tells; the account's own server passes the question on.

That view lags behind by seconds, and leaves out what is not there.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from amplify.domain.envelope import Receipt
from amplify.ports.errors import Rejected, Unavailable
from amplify.ports.upkeep import Counts
from amplify.publishers.bluesky_session import Session
from amplify.publishers.failures import Row
from amplify.publishers.refusals import BLUESKY

AT_ONCE = 25
_TABLE = (
    Row(
        400,
        "no service configured",
        Rejected,
        "The account's server does not pass such questions on: nothing can be counted",
    ),
    *BLUESKY,
)
_NAMES = {"replies": "replyCount", "boosts": "repostCount", "likes": "likeCount", "quotes": "quoteCount"}


async def measure(session: Session, receipts: Sequence[Receipt]) -> Mapping[str, Counts]:
    """What a person has found has no record that could be asked for, and is told nothing of. Raises PublishError."""
    wanted = [receipt.remote_id for receipt in receipts]
    uris = [uri for uri in wanted if uri.startswith("at://")]
    said = await session.posts(uris, _read, _TABLE, Unavailable) if uris else {}
    unknown = {name: Counts() for name in wanted if name not in uris}
    return {**{uri: said[uri] for uri in uris if uri in said}, **unknown}


def _read(answer: Any) -> dict[str, Counts]:
    """Raises TypeError, KeyError or ValueError where the answer is no list of posts."""
    return {
        str(post["uri"]): Counts(**{name: int(post[key]) for name, key in _NAMES.items() if post.get(key) is not None})
        for post in answer["posts"]
    }

"""One page of an account's posts, as a client asks for it."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from amplify.testing.mastodon.status import Status

_ON_A_PAGE = 20
_MOST_ON_A_PAGE = 40
_YES = ("1", "true", "True")


def page_of(posts: Iterable[Status], asked: Mapping[str, str], rank: Callable[[str], Any]) -> list[Status]:
    """The newest first; `min_id` asks for the oldest ones above it."""
    found = list(posts)
    if "max_id" in asked:
        found = [s for s in found if rank(s.id) < rank(asked["max_id"])]
    for above in ("min_id", "since_id"):
        if above in asked:
            found = [s for s in found if rank(s.id) > rank(asked[above])]
    if asked.get("exclude_replies") in _YES:
        found = [s for s in found if not s.in_reply_to]
    if asked.get("exclude_reblogs") in _YES:
        found = [s for s in found if not s.boosts]
    found.sort(key=lambda s: rank(s.id))
    limit = asked.get("limit", "")
    most = min(int(limit) if limit.isdecimal() and int(limit) else _ON_A_PAGE, _MOST_ON_A_PAGE)
    return list(reversed(found[:most] if "min_id" in asked else found[-most:]))

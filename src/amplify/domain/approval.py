"""A named person's yes to a rendition's digest, how many of them a post needs, and whose count.

The author of a post never approves it: whoever wrote a sentence reads what they meant.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from amplify.domain.campaign import Rules
from amplify.domain.key import Key
from amplify.domain.moving import covers
from amplify.domain.post import PERSON, Post
from amplify.domain.rendition import BY_TWO

_TWO = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Approval:
    """`by` is a statement, named and not proven; `via` says where it was made (`cli`).

    `text` and `due` are what was said yes to, so that the next person sees what has changed since.
    """

    key: Key
    digest: str
    by: str
    at: datetime
    via: str
    note: str = ""
    text: str = ""
    due: datetime | None = None


def people_needed(post: Post, rules: Rules, digest: str) -> int:
    """How many different people must say yes to words with that digest.

    Two for urgent posts, for those about a person and for words that are dangerous to hold, whatever the rules say.
    """
    by_two = post.urgent or post.kind in PERSON or digest.endswith(BY_TWO)
    return max(rules.people, _TWO) if by_two else rules.people


def people_missing(digest: str, needed: int, approvals: Iterable[Approval], author: str = "") -> int:
    """How many more yeses the digest needs; a yes to any other digest does not count, nor does the author's own."""
    return max(0, needed - len({a.by for a in approvals if a.digest == digest} - {author}))


def still_needed(post: Post, rules: Rules, digest: str, approvals: Iterable[Approval]) -> int:
    """How many more people must say yes before words of `post` with that digest may go out."""
    said = [replace(one, digest=digest) for one in approvals if covers(one.digest, digest, rules.moving)]
    return people_missing(digest, people_needed(post, rules, digest), said, post.author)


def who_may(post: Post, coordinators: Iterable[str]) -> frozenset[str]:
    """Whose yes counts for a post."""
    return frozenset(coordinators) - {post.author}

"""A named person's yes to a rendition's digest, and how many of them a post needs."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from amplify.domain.campaign import Rules
from amplify.domain.key import Key
from amplify.domain.post import PERSON, Post

_TWO = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Approval:
    """`by` is a statement, named and not proven; `via` says where it was made (`cli`)."""

    key: Key
    digest: str
    by: str
    at: datetime
    via: str


def people_needed(post: Post, rules: Rules) -> int:
    """How many different people must say yes: two for urgent and for person posts, whatever the rules say."""
    return max(rules.people, _TWO) if post.urgent or post.kind in PERSON else rules.people


def people_missing(digest: str, needed: int, approvals: Iterable[Approval]) -> int:
    """How many more yeses the digest needs; a yes to any other digest does not count."""
    return max(0, needed - len({a.by for a in approvals if a.digest == digest}))

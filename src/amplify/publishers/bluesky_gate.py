"""Who may answer a post and who may quote it: two records of their own, under the key that the post will have.

They are there before the post, so that nobody is faster. Apps are told of them only when they come after it: the AppView
notes on a post that it has a rule, and notes nothing where there is no post yet. So they are put there twice.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta

from amplify.domain.envelope import Envelope, Json
from amplify.publishers.bluesky_post import instant

_REPLIES = "app.bsky.feed.threadgate"
_QUOTES = "app.bsky.feed.postgate"
GATES = (_REPLIES, _QUOTES)
RULES: Mapping[str, tuple[str, ...]] = {
    "everyone": (),
    "followers": ("followerRule",),
    "following": ("followingRule",),
    "mentioned": ("mentionRule",),
    "nobody": (),
}
QUOTING = ("everyone", "nobody")


def gates_of(post: str, settings: Mapping[str, str], now: datetime, *, begins: bool) -> list[Json]:
    """What must stand before the post is public; only the post that begins a thread says who may answer."""
    dated: dict[str, Json] = {"post": post, "createdAt": instant(now)}
    replies = settings.get("replies", "everyone")
    gates: list[Json] = []
    if begins and replies != "everyone":
        allow: list[Json] = [{"$type": f"{_REPLIES}#{rule}"} for rule in RULES[replies]]
        gates.append({"$type": _REPLIES, **dated, "allow": allow})
    if settings.get("quoting", "everyone") != "everyone":
        gates.append({"$type": _QUOTES, **dated, "embeddingRules": [{"$type": f"{_QUOTES}#disableRule"}]})
    return gates


def gates_in(envelope: Envelope) -> list[dict[str, Json]]:
    gates = envelope.request.get("gates")
    return [gate for gate in gates if isinstance(gate, dict)] if isinstance(gates, list) else []


def once_more(gate: dict[str, Json], envelope: Envelope) -> dict[str, Json]:
    """The same rule a little later: a record that is put there as it was is no news to anybody."""
    return {**gate, "createdAt": instant(envelope.sealed_at + timedelta(milliseconds=1))}

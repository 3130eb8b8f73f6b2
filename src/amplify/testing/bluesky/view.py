"""The network's view of posts: the counts that a real server asks an AppView for. What is not there is left out."""

from collections.abc import Iterator, Mapping
from typing import Any

from amplify.testing.bluesky.lexicon import POST, REPOST
from amplify.testing.bluesky.repository import Record

LIKE = "app.bsky.feed.like"
MOST = 25
_ABOUT = {"repost": REPOST, "like": LIKE}
_NAMES = {"replyCount": "reply", "repostCount": "repost", "likeCount": "like", "quoteCount": "quote"}


def post_views(
    wanted: list[str], records: Mapping[str, list[Record]], handles: Mapping[str, str]
) -> list[dict[str, Any]]:
    """`records` are those of each account, `handles` its name."""
    everything = [record for some in records.values() for record in some]
    counted = {name: list(_subjects(everything, name)) for name in _NAMES.values()}
    found = {f"at://{did}/{one.collection}/{one.rkey}": (did, one) for did, some in records.items() for one in some}
    return [
        {
            "uri": uri,
            "cid": record.cid,
            "author": {"did": did, "handle": handles[did]},
            "record": record.value,
            "indexedAt": record.at,
            **{count: counted[name].count(uri) for count, name in _NAMES.items()},
        }
        for uri in dict.fromkeys(wanted)
        if uri in found
        for did, record in [found[uri]]
        if record.collection == POST
    ]


def _subjects(records: list[Record], name: str) -> Iterator[str]:
    """What each record of a kind is about."""
    for record in records:
        said: Any = record.value
        if record.collection == _ABOUT.get(name):
            yield said["subject"]["uri"]
        elif name == "reply" and record.collection == POST and "reply" in said:
            yield said["reply"]["parent"]["uri"]
        elif name == "quote" and record.collection == POST:
            quoted = said.get("embed", {}).get("record", {})
            yield from filter(None, [quoted.get("uri") or quoted.get("record", {}).get("uri")])

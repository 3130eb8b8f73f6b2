"""A post as a record, and who may reply to it, written out: the same for the same post, whenever it is made."""

from collections.abc import Mapping
from datetime import UTC, datetime

from amplify.domain.envelope import Envelope, Json, Parents, Receipt
from amplify.domain.rendition import Rendition
from amplify.publishers.pictures import staged_as

POST = "app.bsky.feed.post"
GATE = "app.bsky.feed.threadgate"
RULES: Mapping[str, tuple[str, ...]] = {
    "everyone": (),
    "followers": ("followerRule",),
    "following": ("followingRule",),
    "mentioned": ("mentionRule",),
    "nobody": (),
}
_VALUE = {"link": "uri", "tag": "tag"}
_IMAGES = "app.bsky.embed.images"


def record_of(rendition: Rendition, now: datetime, parents: Parents | None) -> dict[str, Json]:
    record: dict[str, Json] = {
        "$type": POST,
        "text": rendition.text,
        "langs": [rendition.language],
        "createdAt": instant(now),
    }
    facets: list[Json] = [
        {
            "index": {"byteStart": entity.start, "byteEnd": entity.end},
            "features": [{"$type": f"app.bsky.richtext.facet#{entity.kind}", _VALUE[entity.kind]: entity.value}],
        }
        for entity in rendition.layout.entities
    ]
    if facets:
        record["facets"] = facets
    if parents:
        record["reply"] = {"root": reference(parents.root), "parent": reference(parents.parent)}
    return record


def whole(envelope: Envelope) -> dict[str, Json]:
    """The record with the pictures as the server calls them."""
    written = envelope.request["record"]
    record = dict(written) if isinstance(written, dict) else {}
    images: list[Json] = [
        {"alt": alt, "image": ref["blob"], "aspectRatio": ref["aspectRatio"]}
        for ref, alt in staged_as(envelope)
        if isinstance(ref, dict)
    ]
    return {**record, "embed": {"$type": _IMAGES, "images": images}} if images else record


def undated(record: object) -> object:
    """Without the time of sealing, which nobody knows any more once a ledger was restored; the key is ours alone."""
    return {name: value for name, value in record.items() if name != "createdAt"} if isinstance(record, dict) else None


def reference(receipt: Receipt) -> dict[str, Json]:
    return {"uri": receipt.remote_id, "cid": receipt.proof["cid"]}


def gate_of(post: str, replies: str, now: datetime) -> dict[str, Json]:
    allow: list[Json] = [{"$type": f"{GATE}#{rule}"} for rule in RULES[replies]]
    return {"$type": GATE, "post": post, "allow": allow, "createdAt": instant(now)}


def instant(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")

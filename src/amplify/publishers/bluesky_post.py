"""A post as a record, written out: the same for the same post, whenever it is made.

A mention needs the account's own id, which only the server knows: until it was asked, the handle stands in its place.
"""

import re
from collections.abc import Iterator
from datetime import UTC, datetime

from amplify.domain.envelope import Envelope, Json, Parents, Receipt
from amplify.domain.rendition import Entity, Onto, Rendition
from amplify.publishers.bluesky_embed import quotation, with_media

POST = "app.bsky.feed.post"
REPOST = "app.bsky.feed.repost"
LABELS = ("graphic-media", "nudity", "sexual", "porn")
_VALUE = {"link": "uri", "tag": "tag", "mention": "did"}
_LABELS = "com.atproto.label.defs#selfLabels"


def record_of(rendition: Rendition, now: datetime, parents: Parents | None) -> dict[str, Json]:
    """The post, or what shows another one again, for which it takes `parents`."""
    if rendition.onto is Onto.BOOST and parents:
        return {"$type": REPOST, "subject": reference(parents.parent), "createdAt": instant(now)}
    record: dict[str, Json] = {
        "$type": POST,
        "text": rendition.text,
        "langs": [rendition.language],
        "createdAt": instant(now),
    }
    facets: list[Json] = [_facet(entity) for entity in rendition.layout.entities]
    if facets:
        record["facets"] = facets
    tags: list[Json] = [*outline_tags(rendition.settings.get("outline_tags", ""))]
    if tags:
        record["tags"] = tags
    if label := rendition.settings.get("label"):
        record["labels"] = {"$type": _LABELS, "values": [{"val": label}]}
    if parents and rendition.onto is Onto.QUOTE:
        record["embed"] = quotation(reference(parents.parent))
    elif parents:
        record["reply"] = {"root": reference(parents.root), "parent": reference(parents.parent)}
    return record


def outline_tags(said: str) -> list[str]:
    return [tag.removeprefix("#") for tag in re.split(r"[,\s]+", said) if tag]


def handles_in(record: Json) -> Iterator[tuple[dict[str, Json], str]]:
    """Each mention of a record that is still a handle, and that handle without its `@`."""
    match record:
        case dict() if str(record.get("did", "")).startswith("@"):
            yield record, str(record["did"]).removeprefix("@")
        case dict():
            for inner in record.values():
                yield from handles_in(inner)
        case list():
            for inner in record:
                yield from handles_in(inner)


def collection_of(envelope: Envelope) -> str:
    record = envelope.request["record"]
    return str(record.get("$type", POST)) if isinstance(record, dict) else POST


def whole(envelope: Envelope) -> dict[str, Json]:
    """The record with pictures and card as the server calls them. Raises Unstaged."""
    written = envelope.request["record"]
    return with_media(dict(written), envelope) if isinstance(written, dict) else {}


def undated(record: object) -> object:
    """Without the time of sealing, which nobody knows any more once a ledger was restored; the key is ours alone."""
    return {name: value for name, value in record.items() if name != "createdAt"} if isinstance(record, dict) else None


def reference(receipt: Receipt) -> dict[str, Json]:
    return {"uri": receipt.remote_id, "cid": receipt.proof["cid"]}


def instant(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _facet(entity: Entity) -> dict[str, Json]:
    return {
        "index": {"byteStart": entity.start, "byteEnd": entity.end},
        "features": [{"$type": f"app.bsky.richtext.facet#{entity.kind}", _VALUE[entity.kind]: entity.value}],
    }

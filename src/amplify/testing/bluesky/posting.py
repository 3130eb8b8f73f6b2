"""A post record as followers see it."""

from collections.abc import Mapping
from typing import Any

from amplify.testing.bluesky.repository import Record
from amplify.testing.premises import PICTURES
from amplify.testing.resident import Resident
from amplify.testing.wall import WallEntity, WallPost

_NAMED = {"tag": "tag", "uri": "link", "did": "mention"}


def wall_post(
    uri: str, record: Record, gate: Record | None, resident: Resident, server: str, pictures: Mapping[str, str]
) -> WallPost:
    """`gate` says who may reply, if anybody has been told; `pictures` are the names of what blobs hold."""
    post = record.value
    langs = post.get("langs") or [""]
    return WallPost(
        network="bluesky",
        account=resident.name,
        channels=resident.channels,
        remote_id=uri,
        url=f"{server}/profile/{resident.name}/post/{record.rkey}",
        text=post["text"],
        entities=tuple(entity for facet in post.get("facets", ()) for entity in _entities(facet)),
        language=langs[0],
        at=record.at,
        reply_to=post["reply"]["parent"]["uri"] if "reply" in post else "",
        extra=_extra(post, gate) | _media(post, pictures, server),
    )


def _entities(facet: dict[str, Any]) -> list[WallEntity]:
    start, end = facet["index"]["byteStart"], facet["index"]["byteEnd"]
    return [
        WallEntity(kind=kind, start=start, end=end, value=feature[name])
        for feature in facet["features"]
        for name, kind in _NAMED.items()
        if name in feature
    ]


def _media(post: dict[str, Any], pictures: Mapping[str, str], server: str) -> dict[str, Any]:
    images = post.get("embed", {}).get("images", ())
    named = [(image["alt"], pictures.get(image["image"]["ref"]["$link"], "")) for image in images]
    media = [{"alt": alt, "url": f"{server}{PICTURES}{name}"} for alt, name in named]
    return {"media": media} if media else {}


def _extra(post: dict[str, Any], gate: Record | None) -> dict[str, Any]:
    extra: dict[str, Any] = {}
    if card := post.get("embed", {}).get("external"):
        extra["card"] = {name: card[name] for name in ("uri", "title", "description")}
    if labels := post.get("labels", {}).get("values"):
        extra["labels"] = [label["val"] for label in labels]
    if post.get("tags"):
        extra["tags"] = post["tags"]
    if gate is not None and "allow" in gate.value:
        extra["replies"] = [rule["$type"].partition("#")[2] for rule in gate.value["allow"]] or ["nobody"]
    return extra

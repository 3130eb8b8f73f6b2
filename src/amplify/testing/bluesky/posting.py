"""A record as followers see it: a post, or a post of the account's that it shows again."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from amplify.testing.bluesky.repository import Record
from amplify.testing.premises import PICTURES
from amplify.testing.resident import Resident
from amplify.testing.wall import WallEntity, WallPost

_NAMED = {"tag": "tag", "uri": "link", "did": "mention"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """What is said about a post elsewhere: who may reply and who may quote, if anybody has been told; and the pin."""

    replies: Record | None
    quotes: Record | None
    pinned: bool


def wall_post(
    uri: str, record: Record, beside: Beside, resident: Resident, server: str, pictures: Mapping[str, str]
) -> WallPost:
    """`pictures` are the names of what blobs hold."""
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
        extra=_extra(post, beside) | _embedded(post, pictures, server),
    )


def wall_repost(uri: str, record: Record, resident: Resident, server: str) -> WallPost:
    """It has no page and no words of its own: what it shows again has."""
    shown = record.value["subject"]["uri"]
    return WallPost(
        network="bluesky",
        account=resident.name,
        channels=resident.channels,
        remote_id=uri,
        url=f"{server}/profile/{resident.name}/post/{shown.rpartition('/')[2]}",
        text="",
        at=record.at,
        extra={"boosts": shown},
    )


def _entities(facet: dict[str, Any]) -> list[WallEntity]:
    start, end = facet["index"]["byteStart"], facet["index"]["byteEnd"]
    return [
        WallEntity(kind=kind, start=start, end=end, value=feature[name])
        for feature in facet["features"]
        for name, kind in _NAMED.items()
        if name in feature
    ]


def _embedded(post: dict[str, Any], pictures: Mapping[str, str], server: str) -> dict[str, Any]:
    """Card, pictures or film, and what is quoted."""
    embed = post.get("embed", {})
    quoted = embed.get("record", {})
    extra: dict[str, Any] = {}
    if uri := quoted.get("uri") or quoted.get("record", {}).get("uri"):
        extra["quotes"] = uri
    shown = embed.get("media", embed)

    def address(blob: Mapping[str, Any]) -> str:
        return f"{server}{PICTURES}{pictures.get(blob['ref']['$link'], '')}"

    if card := shown.get("external"):
        thumb = {"picture": address(card["thumb"])} if "thumb" in card else {}
        extra["card"] = {name: card[name] for name in ("uri", "title", "description")} | thumb
    media = [{"alt": image["alt"], "url": address(image["image"])} for image in shown.get("images", ())]
    if film := shown.get("video"):
        sort = "animation" if shown.get("presentation") == "gif" else "video"
        media = [{"alt": shown.get("alt", ""), "url": address(film), "sort": sort}]
    return {**extra, "media": media} if media else extra


def _extra(post: dict[str, Any], beside: Beside) -> dict[str, Any]:
    extra: dict[str, Any] = {}
    if labels := post.get("labels", {}).get("values"):
        extra["labels"] = [label["val"] for label in labels]
    if post.get("tags"):
        extra["tags"] = post["tags"]
    if beside.replies is not None and "allow" in beside.replies.value:
        extra["replies"] = [rule["$type"].partition("#")[2] for rule in beside.replies.value["allow"]] or ["nobody"]
    if beside.quotes is not None and beside.quotes.value.get("embeddingRules"):
        extra["quoting"] = "nobody"
    if beside.pinned:
        extra["pinned"] = True
    return extra

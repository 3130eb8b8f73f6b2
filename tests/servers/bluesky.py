"""Bluesky's own server: accounts on it, and their walls as anybody may read them, without signing in."""

from collections.abc import Mapping
from itertools import count
from types import MappingProxyType

from amplify.domain.feature import Feature
from amplify.testing.resident import Resident
from amplify.testing.wall import WallEntity, WallPost
from servers.asking import get, post

_POST = "app.bsky.feed.post"
_REPOST = "app.bsky.feed.repost"
_GATE = "app.bsky.feed.threadgate"
_POSTGATE = "app.bsky.feed.postgate"
_PROFILE = "app.bsky.actor.profile"
_BLOB = "com.atproto.sync.getBlob"
_VALUE = {"tag": "tag", "link": "uri", "mention": "did"}


class Pds:
    network = "bluesky"
    cannot_show: Mapping[str, str] = MappingProxyType(
        {
            "test_a_picture_that_the_server_has_thrown_away_is_told_and_staged_again": "it cannot be told to forget "
            "(test_pictures_real.py names a picture that it never had)"
        }
    )
    cannot_show_features: Mapping[Feature, str] = MappingProxyType({})

    def __init__(self, url: str) -> None:
        self.url = url
        self._number = count(1)

    def sign_up(self, secret: str) -> Resident:
        """A new account that nobody else uses."""
        number = next(self._number)
        handle = f"campaign-{number}.test"
        address = f"{self.url}/xrpc/com.atproto.server.createAccount"
        post(address, handle=handle, email=f"{number}@campaign.test", password=secret)
        return Resident(network="bluesky", channels=("here",), name=handle, secret=secret)

    def wall(self, resident: Resident, shown_at: str) -> list[WallPost]:
        """In the order in which the posts were made, as their keys tell it."""
        gates = {_key(gate): gate["value"] for gate in self._records(resident, _GATE)}
        quoting = {_key(gate): gate["value"] for gate in self._records(resident, _POSTGATE)}
        pinned = {profile["value"].get("pinnedPost", {}).get("uri") for profile in self._records(resident, _PROFILE)}
        shown = []
        for record in self._records(resident, _POST):
            rules = _rules(gates.get(_key(record), {}), quoting.get(_key(record), {}))
            pin = {"pinned": True} if record["uri"] in pinned else {}
            shown.append(_shown(record, rules | pin, resident, shown_at))
        shown += [_shown_again(record, resident, shown_at) for record in self._records(resident, _REPOST)]
        return sorted(shown, key=lambda seen: seen.at)

    def _records(self, resident: Resident, collection: str) -> list[dict]:
        address = f"{self.url}/xrpc/com.atproto.repo.listRecords"
        return get(address, repo=resident.name, collection=collection, limit="100", reverse="true")["records"]


def _key(record: dict) -> str:
    return record["uri"].rpartition("/")[2]


def _shown(record: dict, rules: dict, resident: Resident, shown_at: str) -> WallPost:
    value = record["value"]
    did = record["uri"].split("/")[2]
    return WallPost(
        network="bluesky",
        account=resident.name,
        channels=resident.channels,
        remote_id=record["uri"],
        url=f"{shown_at}/profile/{resident.name}/post/{_key(record)}",
        text=value["text"],
        entities=tuple(_entity(facet) for facet in value.get("facets", ())),
        language=value["langs"][0],
        at=value["createdAt"],
        reply_to=value["reply"]["parent"]["uri"] if "reply" in value else "",
        extra=_beside(value) | _embedded(value.get("embed", {}), f"{shown_at}/xrpc/{_BLOB}?did={did}&cid=") | rules,
    )


def _shown_again(record: dict, resident: Resident, shown_at: str) -> WallPost:
    return WallPost(
        network="bluesky",
        account=resident.name,
        channels=resident.channels,
        remote_id=record["uri"],
        url=f"{shown_at}/profile/{resident.name}",
        text="",
        at=record["value"]["createdAt"],
        extra={"boosts": record["value"]["subject"]["uri"]},
    )


def _beside(value: dict) -> dict:
    """Labels, and hashtags that are not in the text."""
    labels = [label["val"] for label in value.get("labels", {}).get("values", ())]
    return ({"labels": labels} if labels else {}) | ({"tags": value["tags"]} if "tags" in value else {})


def _embedded(embed: dict, blobs: str) -> dict:
    """Pictures, a film or a card, and what is quoted."""
    kind = embed.get("$type", "").removeprefix("app.bsky.embed.")
    match kind:
        case "recordWithMedia":
            return _embedded(embed["record"], blobs) | _embedded(embed["media"], blobs)
        case "record":
            return {"quotes": embed["record"]["uri"]}
        case "external":
            card = embed["external"]
            thumb = {"picture": blobs + card["thumb"]["ref"]["$link"]} if "thumb" in card else {}
            return {"card": {name: card[name] for name in ("uri", "title", "description")} | thumb}
        case "images":
            shown = [{"alt": image["alt"], "url": blobs + image["image"]["ref"]["$link"]} for image in embed["images"]]
            return {"media": shown}
        case "video":
            sort = "animation" if embed.get("presentation") == "gif" else "video"
            return {"media": [{"alt": embed["alt"], "url": blobs + embed["video"]["ref"]["$link"], "sort": sort}]}
        case _:
            return {}


def _rules(gate: dict, quoting: dict) -> dict:
    """Who may reply, and who may quote."""
    allowed = [rule["$type"].partition("#")[2] for rule in gate.get("allow", ())]
    replies = {"replies": allowed or ["nobody"]} if "allow" in gate else {}
    return replies | ({"quoting": "nobody"} if quoting.get("embeddingRules") else {})


def _entity(facet: dict) -> WallEntity:
    (feature,) = facet["features"]
    kind = feature["$type"].partition("#")[2]
    index = facet["index"]
    return WallEntity(kind=kind, start=index["byteStart"], end=index["byteEnd"], value=feature[_VALUE[kind]])

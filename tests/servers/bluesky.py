"""Bluesky's own server: accounts on it, and their walls as anybody may read them, without signing in."""

from collections.abc import Mapping
from itertools import count
from types import MappingProxyType

from amplify.domain.feature import Feature
from amplify.testing.resident import Resident
from amplify.testing.wall import WallEntity, WallPost
from servers.asking import get, post

_POST = "app.bsky.feed.post"
_GATE = "app.bsky.feed.threadgate"
_VALUE = {"tag": "tag", "link": "uri"}


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
        posts = self._records(resident, _POST)
        shown = [_shown(record, gates.get(_key(record), {}), resident, shown_at) for record in posts]
        return sorted(shown, key=lambda seen: seen.at)

    def _records(self, resident: Resident, collection: str) -> list[dict]:
        address = f"{self.url}/xrpc/com.atproto.repo.listRecords"
        return get(address, repo=resident.name, collection=collection, limit="100", reverse="true")["records"]


def _key(record: dict) -> str:
    return record["uri"].rpartition("/")[2]


def _shown(record: dict, gate: dict, resident: Resident, shown_at: str) -> WallPost:
    value = record["value"]
    did = record["uri"].split("/")[2]
    blobs = f"{shown_at}/xrpc/com.atproto.sync.getBlob?did={did}&cid="
    images = value.get("embed", {}).get("images", ())
    media = [{"alt": image["alt"], "url": blobs + image["image"]["ref"]["$link"]} for image in images]
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
        extra=({"media": media} if media else {}) | _rules(gate),
    )


def _rules(gate: dict) -> dict:
    """Who may reply."""
    allowed = [rule["$type"].partition("#")[2] for rule in gate.get("allow", ())]
    return {"replies": allowed or ["nobody"]} if "allow" in gate else {}


def _entity(facet: dict) -> WallEntity:
    (feature,) = facet["features"]
    kind = feature["$type"].partition("#")[2]
    index = facet["index"]
    return WallEntity(kind=kind, start=index["byteStart"], end=index["byteEnd"], value=feature[_VALUE[kind]])

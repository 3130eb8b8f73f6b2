"""Bluesky's own server: accounts on it, and their walls as anybody may read them, without signing in."""

from collections.abc import Mapping
from itertools import count
from types import MappingProxyType

from amplify.testing.resident import Resident
from amplify.testing.wall import WallEntity, WallPost
from servers.asking import get, post

_POST = "app.bsky.feed.post"
_VALUE = {"tag": "tag", "link": "uri"}


class Pds:
    network = "bluesky"
    cannot_show: Mapping[str, str] = MappingProxyType(
        {
            "test_a_picture_that_the_server_has_thrown_away_is_told_and_staged_again": "it cannot be told to forget "
            "(test_pictures_real.py names a picture that it never had)"
        }
    )

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
        told = get(
            f"{self.url}/xrpc/com.atproto.repo.listRecords",
            repo=resident.name,
            collection=_POST,
            limit="100",
            reverse="true",
        )
        shown = [_shown(record, resident, shown_at) for record in told["records"]]
        return sorted(shown, key=lambda seen: seen.at)


def _shown(record: dict, resident: Resident, shown_at: str) -> WallPost:
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
        url=f"{shown_at}/profile/{resident.name}/post/{record['uri'].rpartition('/')[2]}",
        text=value["text"],
        entities=tuple(_entity(facet) for facet in value.get("facets", ())),
        language=value["langs"][0],
        at=value["createdAt"],
        reply_to=value["reply"]["parent"]["uri"] if "reply" in value else "",
        extra={"media": media} if media else {},
    )


def _entity(facet: dict) -> WallEntity:
    (feature,) = facet["features"]
    kind = feature["$type"].partition("#")[2]
    index = facet["index"]
    return WallEntity(kind=kind, start=index["byteStart"], end=index["byteEnd"], value=feature[_VALUE[kind]])

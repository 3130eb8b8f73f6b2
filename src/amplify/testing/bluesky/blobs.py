"""Blobs: named by what is in them, kept for an account while a record names them, and soon forgotten otherwise."""

from collections.abc import Iterator, Mapping
from typing import Any

from amplify.testing.bluesky.identifiers import blob_cid
from amplify.testing.bluesky.xrpc import refuse
from amplify.testing.pictures import measured
from amplify.testing.premises import Premises

#: PDS_BLOB_UPLOAD_LIMIT as it comes out of the box.
_LIMIT = 5_242_880


class Blobs:
    def __init__(self, premises: Premises, kept: dict[str, Any]) -> None:
        self._memory = premises.memory
        self._waiting = premises.memory.uploads("bluesky")
        self._named: dict[str, Any] = kept.setdefault("blobs", {})

    def take(self, did: str, data: bytes, told: str) -> dict[str, Any]:
        """The blob as records name it; the type is seen, or else the one `told`. Raises Refused."""
        if len(data) > _LIMIT:
            raise refuse(413)
        seen, cid = measured(data), blob_cid(data)
        mime = seen.mime if seen is not None else told
        self._waiting[f"{did} {cid}"] = {"picture": self._memory.keep_picture(data), "mime": mime, "size": len(data)}
        self._memory.save()
        return {"$type": "blob", "ref": {"$link": cid}, "mimeType": mime, "size": len(data)}

    def check(self, did: str, record: Any) -> None:
        """Raises Refused where a record names what is not there, or calls it something else."""
        for blob in _blobs(record):
            cid = blob["ref"]["$link"]
            known = self._waiting.get(f"{did} {cid}") or self._named.get(f"{did} {cid}")
            if known is None:
                raise refuse(400, "BlobNotFound", f"Could not find blob: {cid}")
            if known["mime"] != blob.get("mimeType"):
                raise refuse(400, "InvalidMimeType", f"Referenced MimeType does not match: {known['mime']}")
            if known["size"] != blob.get("size"):
                raise refuse(400, "InvalidSize", f"Referenced Size does not match: {known['size']}")

    def hold(self, did: str, record: Any) -> None:
        """Keep what a stored record names."""
        for blob in _blobs(record):
            name = f"{did} {blob['ref']['$link']}"
            if name in self._waiting:
                self._named[name] = self._waiting.pop(name)

    def pictures(self, did: str) -> Mapping[str, str]:
        """CID → name of the picture, of all that the account's records name."""
        mine = f"{did} "
        return {name.removeprefix(mine): blob["picture"] for name, blob in self._named.items() if name.startswith(mine)}


def _blobs(part: Any) -> Iterator[dict[str, Any]]:
    match part:
        case {"$type": "blob", "ref": {"$link": str()}}:
            yield part
        case dict():
            for inner in part.values():
                yield from _blobs(inner)
        case list():
            for inner in part:
                yield from _blobs(inner)

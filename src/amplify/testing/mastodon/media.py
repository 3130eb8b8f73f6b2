"""Pictures given to the look-alike: described, seen through, attached to one post, and forgotten otherwise."""

from collections.abc import Collection, Sequence
from typing import Any

from aiohttp import web
from aiohttp.web_request import FileField

from amplify.testing.mastodon.instance import MEDIA, STATUSES
from amplify.testing.mastodon.submission import refuse
from amplify.testing.pictures import measured
from amplify.testing.premises import PICTURES, Premises


class Attachments:
    """`waiting` are given and in no post; `attached` are in one, for good."""

    def __init__(self, premises: Premises, kept: dict[str, Any]) -> None:
        self._on = premises
        self._waiting = premises.memory.uploads("mastodon")
        self._attached: dict[str, Any] = kept.setdefault("media", {})
        self._kept = kept

    async def take(self, request: web.Request, account: str) -> tuple[int, dict[str, Any]]:
        """The status and the words of the answer to an upload. Raises Refused."""
        said = await request.post()
        file, alt = said.get("file"), str(said.get("description") or "")
        if not isinstance(file, FileField):
            raise refuse(422, "Validation failed: File can't be blank")
        data = file.file.read()
        seen = measured(data)
        if seen is None or seen.mime not in MEDIA["supported_mime_types"]:
            raise refuse(422, "Validation failed: File content type is invalid, File is invalid")
        if seen.size > MEDIA["image_size_limit"]:
            raise refuse(422, "Validation failed: File must be less than 16 MB")
        if seen.width * seen.height > MEDIA["image_matrix_limit"]:
            raise refuse(422, f"Validation failed: {seen.width}x{seen.height} images are not supported")
        if len(alt) > MEDIA["description_limit"]:
            told = f"Validation failed: Description is too long (maximum is {MEDIA['description_limit']} characters)"
            raise refuse(422, told)
        self._kept["last_media"] = number = str(int(self._kept.get("last_media", "109000000000000000")) + 1)
        looks = self._on.manners.looks_at_pictures
        picture = self._on.memory.keep_picture(data)
        self._waiting[number] = {"account": account, "alt": alt, "picture": picture, "looks": looks}
        self._on.memory.save()
        return (202 if looks else 200), self._json(number, self._waiting[number])

    def look(self, id: str, account: str) -> tuple[int, dict[str, Any]]:
        """How far the server has come with it. Raises Refused."""
        media = self._waiting.get(id)
        if media is None or media["account"] != account:
            raise refuse(404, "Record not found")
        media["looks"] = max(0, media["looks"] - 1)
        return (206 if media["looks"] else 200), self._json(id, media)

    def usable(self, ids: Sequence[str], account: str, own: Collection[str] = ()) -> tuple[str, ...]:
        """Those that can be attached, or are (`own`). Raises Refused for others, unless the server passes over them."""
        if len(ids) > STATUSES["max_media_attachments"]:
            raise refuse(422, "Cannot attach more than 4 files")
        known = {one: media for one, media in self._waiting.items() if media["account"] == account}
        known |= {one: self._attached[one] for one in own}
        gone = [one for one in ids if one not in known]
        if gone and self._on.manners.misses_pictures:
            raise refuse(422, f"Media {', '.join(gone)} not found or already attached to another post")
        if any(known[one]["looks"] for one in ids if one in known):
            raise refuse(422, "Cannot attach files that have not finished processing. Try again in a moment!")
        return tuple(one for one in ids if one in known)

    def attach(self, ids: Sequence[str]) -> None:
        for one in ids:
            if one in self._waiting:
                self._attached[one] = self._waiting.pop(one)

    def shown(self, ids: Sequence[str]) -> list[dict[str, Any]]:
        return [self._json(one, self._attached[one]) for one in ids]

    def _json(self, id: str, media: dict[str, Any]) -> dict[str, Any]:
        url = None if media["looks"] else f"{self._on.url}{PICTURES}{media['picture']}"
        return {
            "id": id,
            "type": "image",
            "url": url,
            "preview_url": url,
            "remote_url": None,
            "text_url": None,
            "meta": {},
            "description": media["alt"] or None,
            "blurhash": None,
        }

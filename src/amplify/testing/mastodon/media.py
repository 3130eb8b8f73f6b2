"""Pictures given to the look-alike: described, seen through, attached to one post, and forgotten otherwise."""

from collections.abc import Collection, Sequence
from typing import Any

from aiohttp import web
from aiohttp.web_request import FileField

from amplify.domain.picture import Sort
from amplify.testing.mastodon.instance import MEDIA, STATUSES
from amplify.testing.mastodon.submission import refuse
from amplify.testing.pictures import measured
from amplify.testing.premises import PICTURES, Premises

_TYPES = {Sort.PICTURE: "image", Sort.ANIMATION: "gifv", Sort.VIDEO: "video"}
#: Mastodon makes films anew and answers 202 meanwhile.
_LOOKS_AT_A_FILM = 1


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
        strange = seen is not None and seen.mime == "image/png" and not self._on.manners.takes_png
        if seen is None or strange or seen.mime not in MEDIA["supported_mime_types"]:
            raise refuse(422, "Validation failed: File content type is invalid, File is invalid")
        moves = "image" if seen.sort is Sort.PICTURE else "video"
        if seen.size > MEDIA[f"{moves}_size_limit"]:
            raise refuse(422, f"Validation failed: File must be less than {MEDIA[f'{moves}_size_limit'] >> 20} MB")
        if seen.width * seen.height > MEDIA[f"{moves}_matrix_limit"]:
            raise refuse(422, f"Validation failed: {seen.width}x{seen.height} {moves}s are not supported")
        if len(alt) > MEDIA["description_limit"]:
            told = f"Validation failed: Description is too long (maximum is {MEDIA['description_limit']} characters)"
            raise refuse(422, told)
        self._kept["last_media"] = number = str(int(self._kept.get("last_media", "109000000000000000")) + 1)
        looks = max(self._on.manners.looks_at_pictures, 0 if seen.sort is Sort.PICTURE else _LOOKS_AT_A_FILM)
        picture = self._on.memory.keep_picture(data)
        about = {"alt": alt, "type": _TYPES[seen.sort], "focus": _focus(str(said.get("focus") or ""))}
        self._waiting[number] = {"account": account, "picture": picture, "looks": looks, **about}
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
        if len(ids) > 1 and any(known[one]["type"] != "image" for one in ids if one in known):
            raise refuse(422, "Cannot attach a video to a post that already contains images")
        if gone and self._on.manners.misses_pictures:
            told = f"Media {', '.join(gone)} not found or already attached to another post"
            raise refuse(self._on.manners.gone_pictures_answer, told)
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
            "type": media["type"],
            "url": url,
            "preview_url": url,
            "remote_url": None,
            "text_url": None,
            "meta": {"focus": media["focus"]} if media["focus"] else {},
            "description": media["alt"] or None,
            "blurhash": None,
        }


def _focus(said: str) -> dict[str, float] | None:
    """Raises Refused."""
    if not said:
        return None
    try:
        x, y = (float(one) for one in said.split(","))
    except ValueError:
        raise refuse(422, "Validation failed: Focus is invalid") from None
    return {"x": x, "y": y}

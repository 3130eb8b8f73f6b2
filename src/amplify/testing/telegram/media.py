"""Pictures and films with their caption, as the Bot API takes them: uploaded with the request."""

from collections.abc import Mapping
from typing import Any

from aiohttp.web_request import FileField

from amplify.domain.picture import Sort
from amplify.testing.memory import Memory
from amplify.testing.pictures import Measured, measured
from amplify.testing.telegram.entities import entities_of
from amplify.testing.telegram.words import bad, nested, refuse

_CAPTION = 1024
_BYTES = 10_000_000
_FILM_BYTES = 50_000_000
_SIDES = 10_000
_RATIO = 20
_ALBUM = 10
#: What an album may hold.
_GROUPED = ("photo", "video")
_ATTACHED = "attach://"


def caption_of(said: Mapping[str, Any]) -> tuple[str, list[dict[str, Any]]]:
    """The caption and its entities; it may be empty. Raises Refused."""
    if said.get("parse_mode"):
        raise bad("this look-alike reads entities, no parse_mode")
    text, entities = entities_of(str(said.get("caption", "")), nested(said, "caption_entities", []))
    if len(text) > _CAPTION:
        raise bad("message caption is too long")
    return text, entities


def medium_of(kind: str, said: Mapping[str, Any], told: object, memory: Memory) -> dict[str, Any]:
    """What a message keeps of a photo, video or animation; `told` names the file of the request. Raises Refused."""
    name = told.removeprefix(_ATTACHED) if isinstance(told, str) and told.startswith(_ATTACHED) else kind
    file = said.get(name)
    if not isinstance(file, FileField):
        raise bad(f"there is no {kind} in the request")
    data = file.file.read()
    if len(data) > _FILM_BYTES:
        raise refuse(413)
    seen = measured(data)
    if kind == "photo":
        _check_photo(seen)
    elif seen is None or seen.sort is Sort.PICTURE:
        raise bad("VIDEO_CONTENT_TYPE_INVALID")
    if seen is None:
        raise bad("IMAGE_PROCESS_FAILED")
    kept = {"picture": memory.keep_picture(data), "width": seen.width, "height": seen.height, "file_size": seen.size}
    if kind == "photo":
        return kept
    sounds = kind == "video" or seen.sort is Sort.VIDEO  # an animation with a sound becomes a video
    return {**kept, "sort": "video" if sounds else "animation", "duration": round(seen.seconds)}


def album_of(said: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Its items as they were told. Raises Refused."""
    items: list[dict[str, Any]] = nested(said, "media", [])
    if not items:
        raise bad("There are no messages to send")
    if len(items) > _ALBUM:
        raise bad("Too many messages to send as an album")
    if nested(said, "reply_markup", {}):
        raise bad("reply markup isn't supported in albums")
    if strange := [item for item in items if item.get("type") not in _GROUPED]:
        raise bad(f"{strange[0].get('type')} can't be sent in an album of photos and videos")
    return items


def _check_photo(seen: Measured | None) -> None:
    """Raises Refused."""
    if seen is None or seen.sort is not Sort.PICTURE:
        raise bad("IMAGE_PROCESS_FAILED")
    if seen.size > _BYTES:
        raise bad("file is too big")
    longer, shorter = max(seen.width, seen.height), min(seen.width, seen.height)
    if longer + shorter > _SIDES or longer > _RATIO * shorter:
        raise bad("PHOTO_INVALID_DIMENSIONS")

"""A photo with its caption, as sendPhoto takes them: uploaded with the request."""

from collections.abc import Mapping
from typing import Any

from aiohttp.web_request import FileField

from amplify.testing.memory import Memory
from amplify.testing.pictures import measured
from amplify.testing.telegram.entities import entities_of
from amplify.testing.telegram.words import bad, nested

_CAPTION = 1024
_BYTES = 10_000_000
_SIDES = 10_000
_RATIO = 20


def caption_of(said: Mapping[str, Any]) -> tuple[str, list[dict[str, Any]]]:
    """The caption and its entities; it may be empty. Raises Refused."""
    if said.get("parse_mode"):
        raise bad("this look-alike reads entities, no parse_mode")
    text, entities = entities_of(str(said.get("caption", "")), nested(said, "caption_entities", []))
    if len(text) > _CAPTION:
        raise bad("message caption is too long")
    return text, entities


def photo_of(said: Mapping[str, Any], memory: Memory) -> dict[str, Any]:
    """The photo as a message keeps it. Raises Refused."""
    told = said.get("photo")
    name = told.removeprefix("attach://") if isinstance(told, str) and told.startswith("attach://") else "photo"
    file = said.get(name)
    if not isinstance(file, FileField):
        raise bad("there is no photo in the request")
    data = file.file.read()
    if len(data) > _BYTES:
        raise bad("file is too big")
    seen = measured(data)
    if seen is None:
        raise bad("IMAGE_PROCESS_FAILED")
    longer, shorter = max(seen.width, seen.height), min(seen.width, seen.height)
    if longer + shorter > _SIDES or longer > _RATIO * shorter:
        raise bad("PHOTO_INVALID_DIMENSIONS")
    kept = memory.keep_picture(data)
    return {"picture": kept, "width": seen.width, "height": seen.height, "file_size": seen.size}

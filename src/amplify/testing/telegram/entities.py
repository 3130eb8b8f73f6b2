"""The entities of a message: those sent, checked as Telegram checks them, and those it finds itself.

Offsets and lengths are in UTF-16 units. Tags, mentions and addresses that a bot marks itself are ignored
and found anew.
"""

import re
from collections.abc import Iterable, Mapping
from itertools import accumulate
from typing import Any
from urllib.parse import urlsplit

from amplify.testing.telegram.arranging import MARKS, Mark, arranged, merged
from amplify.testing.telegram.cleaning import cleaned, trimmed
from amplify.testing.telegram.finding import find
from amplify.testing.telegram.words import bad, nested
from amplify.testing.wall import WallEntity

_HOST = re.compile(r"(?:[^\W_](?:[\w-]*\w)?\.)+[^\W\d_]{2,}|\d{1,3}(?:\.\d{1,3}){3}")
_LONGEST = 4096
_KINDS = {"text_link": "link", "url": "link", "hashtag": "tag"}


def entities_of(text: str, sent: Iterable[Any]) -> tuple[str, list[dict[str, Any]]]:
    """The text as Telegram keeps it and its entities. Raises Refused."""
    at = _offsets(text)
    marks = [mark for entity in sent if (mark := _checked(entity, at)) is not None]
    text, marks = cleaned(text, arranged(marks, text))
    text, marks = trimmed(text, arranged(marks, text))
    found = [Mark(type=one.type, start=one.start, end=one.end) for one in find(text)]
    inside = _offsets(text)
    return text, [_told(mark, inside) for mark in merged(marks, found, text)]


def text_of(said: Mapping[str, Any]) -> tuple[str, list[dict[str, Any]]]:
    """The text and all entities of a message. Raises Refused."""
    if said.get("parse_mode"):
        raise bad("this look-alike reads entities, no parse_mode")
    text, entities = entities_of(str(said.get("text", "")), nested(said, "entities", []))
    if not text:
        raise bad("message text is empty")
    if len(text) > _LONGEST:
        raise bad("message is too long")
    return text, entities


def shown(text: str, entities: Iterable[dict[str, Any]]) -> tuple[WallEntity, ...]:
    """The same for the wall, in the campaign's words."""
    units = text.encode("utf-16-le")
    wall = []
    for entity in entities:
        start, end = entity["offset"], entity["offset"] + entity["length"]
        words = units[2 * start : 2 * end].decode("utf-16-le")
        value = {"text_link": entity.get("url", ""), "url": words, "hashtag": words[1:], "mention": words}
        kind = _KINDS.get(entity["type"], entity["type"])
        wall.append(WallEntity(kind=kind, start=start, end=end, value=value.get(entity["type"], "")))
    return tuple(wall)


def checked_url(url: str) -> str:
    """As Telegram writes it: with a scheme, the host in small letters, and a path. Raises ValueError."""
    parts = urlsplit(url if "://" in url else f"http://{url}")
    if parts.scheme.lower() not in ("http", "https", "tg"):
        raise ValueError("Unsupported URL protocol")
    if parts.scheme.lower() != "tg" and not _HOST.fullmatch(parts.hostname or ""):
        raise ValueError("Wrong HTTP URL")
    return parts._replace(netloc=parts.netloc.lower(), path=parts.path or "/").geturl()


def _checked(entity: Any, at: list[int]) -> Mark | None:
    """One entity that was sent, or None where Telegram ignores it."""
    match entity:
        case {"type": str(kind), "offset": int(offset), "length": int(length)}:
            pass
        case _:
            raise bad("can't parse MessageEntity: type, offset and length are needed")
    if kind not in MARKS or length == 0:
        return None
    if offset < 0 or length < 0:
        raise bad(f"Receive an entity with incorrect offset {offset}")
    end = offset + length
    if end > at[-1]:
        raise bad(f"Entity beginning at UTF-16 offset {offset} ends after the end of the text at UTF-16 offset {end}")
    if offset not in at:
        raise bad(f"Entity begins in a middle of a UTF-16 symbol at UTF-16 offset {offset}")
    if end not in at:
        raise bad(f"Entity beginning at UTF-16 offset {offset} ends in a middle of a UTF-16 symbol")
    url = ""
    if kind == "text_link":
        try:
            url = checked_url(str(entity.get("url", "")))
        except ValueError as wrong:
            raise bad(f"Entity URL '{entity.get('url', '')}' is invalid: {wrong}") from None
    return Mark(type=kind, start=at.index(offset), end=at.index(end), url=url)


def _told(mark: Mark, at: list[int]) -> dict[str, Any]:
    said: dict[str, Any] = {"type": mark.type, "offset": at[mark.start], "length": at[mark.end] - at[mark.start]}
    return said | {"url": mark.url} if mark.url else said


def _offsets(text: str) -> list[int]:
    """The UTF-16 offset of each code point, and of the end."""
    return list(accumulate((2 if sign > "\uffff" else 1 for sign in text), initial=0))

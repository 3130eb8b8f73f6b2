"""The entities of a message: those sent, checked as Telegram checks them, and those it finds itself.

Offsets and lengths are in UTF-16 units. Tags, mentions and addresses that a bot marks itself are ignored
and found anew.
"""

import re
from collections.abc import Iterable
from itertools import accumulate, pairwise
from typing import Any
from urllib.parse import urlsplit

from amplify.testing.telegram.finding import find
from amplify.testing.telegram.words import bad
from amplify.testing.wall import WallEntity

#: Outer before inner where two cover the same stretch. The first four cannot be cut in two.
_RANK = (
    "text_link",
    "code",
    "pre",
    "text_mention",
    "blockquote",
    "expandable_blockquote",
    "bold",
    "italic",
    "underline",
)
_RANKED = (*_RANK, "strikethrough", "spoiler")
_WHOLE = frozenset({"text_link", "code", "pre", "text_mention", "hashtag", "url", "mention"})
_HOST = re.compile(r"(?:[^\W_](?:[\w-]*\w)?\.)+[^\W\d_]{2,}|\d{1,3}(?:\.\d{1,3}){3}")
_KINDS = {"text_link": "link", "url": "link", "hashtag": "tag"}


def entities_of(text: str, sent: Iterable[Any]) -> tuple[str, list[dict[str, Any]]]:
    """The text as Telegram keeps it, without white space around it, and its entities. Raises Refused."""
    at = _offsets(text)
    marks = [mark for entity in sent if (mark := _checked(entity, at)) is not None]
    kept = text.strip()
    before = at[text.index(kept)] if kept else 0
    inside = _offsets(kept)
    length = inside[-1]
    clipped = []
    for mark in marks:
        start, end = max(mark["offset"] - before, 0), min(mark["offset"] + mark["length"] - before, length)
        if start < end:
            clipped.append(mark | {"offset": start, "length": end - start})
    taken = [_stretch(mark) for mark in clipped if mark["type"] in _WHOLE]
    for found in find(kept):
        start, end = inside[found.start], inside[found.end]
        if not any(start < taken_end and taken_start < end for taken_start, taken_end in taken):
            clipped.append({"type": found.type, "offset": start, "length": end - start})
    return kept, _arranged(clipped)


def shown(text: str, entities: Iterable[dict[str, Any]]) -> tuple[WallEntity, ...]:
    """The same for the wall, in the campaign's words."""
    units = text.encode("utf-16-le")
    wall = []
    for entity in entities:
        start, end = _stretch(entity)
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


def _checked(entity: Any, at: list[int]) -> dict[str, Any] | None:
    """One entity that was sent, or None where Telegram ignores it."""
    match entity:
        case {"type": str(kind), "offset": int(offset), "length": int(length)}:
            pass
        case _:
            raise bad("can't parse MessageEntity: type, offset and length are needed")
    if kind not in _RANKED or length == 0:
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
    mark = {"type": kind, "offset": offset, "length": length}
    if kind == "text_link":
        try:
            mark["url"] = checked_url(str(entity.get("url", "")))
        except ValueError as wrong:
            raise bad(f"Entity URL '{entity.get('url', '')}' is invalid: {wrong}") from None
    return mark


def _arranged(marks: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """As Telegram tells them: whole ones never overlap; the others are cut around those, and where another begins."""
    whole: list[dict[str, Any]] = []
    for mark in sorted((m for m in marks if m["type"] in _WHOLE), key=_order):
        if not whole or mark["offset"] >= _stretch(whole[-1])[1]:
            whole.append(mark)
    others = [m for m in marks if m["type"] not in _WHOLE]
    cuts = {edge for mark in whole for edge in _stretch(mark)} | {mark["offset"] for mark in others}
    pieces = list(whole)
    for mark in others:
        start, end = _stretch(mark)
        edges = [start, *sorted(cut for cut in cuts if start < cut < end), end]
        pieces += [mark | {"offset": at, "length": until - at} for at, until in pairwise(edges)]
    return sorted(pieces, key=_order)


def _stretch(mark: dict[str, Any]) -> tuple[int, int]:
    return mark["offset"], mark["offset"] + mark["length"]


def _order(mark: dict[str, Any]) -> tuple[int, int, int]:
    rank = _RANKED.index(mark["type"]) if mark["type"] in _RANKED else len(_RANKED)
    return mark["offset"], -mark["length"], rank


def _offsets(text: str) -> list[int]:
    """The UTF-16 offset of each code point, and of the end."""
    return list(accumulate((2 if sign > "\uffff" else 1 for sign in text), initial=0))

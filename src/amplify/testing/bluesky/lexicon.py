"""Whether a record may stand in its collection: `app.bsky.feed.post` in full, others by their `$type`.

The real PDS does not look whether facets fit the text; clients then drop them. Here they are refused,
because a link that no follower can click is a fault worth hearing of.
"""

import re
from typing import Any, NoReturn

from amplify.testing.bluesky.identifiers import is_tid

POST = "app.bsky.feed.post"
_GRAPHEMES = 300
_BYTES = 3000
_LANGS = 3
_TAGS = 8
_TAG_GRAPHEMES = 64
_TAG_BYTES = 640
_TID_KEYS = frozenset({POST, "app.bsky.feed.threadgate", "app.bsky.feed.postgate", "app.bsky.feed.repost"})
_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,20})?(?:Z|[+-]\d{2}:\d{2})")
_LANGUAGE = re.compile(r"[a-zA-Z]{2,8}(?:-[a-zA-Z0-9]{1,8})*")
_CID = re.compile(r"baf[a-z2-7]{56}")
_AT_URI = re.compile(r"at://[^/]+/[A-Za-z0-9.-]+/[A-Za-z0-9._~:-]+")
_RKEY = re.compile(r"[A-Za-z0-9._~:-]{1,512}")
_URI = re.compile(r"[a-z][a-z0-9.+-]{0,80}:\S+", re.IGNORECASE)
_IMAGES = 4
_IMAGE_BYTES = 2_000_000
_FACET = "app.bsky.richtext.facet"


class InvalidRecord(Exception):
    """With the PDS's words."""


def check_key(collection: str, rkey: str) -> None:
    """Raises InvalidRecord."""
    if not _RKEY.fullmatch(rkey) or rkey in (".", ".."):
        raise InvalidRecord("Error: rkey must be a valid record key")
    if collection in _TID_KEYS and not is_tid(rkey):
        raise InvalidRecord(f"Invalid record key for {collection}: expected a TID, got {rkey}")


def check_record(collection: str, record: Any) -> None:
    """Raises InvalidRecord."""
    if not isinstance(record, dict):
        raise InvalidRecord("Input/record must be an object")
    if record.get("$type") != collection:
        raise InvalidRecord(f"Invalid $type: expected {collection}, got {record.get('$type')}")
    if collection == POST:
        _check_post(record)


def _check_post(post: dict[str, Any]) -> None:
    text = _text(post, "text")
    _check_size("text", text, _GRAPHEMES, _BYTES)
    if not _MOMENT.fullmatch(_text(post, "createdAt")):
        _say("createdAt must be an valid atproto datetime (both RFC-3339 and ISO-8601)")
    _check_words(post)
    for place, facet in enumerate(_list(post, "facets")):
        _check_facet(f"facets/{place}", facet, text.encode())
    if "reply" in post:
        for name in ("root", "parent"):
            _check_reference(f"reply/{name}", (post["reply"] or {}).get(name))
    if "embed" in post:
        _check_embed(post["embed"])


def _check_words(post: dict[str, Any]) -> None:
    """The languages, and the tags that are not in the text."""
    langs = _list(post, "langs")
    if len(langs) > _LANGS:
        _say(f"langs must not have more than {_LANGS} elements")
    for place, lang in enumerate(langs):
        if not isinstance(lang, str) or not _LANGUAGE.fullmatch(lang):
            _say(f"langs/{place} must be a well-formed BCP 47 language tag")
    tags = _list(post, "tags")
    if len(tags) > _TAGS:
        _say(f"tags must not have more than {_TAGS} elements")
    for place, tag in enumerate(tags):
        _check_size(f"tags/{place}", str(tag), _TAG_GRAPHEMES, _TAG_BYTES)


def _check_facet(where: str, facet: Any, text: bytes) -> None:
    match facet:
        case {"index": {"byteStart": int(start), "byteEnd": int(end)}, "features": list(features)}:
            pass
        case _:
            _say(f"{where} must have an index with byteStart and byteEnd, and features")
    if not 0 <= start < end <= len(text):
        _say(f"{where}/index must lie within the text, which has {len(text)} bytes")
    if not (_is_boundary(text, start) and _is_boundary(text, end)):
        _say(f"{where}/index must not cut a character in two")
    for place, feature in enumerate(features):
        match feature:
            case {"$type": kind, "tag": str(tag)} if kind == f"{_FACET}#tag":
                _check_size(f"{where}/features/{place}/tag", tag, _TAG_GRAPHEMES, _TAG_BYTES)
            case {"$type": kind, "uri": str(uri)} if kind == f"{_FACET}#link" and _URI.fullmatch(uri):
                pass
            case {"$type": kind, "did": str(did)} if kind == f"{_FACET}#mention" and did.startswith("did:"):
                pass
            case _:
                _say(f"{where}/features/{place} is no tag, link or mention")


def _check_reference(where: str, reference: Any) -> None:
    match reference:
        case {"uri": str(uri), "cid": str(cid)} if _AT_URI.fullmatch(uri) and _CID.fullmatch(cid):
            pass
        case _:
            _say(f"{where} must have an at-uri and a cid")


def _check_embed(embed: Any) -> None:
    match embed:
        case {"$type": "app.bsky.embed.external", "external": {"uri": str(uri), "title": str(), "description": str()}}:
            if not _URI.fullmatch(uri):
                _say("embed/external/uri must be a uri")
        case {"$type": "app.bsky.embed.images", "images": list(images)}:
            if len(images) > _IMAGES:
                _say(f"embed/images must not have more than {_IMAGES} elements")
            for place, image in enumerate(images):
                _check_image(f"embed/images/{place}", image)
        case {"$type": "app.bsky.embed.record", "record": reference}:
            _check_reference("embed/record", reference)
        case _:
            _say("embed is none that this look-alike knows")


def _check_image(where: str, image: Any) -> None:
    match image:
        case {
            "alt": str(),
            "image": {"$type": "blob", "ref": {"$link": str()}, "mimeType": str(mime), "size": int(size)},
        }:
            if not mime.startswith("image/"):
                _say(f'{where}/image must have a mime type of "image/*", got "{mime}"')
            if size > _IMAGE_BYTES:
                _say(f"{where}/image must not be larger than {_IMAGE_BYTES} bytes")
        case {"image": _}:
            _say(f'{where} must have the property "alt", and image must be a blob')
        case _:
            _say(f'{where} must have the property "image"')
    match image.get("aspectRatio", {"width": 1, "height": 1}):
        case {"width": int(width), "height": int(height)} if width >= 1 and height >= 1:
            pass
        case _:
            _say(f"{where}/aspectRatio must have a width and a height of at least 1")


def _check_size(where: str, text: str, graphemes: int, size: int) -> None:
    from ugrapheme import grapheme_len

    if len(text.encode()) > size:
        _say(f"{where} must not be longer than {size} characters")
    if grapheme_len(text) > graphemes:
        _say(f"{where} must not be longer than {graphemes} graphemes")


def _text(post: dict[str, Any], name: str) -> str:
    if name not in post:
        raise InvalidRecord(f'Invalid {POST} record: Record must have the property "{name}"')
    if not isinstance(value := post[name], str):
        _say(f"{name} must be a string")
    return str(value)


def _list(post: dict[str, Any], name: str) -> list[Any]:
    value = post.get(name, [])
    if not isinstance(value, list):
        _say(f"{name} must be an array")
    return list(value)


def _is_boundary(text: bytes, at: int) -> bool:
    return at == len(text) or text[at] & 0xC0 != 0x80  # noqa: PLR2004 -- a UTF-8 continuation byte


def _say(what: str) -> NoReturn:
    raise InvalidRecord(f"Invalid {POST} record: Record/{what}")

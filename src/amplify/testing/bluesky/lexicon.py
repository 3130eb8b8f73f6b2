"""Whether a record may stand in its collection: `app.bsky.feed.post` in full, others by their `$type`.

The real PDS does not look whether facets fit the text; clients then drop them. Here they are refused,
because a link that no follower can click is a fault worth hearing of.
"""

import re
from functools import partial
from typing import Any, NoReturn

from amplify.testing.bluesky.embeds import check_embed, check_reference
from amplify.testing.bluesky.identifiers import is_tid

POST = "app.bsky.feed.post"
REPOST = "app.bsky.feed.repost"
THREADGATE = "app.bsky.feed.threadgate"
POSTGATE = "app.bsky.feed.postgate"
_BESIDE = frozenset({REPOST, THREADGATE, POSTGATE})
_GRAPHEMES = 300
_BYTES = 3000
_LANGS = 3
_TAGS = 8
_TAG_GRAPHEMES = 64
_TAG_BYTES = 640
_TID_KEYS = _BESIDE | {POST}
_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,20})?(?:Z|[+-]\d{2}:\d{2})")
_LANGUAGE = re.compile(r"[a-zA-Z]{2,8}(?:-[a-zA-Z0-9]{1,8})*")
_AT_URI = re.compile(r"at://[^/]+/[A-Za-z0-9.-]+/[A-Za-z0-9._~:-]+")
_RKEY = re.compile(r"[A-Za-z0-9._~:-]{1,512}")
_URI = re.compile(r"[a-z][a-z0-9.+-]{0,80}:\S+", re.IGNORECASE)
_LABELS = 10
_RULES = 5
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
    if collection in _BESIDE:
        _check_beside(collection, record)


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
            check_reference(f"reply/{name}", (post["reply"] or {}).get(name), _say)
    if "embed" in post:
        check_embed(post["embed"], _say)
    if "labels" in post:
        _check_labels(post["labels"])


def _check_beside(collection: str, record: dict[str, Any]) -> None:
    """What is said about a post, in a record of its own: who answers, who quotes, that it is shown again."""
    say = partial(_of, collection)
    if not _MOMENT.fullmatch(str(record.get("createdAt"))):
        say("createdAt must be an valid atproto datetime (both RFC-3339 and ISO-8601)")
    if collection == REPOST:
        check_reference("subject", record.get("subject"), say)
        return
    if not _AT_URI.fullmatch(str(record.get("post"))):
        say("post must be a valid at-uri")
    rules = record.get("allow" if collection == THREADGATE else "embeddingRules", [])
    if not isinstance(rules, list) or len(rules) > _RULES:
        say(f"rules must be an array of {_RULES} at most")


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


def _check_labels(labels: Any) -> None:
    match labels:
        case {"$type": "com.atproto.label.defs#selfLabels", "values": list(values)} if len(values) <= _LABELS:
            if not all(isinstance(each, dict) and isinstance(each.get("val"), str) for each in values):
                _say("labels/values must each have a val")
        case _:
            _say(f"labels must be selfLabels, with {_LABELS} values at most")


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
    _of(POST, what)


def _of(collection: str, what: str) -> NoReturn:
    raise InvalidRecord(f"Invalid {collection} record: Record/{what}")

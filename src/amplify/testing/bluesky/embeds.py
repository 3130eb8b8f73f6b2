"""Whether what hangs below the words of a post is as its lexicon says; `say` raises, with the PDS's words."""

import re
from collections.abc import Callable
from typing import Any, NoReturn, TypeAlias

Say: TypeAlias = Callable[[str], NoReturn]

_CID = re.compile(r"baf[a-z2-7]{56}")
_AT_URI = re.compile(r"at://[^/]+/[A-Za-z0-9.-]+/[A-Za-z0-9._~:-]+")
_URI = re.compile(r"[a-z][a-z0-9.+-]{0,80}:\S+", re.IGNORECASE)
_IMAGES = 4
_IMAGE_BYTES = 2_000_000
_THUMB_BYTES = 1_000_000
_FILM_BYTES = 100_000_000
_ALT_OF_A_FILM = 1000
_ONE_BY_ONE = {"width": 1, "height": 1}


def check_embed(embed: Any, say: Say) -> None:
    match embed:
        case {"$type": "app.bsky.embed.record", "record": reference}:
            check_reference("embed/record", reference, say)
        case {
            "$type": "app.bsky.embed.recordWithMedia",
            "record": {"record": reference},
            "media": {"$type": str()} as media,
        }:
            check_reference("embed/record/record", reference, say)
            _check_media(media, say)
        case {"$type": "app.bsky.embed.recordWithMedia"}:
            say('embed must have the properties "record" and "media"')
        case _:
            _check_media(embed, say)


def check_reference(where: str, reference: Any, say: Say) -> None:
    match reference:
        case {"uri": str(uri), "cid": str(cid)} if _AT_URI.fullmatch(uri) and _CID.fullmatch(cid):
            pass
        case _:
            say(f"{where} must have an at-uri and a cid")


def _check_media(embed: Any, say: Say) -> None:
    match embed:
        case {"$type": "app.bsky.embed.external", "external": dict(external)}:
            _check_external(external, say)
        case {"$type": "app.bsky.embed.images", "images": list(images)}:
            if len(images) > _IMAGES:
                say(f"embed/images must not have more than {_IMAGES} elements")
            for place, image in enumerate(images):
                _check_image(f"embed/images/{place}", image, say)
        case {"$type": "app.bsky.embed.video", "video": film}:
            _check_blob("embed/video", film, "video/mp4", _FILM_BYTES, say)
            _check_alt(embed.get("alt", ""), say)
            _check_ratio("embed", embed, say)
        case _:
            say("embed is none that this look-alike knows")


def _check_external(external: dict[str, Any], say: Say) -> None:
    for name in ("uri", "title", "description"):
        if not isinstance(external.get(name), str):
            say(f'embed/external must have the property "{name}"')
    if not _URI.fullmatch(external["uri"]):
        say("embed/external/uri must be a uri")
    if "thumb" in external:
        _check_blob("embed/external/thumb", external["thumb"], "image/*", _THUMB_BYTES, say)


def _check_image(where: str, image: Any, say: Say) -> None:
    if not isinstance(image, dict) or "image" not in image:
        say(f'{where} must have the property "image"')
    if not isinstance(image.get("alt"), str):
        say(f'{where} must have the property "alt"')
    _check_blob(f"{where}/image", image["image"], "image/*", _IMAGE_BYTES, say)
    _check_ratio(where, image, say)


def _check_blob(where: str, blob: Any, accepts: str, most: int, say: Say) -> None:
    match blob:
        case {"$type": "blob", "ref": {"$link": str()}, "mimeType": str(mime), "size": int(size)}:
            if not mime.startswith(accepts.removesuffix("*")):
                say(f'{where} must have a mime type of "{accepts}", got "{mime}"')
            if size > most:
                say(f"{where} must not be larger than {most} bytes")
        case _:
            say(f"{where} must be a blob")


def _check_alt(alt: Any, say: Say) -> None:
    from ugrapheme import grapheme_len

    if not isinstance(alt, str) or grapheme_len(alt) > _ALT_OF_A_FILM:
        say(f"embed/alt must not be longer than {_ALT_OF_A_FILM} graphemes")


def _check_ratio(where: str, embed: dict[str, Any], say: Say) -> None:
    match embed.get("aspectRatio", _ONE_BY_ONE):
        case {"width": int(width), "height": int(height)} if width >= 1 and height >= 1:
            pass
        case _:
            say(f"{where}/aspectRatio must have a width and a height of at least 1")

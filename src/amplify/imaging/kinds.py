"""What a file is by how it begins, whatever its name says. What no network shows is told what to do instead."""

from enum import StrEnum

from amplify.ports.darkroom import UnusablePicture

_SAVE_AGAIN = "open it in a picture editor and save it anew as PNG or JPEG"
_SAVE_FILM_AGAIN = "export it as MP4 (H.264)"
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8")
_MATROSKA = b"\x1aE\xdf\xa3"
#: The first box of an MP4 or of what QuickTime writes.
_BOXES = frozenset({b"ftyp", b"moov", b"mdat", b"wide", b"free", b"skip"})
#: Brands of what phones make of a photo.
_PHOTOS = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1", b"avif", b"avis"})
_SOUNDS = (b"ID3", b"OggS", b"fLaC", b"\xff\xfb", b"\xff\xf3", b"\xff\xf1", b"#!AMR")
_OTHER_FILMS = (b"FLV\x01", b"\x30\x26\xb2\x75", b"\x00\x00\x01\xba", b"\x00\x00\x01\xb3", b"G@")


class Container(StrEnum):
    """What the reader of a film calls its kind; PICTURE is none."""

    PICTURE = ""
    MP4 = "mov"
    WEBM = "matroska"


def container_of(data: bytes) -> Container:
    """Raises UnusablePicture for what is neither a picture nor a film that can be read."""
    riff = data[8:12] if data.startswith(b"RIFF") else b""
    if data.startswith(_PICTURES) or riff == b"WEBP":
        return Container.PICTURE
    if data.startswith(_MATROSKA):
        return Container.WEBM
    if data[4:8] in _BOXES and data[8:12] not in _PHOTOS:
        return Container.MP4
    raise _stranger(data, riff)


def no_sound_alone() -> UnusablePicture:
    told = "has sound and nothing to be seen, and no network here takes that"
    return UnusablePicture(told, code="not-a-picture", hint="make a video of it, with a picture that stands still")


def _stranger(data: bytes, riff: bytes) -> UnusablePicture:
    if not data:
        return UnusablePicture("is empty", code="not-a-picture", hint="copy the file here again")
    if data[4:8] == b"ftyp":
        told = "is a picture of a kind that the networks do not take (HEIC or AVIF), whatever its name says"
        return UnusablePicture(told, code="not-a-picture", hint="export it as JPEG")
    if data.startswith(_SOUNDS) or riff == b"WAVE":
        return no_sound_alone()
    if data.startswith(_OTHER_FILMS) or riff == b"AVI ":
        told = "is a video of a kind that the networks do not take, whatever its name says"
        return UnusablePicture(told, code="not-a-picture", hint=_SAVE_FILM_AGAIN)
    told = "is no picture (PNG, JPEG, WebP, GIF) and no video (MP4, MOV, WebM), whatever its name says"
    return UnusablePicture(told, code="not-a-picture", hint=_SAVE_AGAIN)

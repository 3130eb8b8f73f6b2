"""Opening a picture that somebody else has made: what is no picture, or tells a place, stops here.

A file is judged by its content, never by its name. Its size is read before anything is unpacked, because a few
bytes can stand for more pixels than a machine has room for.
"""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import TYPE_CHECKING, Any

from amplify.ports.darkroom import UnusablePicture

if TYPE_CHECKING:
    from PIL.Image import Image

_FORMATS = ("PNG", "JPEG", "WEBP")
#: Above what cameras and phones make, below what hurts a small machine: about 200 MB unpacked.
_MOST_PIXELS = 50_000_000
_MOST_BYTES = 50_000_000
_GPS = 0x8825
#: Latitude and longitude, with their sides of the globe; a bare time or version in that block is no place.
_PLACE = frozenset({1, 2, 3, 4})
_PLACE_IN_WORDS = ("GPSLatitude", "GPSLongitude")
_MOVING = (b"GIF8",)
_PHONE = (b"ftypheic", b"ftypheix", b"ftypmif1", b"ftypavif")
_SAVE_AGAIN = "open it in a picture editor and save it anew as PNG or JPEG"


@contextmanager
def opened(data: bytes) -> "Iterator[Image]":
    """The picture, unpacked. Raises UnusablePicture."""
    from PIL import Image

    if len(data) > _MOST_BYTES:
        told = f"is {len(data) // 1_000_000} MB large, and {_MOST_BYTES // 1_000_000} MB is the most"
        raise UnusablePicture(told, code="picture-too-large", hint="export a smaller one")
    with warnings.catch_warnings(), BytesIO(data) as file:
        warnings.simplefilter("ignore")  # about sizes, which are judged below, and about broken notes in it
        try:
            image = Image.open(file, formats=_FORMATS)
        except Image.DecompressionBombError:
            raise _too_many_pixels() from None
        except Exception:  # noqa: BLE001  a decoder meets bytes from anywhere and may fail in any way
            raise _no_picture(data) from None
        with image:
            if image.width * image.height > _MOST_PIXELS:
                raise _too_many_pixels()
            if image.format in ("PNG", "WEBP") and getattr(image, "n_frames", 1) > 1:
                raise _moving()
            try:
                placed = _tells_a_place(image)
                image.load()
                placed = placed or _tells_a_place(image)  # PNG may keep its notes behind the pixels
            except Exception:  # noqa: BLE001  as above
                raise UnusablePicture("is damaged", code="picture-damaged", hint=_SAVE_AGAIN) from None
            if placed:
                hint = "remove the place (GPS) in your phone or picture editor, then put the file here again"
                raise UnusablePicture("tells the place where it was taken (GPS)", code="picture-gps", hint=hint)
            yield image


def _tells_a_place(image: "Image") -> bool:
    if _PLACE & set(image.getexif().get_ifd(_GPS)):
        return True
    return any(word in note for note in map(_words, image.info.values()) for word in _PLACE_IN_WORDS)


def _words(note: Any) -> str:
    return note.decode("latin-1") if isinstance(note, bytes) else note if isinstance(note, str) else ""


def _no_picture(data: bytes) -> UnusablePicture:
    if data.startswith(_MOVING):
        return _moving()
    if data[4:12] in _PHONE:
        told = "is a picture of a kind that the networks do not take (HEIC or AVIF), whatever its name says"
        return UnusablePicture(told, code="not-a-picture", hint="export it as JPEG")
    told = "is no PNG, JPEG or WebP picture, whatever its name says"
    return UnusablePicture(told, code="not-a-picture", hint=_SAVE_AGAIN)


def _moving() -> UnusablePicture:
    told = "is a moving picture or a GIF, which is not supported"
    return UnusablePicture(told, code="picture-moves", hint="save one picture of it as PNG")


def _too_many_pixels() -> UnusablePicture:
    told = f"has more than {_MOST_PIXELS // 1_000_000} million pixels"
    return UnusablePicture(told, code="picture-too-large", hint="export a smaller one")

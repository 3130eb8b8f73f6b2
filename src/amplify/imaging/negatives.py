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

_FORMATS = ("PNG", "JPEG", "WEBP", "GIF")
#: Above what cameras and phones make, below what hurts a small machine: about 200 MB unpacked.
_MOST_PIXELS = 50_000_000
_MOST_BYTES = 50_000_000
#: Neither side may be shorter: nobody would see it.
_FEWEST_PIXELS = 4
_GPS = 0x8825
#: Latitude and longitude, with their sides of the globe; a bare time or version in that block is no place.
_PLACE = frozenset({1, 2, 3, 4})
_PLACE_IN_WORDS = ("GPSLatitude", "GPSLongitude")
#: Transfer functions (ITU-T H.273) of pictures that are brighter than ordinary screens: PQ and HLG.
_BRIGHT = frozenset({16, 18})
_SAVE_AGAIN = "open it in a picture editor and save it anew as PNG or JPEG"


@contextmanager
def opened(data: bytes) -> "Iterator[Image]":
    """The picture, unpacked; of one that moves, the first. Raises UnusablePicture."""
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
            raise _damaged() from None
        with image:
            if image.width * image.height > _MOST_PIXELS:
                raise _too_many_pixels()
            if min(image.size) < _FEWEST_PIXELS:
                told = f"has {image.width} by {image.height} pixels: nobody would see it"
                raise UnusablePicture(told, code="picture-too-small", hint="export a larger one")
            if _is_bright(image, data):
                told = "is made for very bright screens (HDR), and would look pale or dark on all others"
                raise UnusablePicture(told, code="picture-hdr", hint="export it as an ordinary JPEG (SDR, sRGB)")
            try:
                placed = _tells_a_place(image)
                image.load()
                placed = placed or _tells_a_place(image)  # PNG may keep its notes behind the pixels
            except Exception:  # noqa: BLE001  as above
                raise _damaged() from None
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


@contextmanager
def undamaged() -> Iterator[None]:
    """Around work on pictures that stand behind the first. Raises UnusablePicture where one of them is broken."""
    try:
        yield
    except UnusablePicture:
        raise
    except Exception:  # noqa: BLE001  as above
        raise _damaged() from None


def moves(image: "Image") -> bool:
    """Whether there is more than one picture in it, each to be seen for a while."""
    return image.format in ("PNG", "WEBP", "GIF") and getattr(image, "n_frames", 1) > 1


def _is_bright(image: "Image", data: bytes) -> bool:
    """PNG says so in a chunk of its own, others in a tag of their colour profile."""
    head = data[: data.find(b"IDAT")] if image.format == "PNG" else b""
    profile = image.info.get("icc_profile") or b""
    for where, length in ((head, 5), (profile, 9)):
        at = where.find(b"cICP" if where is head else b"cicp\0\0\0\0")
        if at >= 0 and where[at + length : at + length + 1] and where[at + length] in _BRIGHT:
            return True
    return False


def _damaged() -> UnusablePicture:
    return UnusablePicture("is damaged", code="picture-damaged", hint=_SAVE_AGAIN)


def _too_many_pixels() -> UnusablePicture:
    told = f"has more than {_MOST_PIXELS // 1_000_000} million pixels"
    return UnusablePicture(told, code="picture-too-large", hint="export a smaller one")

"""`ports.darkroom.Darkroom` with Pillow: every print is encoded anew from bare pixels.

Nothing is taken off the original's notes (EXIF, XMP, IPTC, colour profile, thumbnail, comments): they never come
along. The same bytes give the same print, so that a server that names pictures by their content knows it again.
"""

from collections.abc import Iterator
from io import BytesIO
from math import sqrt
from typing import TYPE_CHECKING

from amplify.domain.picture import PictureLimits
from amplify.imaging.colours import in_plain_colours
from amplify.imaging.negatives import opened
from amplify.ports.darkroom import Original, Picture, UnusablePicture

if TYPE_CHECKING:
    from PIL.Image import Image

_QUALITIES = (90, 82, 74, 66)
#: From here on, letters in a picture keep their edges only with the colours in full.
_FINE = 82
_SMALLER = 0.9
_SMALLEST = 64


class PillowDarkroom:
    def examine(self, data: bytes) -> Original:
        """Raises UnusablePicture."""
        from PIL import ImageOps

        with opened(data) as image:
            ImageOps.exif_transpose(image, in_place=True)
            return Original(width=image.width, height=image.height)

    def develop(self, data: bytes, limits: PictureLimits) -> Picture:
        """Raises UnusablePicture."""
        from PIL import ImageOps

        with opened(data) as image:
            drawn = image.format == "PNG"
            ImageOps.exif_transpose(image, in_place=True)
            plain = in_plain_colours(image)
        if refusal := limits.refusal(plain.width, plain.height):
            raise UnusablePicture(f"does not fit: {refusal}", code="picture-shape", hint="crop it")
        # a drawing that is too large as it came would not become smaller as PNG
        lossless = plain.mode == "RGBA" or (drawn and len(data) <= limits.bytes)
        scale = _largest(plain.size, limits)
        while True:
            width, height = (max(1, int(side * scale)) for side in plain.size)
            sized = plain if (width, height) == plain.size else plain.resize((width, height))
            smallest = 0
            for mime, content in _encodings(sized, lossless=lossless):
                if len(content) <= limits.bytes:
                    return Picture(data=content, mime=mime, width=width, height=height)
                smallest = len(content)
            if max(width, height) <= _SMALLEST:
                told = f"cannot be made as small as {limits.bytes} bytes"
                raise UnusablePicture(told, code="picture-too-large", hint="export a smaller one")
            scale *= min(_SMALLER, sqrt(limits.bytes / smallest))


def _largest(size: tuple[int, int], limits: PictureLimits) -> float:
    """By how much a picture must shrink for its pixels and sides."""
    width, height = size
    by_pixels = sqrt(limits.pixels / (width * height)) if limits.pixels is not None else 1.0
    by_sides = limits.sides / (width + height) if limits.sides is not None else 1.0
    return min(1.0, by_pixels, by_sides)


def _encodings(image: "Image", *, lossless: bool) -> Iterator[tuple[str, bytes]]:
    """From the best to the smallest."""
    if lossless:
        yield "image/png", _saved(image, "PNG")
    flat = _on_white(image)
    for quality in _QUALITIES:
        subsampling = 0 if quality >= _FINE else 2
        yield "image/jpeg", _saved(flat, "JPEG", quality=quality, subsampling=subsampling, optimize=True)


def _saved(image: "Image", kind: str, **how: int) -> bytes:
    with BytesIO() as file:
        image.save(file, kind, **how)
        return file.getvalue()


def _on_white(image: "Image") -> "Image":
    from PIL import Image

    if image.mode != "RGBA":
        return image
    paper = Image.new("RGB", image.size, "white")
    paper.paste(image, mask=image.getchannel("A"))
    return paper

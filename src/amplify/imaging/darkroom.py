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
_SMALLER = 0.8
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
        for width, height in _sizes(plain.size, limits):
            sized = plain if (width, height) == plain.size else plain.resize((width, height))
            for mime, content in _encodings(sized, lossless=lossless):
                if len(content) <= limits.bytes:
                    return Picture(data=content, mime=mime, width=width, height=height)
        told = f"cannot be made as small as {limits.bytes} bytes"
        raise UnusablePicture(told, code="picture-too-large", hint="export a smaller one")


def _sizes(size: tuple[int, int], limits: PictureLimits) -> Iterator[tuple[int, int]]:
    """The largest that is allowed, and then smaller ones."""
    width, height = size
    scale = 1.0
    if limits.pixels is not None:
        scale = min(scale, sqrt(limits.pixels / (width * height)))
    if limits.sides is not None:
        scale = min(scale, limits.sides / (width + height))
    while True:
        fitted = (max(1, int(width * scale)), max(1, int(height * scale)))
        yield fitted
        if max(fitted) <= _SMALLEST:
            return
        scale *= _SMALLER


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

"""`ports.darkroom.Darkroom` with Pillow, and PyAV for what moves: every print of a picture is encoded anew from bare pixels.

Nothing is taken off the original's notes (EXIF, XMP, IPTC, colour profile, thumbnail, comments): they never come
along. The same bytes give the same print, so that a server that names pictures by their content knows it again.
"""

from collections.abc import Iterator
from io import BytesIO
from math import sqrt
from typing import TYPE_CHECKING

from amplify.domain.film import ANEW
from amplify.domain.picture import PictureLimits, Sort
from amplify.imaging.animations import animated, film_of
from amplify.imaging.colours import in_plain_colours, on_white
from amplify.imaging.films import carried, made_anew, still_of
from amplify.imaging.kinds import Container, container_of
from amplify.imaging.negatives import moves, opened, undamaged
from amplify.imaging.reels import examined
from amplify.ports.darkroom import Original, Picture, UnusablePicture

if TYPE_CHECKING:
    from PIL.Image import Image

_QUALITIES = (90, 82, 74, 66)
#: From here on, letters in a picture keep their edges only with the colours in full.
_FINE = 82
_SMALLER = 0.9
_SMALLEST = 64
_ONE_OF_IT = "save one picture of it as PNG"


class PillowDarkroom:
    def examine(self, data: bytes) -> Original:
        """Raises UnusablePicture."""
        from PIL import ImageOps

        kind = container_of(data)
        if kind is not Container.PICTURE:
            return examined(data, kind)
        with opened(data) as image:
            if moves(image):
                with undamaged():
                    film = film_of(image, len(data))
                return Original(width=image.width, height=image.height, sort=Sort.ANIMATION, film=film)
            ImageOps.exif_transpose(image, in_place=True)
            return Original(width=image.width, height=image.height)

    def develop(self, data: bytes, limits: PictureLimits) -> Picture:
        """Raises UnusablePicture."""
        from PIL import ImageOps

        if container_of(data) is not Container.PICTURE:
            return _film(data, self.examine(data), limits)
        with opened(data) as image:
            if moves(image):
                return _film(data, self.examine(data), limits)
            drawn = image.format in ("PNG", "GIF")
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


def _film(data: bytes, original: Original, limits: PictureLimits) -> Picture:
    """Raises UnusablePicture."""
    known, allowed = original.film, limits.film
    if known is None or allowed is None:
        raise UnusablePicture("moves, and no moving picture is taken here", code="picture-moves", hint=_ONE_OF_IT)
    told, hint = known.refusal(allowed)
    if told:
        raise UnusablePicture(told, code="film-does-not-fit", hint=hint)
    width, height = original.width, original.height
    if original.sort is Sort.ANIMATION:
        with opened(data) as image, undamaged():
            made, width, height = animated(image, min(ANEW, allowed.pixels or ANEW), known.bits(allowed))
    elif known.goes_as_it_is(allowed):
        made = carried(data, container_of(data))
    else:
        made, width, height = made_anew(data, container_of(data), known, allowed)
    if len(made) > allowed.bytes:
        told = f"cannot be made as small as {allowed.bytes} bytes"
        raise UnusablePicture(told, code="picture-too-large", hint="export a smaller or shorter one")
    return Picture(
        data=made,
        mime="video/mp4",
        width=width,
        height=height,
        sort=original.sort,
        seconds=known.seconds,
        still=still_of(made),
    )


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
    flat = on_white(image)
    for quality in _QUALITIES:
        subsampling = 0 if quality >= _FINE else 2
        yield "image/jpeg", _saved(flat, "JPEG", quality=quality, subsampling=subsampling, optimize=True)


def _saved(image: "Image", kind: str, **how: int) -> bytes:
    with BytesIO() as file:
        image.save(file, kind, **how)
        return file.getvalue()

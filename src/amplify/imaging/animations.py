"""An animated GIF, PNG or WebP as a film without sound: the same bytes for the same picture."""

from collections.abc import Iterator
from fractions import Fraction
from typing import TYPE_CHECKING

from amplify.domain.film import Film
from amplify.imaging.colours import on_white
from amplify.imaging.frames import fitted
from amplify.imaging.mp4 import Mp4

if TYPE_CHECKING:
    from PIL.Image import Image

_MILLISECONDS = Fraction(1, 1000)
#: Browsers show so long (in milliseconds) what says that it lasts no time at all.
_AT_LEAST, _OTHERWISE = 20, 100
_SHARP = {"crf": "18", "bf": "0", "tune": "animation"}


def film_of(image: "Image", size: int) -> Film:
    """What is known of it before it is made a film. Raises whatever a damaged picture makes Pillow raise."""
    lasting = [lasts for _, lasts in _pictures(image)]
    pixels = image.width * image.height
    return Film(bytes=size, pixels=pixels, frames=len(lasting), seconds=sum(lasting) / 1000, as_is=False)


def animated(image: "Image", most_pixels: int, bits: int) -> tuple[bytes, int, int]:
    """The film, its width and its height. Raises whatever a damaged picture makes Pillow raise."""
    from av import VideoFrame

    width, height = fitted(image.width, image.height, most_pixels)
    with Mp4() as film:
        stream = film.pictures(width, height, **_SHARP, maxrate=str(bits), bufsize=str(bits))
        stream.codec_context.time_base = _MILLISECONDS
        at = 0
        for picture, lasts in _pictures(image):
            seen = on_white(picture.convert("RGBA")).resize((width, height)).convert("RGBA")
            frame = VideoFrame.from_bytes(seen.tobytes(), width, height)
            frame = frame.reformat(format="yuv420p")
            frame.pts, frame.duration, frame.time_base = at, lasts, _MILLISECONDS
            film.show(stream, frame)
            at += lasts
        film.show(stream, None)
    return film.data, width, height


def _pictures(image: "Image") -> Iterator[tuple["Image", int]]:
    """Each as it is seen, and for how many milliseconds."""
    from PIL import ImageSequence

    for picture in ImageSequence.Iterator(image):
        picture.load()  # a WebP tells only then
        lasts = round(picture.info.get("duration", 0))
        yield picture, lasts if lasts >= _AT_LEAST else _OTHERWISE

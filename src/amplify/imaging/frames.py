"""The pictures of a film: their size, which is even because of how their colours are stored, and one of them as a JPEG."""

from io import BytesIO
from math import sqrt
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from av import VideoFrame
    from av.video.plane import VideoPlane
    from PIL.Image import Image

_QUALITY = 80
_EVEN = 2
#: Brightness and colours of films leave some of their range unused.
_DARKEST, _RANGE, _NO_COLOUR, _COLOURS = 16, 219, 128, 224
_WHOLE = 255


def fitted(width: int, height: int, most_pixels: int) -> tuple[int, int]:
    """The largest even size of about this shape."""
    scale = min(1.0, sqrt(most_pixels / (width * height)))
    across, up = (max(_EVEN, int(side * scale) // _EVEN * _EVEN) for side in (width, height))
    return across, up


def as_jpeg(frame: "VideoFrame") -> bytes:
    """A picture (YUV 4:2:0), upright. Always the same, which the film library's own way is not."""
    from PIL import Image

    size = frame.width, frame.height
    light, blue, red = map(_channel, frame.planes)
    bright = [_within((value - _DARKEST) * _WHOLE / _RANGE) for value in range(256)]
    tinted = [_within((value - _NO_COLOUR) * _WHOLE / _COLOURS + _NO_COLOUR) for value in range(256)]
    colours = (part.resize(size).point(tinted) for part in (blue, red))
    whole = Image.merge("YCbCr", (light.point(bright), *colours)).convert("RGB")
    with BytesIO() as file:
        whole.rotate(frame.rotation, expand=True).save(file, "JPEG", quality=_QUALITY)
        return file.getvalue()


def _channel(plane: "VideoPlane") -> "Image":
    from PIL import Image

    return Image.frombytes("L", (plane.width, plane.height), bytes(plane), "raw", "L", plane.line_size)


def _within(value: float) -> int:
    return max(0, min(_WHOLE, round(value)))

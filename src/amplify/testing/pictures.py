"""Pictures as a server sees them: measured by their content, and told apart from what is none."""

from dataclasses import dataclass
from io import BytesIO

from amplify.domain.picture import Sort
from amplify.testing.films import told_of

#: What no print may carry, and where a camera writes it.
NOTE = "Camera 7 of the editor"
MAKE, ARTIST = 0x010F, 0x013B
_FILM = b"ftyp"


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """`sort`: what moves without a sound is taken for an animation, as servers do."""

    mime: str
    width: int
    height: int
    size: int
    sort: Sort = Sort.PICTURE
    seconds: float = 0.0


def measured(data: bytes) -> Measured | None:
    """None for what is neither a picture nor an MP4 that moves."""
    from PIL import Image

    if data[4:8] == _FILM:
        return _film(data)
    try:
        with Image.open(BytesIO(data)) as image:
            mime = Image.MIME.get(image.format or "", "")
            return Measured(mime=mime, width=image.width, height=image.height, size=len(data))
    except OSError:
        return None


def _film(data: bytes) -> Measured | None:
    told = told_of(data)
    if told is None:
        return None
    sort = Sort.VIDEO if told.sound else Sort.ANIMATION
    return Measured(
        mime="video/mp4", width=told.width, height=told.height, size=len(data), sort=sort, seconds=told.seconds
    )


def sample(width: int = 640, height: int = 480, kind: str = "JPEG", *, notes: bool = True) -> bytes:
    """A drawing of our own: a lamp in the dark. With `notes`, as a camera would write them, but for the place."""
    from PIL import Image, ImageDraw

    image = Image.new("RGB", (width, height), "#10131f")
    draw = ImageDraw.Draw(image)
    unit = min(width, height) / 8
    for ring in range(6, 0, -1):
        reach = ring * unit / 2
        middle = (width / 2 - reach, height / 2 - reach, width / 2 + reach, height / 2 + reach)
        draw.ellipse(middle, fill=(255 - 34 * ring, 214 - 30 * ring, 140 - 18 * ring))
    exif = Image.Exif()
    if notes:
        exif.update({MAKE: NOTE, ARTIST: NOTE})
    with BytesIO() as file:
        image.save(file, kind, exif=exif, comment=NOTE if notes else "")
        return file.getvalue()

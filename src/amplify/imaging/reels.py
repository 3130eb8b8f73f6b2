"""Opening a film that somebody else has made: what cannot be shown, or tells a place, stops here.

Its size is read before anything is unpacked. Places stand in the notes of phones (ISO 6709), and in tracks of their own
that action cameras add.
"""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Any

from amplify.domain.film import Film
from amplify.domain.picture import Sort
from amplify.imaging.kinds import Container, no_sound_alone
from amplify.ports.darkroom import Original, UnusablePicture

if TYPE_CHECKING:
    from av import AudioStream, VideoFrame, VideoStream
    from av.container import InputContainer

#: 8K at most: about 50 MB a picture, unpacked.
_MOST_PIXELS = 33_200_000
_FEWEST_PIXELS = 16
_NAMES_A_PLACE = re.compile(r"location|6709|gps|latitude|longitude|xyz", re.IGNORECASE)
_IS_A_PLACE = re.compile(r"[+-]\d{1,3}\.\d+[+-]\d{1,3}\.\d+.*|GoPro MET|.*\bGPS\b.*")
#: Long enough to be no chance in a film's own bytes.
_PLACE_IN_WORDS = (b"com.apple.quicktime.location", b"GPSLatitude")
_EIGHT_BITS = frozenset({"yuv420p", "yuvj420p"})
#: Transfer functions (ITU-T H.273) of films that are brighter than ordinary screens: PQ and HLG.
_BRIGHT = frozenset({16, 18})
#: How much of what a film says that it lasts may be missing at its end.
_NEARLY = 0.9
#: What the index of an MP4 says of a picture, in bytes.
_INDEXED = 16
_HEAD = 4
_EXPORT = "export it as MP4 (H.264)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reel:
    container: "InputContainer"
    seen: "VideoStream"
    heard: "AudioStream | None"

    @property
    def streams(self) -> "list[VideoStream | AudioStream]":
        return [self.seen] if self.heard is None else [self.seen, self.heard]


@contextmanager
def wound(data: bytes, kind: Container) -> Iterator[Reel]:
    """The film, ready to be read. Raises UnusablePicture, also where what is done with it meets damage."""
    import av

    try:
        with av.open(BytesIO(data), "r", format=kind.value, options={"max_pixels": str(_MOST_PIXELS)}) as container:
            yield _reel(container)
    except UnusablePicture:
        raise
    except Exception:  # noqa: BLE001  a reader meets bytes from anywhere and may fail in any way
        raise UnusablePicture("is damaged", code="picture-damaged", hint=_EXPORT) from None


def _reel(container: "InputContainer") -> Reel:
    """Raises UnusablePicture."""
    seen = next((one for one in container.streams.video if not _is_cover(one)), None)
    if seen is None:
        raise no_sound_alone()
    if seen.width * seen.height > _MOST_PIXELS:
        told = f"has pictures of {seen.width} by {seen.height} pixels, which is more than anybody can watch"
        raise UnusablePicture(told, code="picture-too-large", hint=_EXPORT)
    heard = container.streams.audio[0] if container.streams.audio else None
    return Reel(container=container, seen=seen, heard=heard)


def examined(data: bytes, kind: Container) -> Original:
    """Raises UnusablePicture."""
    with wound(data, kind) as reel:
        _refuse_a_place(reel, data)
        first = next(reel.container.decode(reel.seen), None)
        if first is None:
            raise UnusablePicture("has no picture in it", code="picture-damaged", hint=_EXPORT)
        if first.color_trc in _BRIGHT:
            told = "is made for very bright screens (HDR), and would look pale on all others"
            hint = "export it without HDR (SDR), or switch HDR off in the camera"
            raise UnusablePicture(told, code="picture-hdr", hint=hint)
        width, height = upright(first)
        if min(width, height) < _FEWEST_PIXELS:
            told = f"has pictures of {width} by {height} pixels: nobody would see them"
            raise UnusablePicture(told, code="picture-too-small", hint="export a larger one")
        coded = reel.seen.codec_context
        as_is = coded.name == "h264" and first.format.name in _EIGHT_BITS and _has_lengths(coded.extradata or b"")
        even = width % 2 == 0 and height % 2 == 0
    size, frames, seconds = _counted(data, kind)
    film = Film(bytes=size, pixels=width * height, frames=frames, seconds=seconds, as_is=as_is and even)
    return Original(width=width, height=height, sort=Sort.VIDEO, film=film)


def upright(frame: "VideoFrame") -> tuple[int, int]:
    """The size as it is shown."""
    size = frame.width, frame.height
    return (size[1], size[0]) if frame.rotation % 180 else size


def _counted(data: bytes, kind: Container) -> tuple[int, int, float]:
    """About how many bytes it has when nothing else is with it, how many pictures, and for how long.

    Raises UnusablePicture where the end is missing.
    """
    import av

    with wound(data, kind) as reel:
        starts, ends, size = [], [], 0
        for packet in reel.container.demux(*reel.streams):
            if not packet.size or packet.pts is None or packet.time_base is None:
                continue
            size += packet.size + _INDEXED
            if packet.stream is reel.seen:
                starts.append(float(packet.pts * packet.time_base))
                ends.append(float((packet.pts + (packet.duration or 0)) * packet.time_base))
        told = reel.container.duration
    seconds = max(ends) - min(starts) if ends else 0.0
    if not ends or (told and seconds < _NEARLY * told / av.time_base - 1):
        raise UnusablePicture("is damaged: its end is missing", code="picture-damaged", hint="copy the file here again")
    return size, len(ends), seconds


def _refuse_a_place(reel: Reel, data: bytes) -> None:
    """Raises UnusablePicture."""
    notes = [reel.container.metadata, *(stream.metadata for stream in reel.container.streams)]
    if any(map(_tells_a_place, notes)) or any(word in data for word in _PLACE_IN_WORDS):
        hint = "remove the place (GPS) in your phone or video editor, then put the file here again"
        raise UnusablePicture("tells the place where it was taken (GPS)", code="picture-gps", hint=hint)


def _tells_a_place(notes: Mapping[str, str]) -> bool:
    return any(
        value and (_NAMES_A_PLACE.search(name) or _IS_A_PLACE.fullmatch(str(value))) for name, value in notes.items()
    )


def _has_lengths(head: bytes) -> bool:
    """Whether units of the stream begin with their length in four bytes, as in nearly every MP4."""
    return len(head) > _HEAD and head[0] == 1 and head[_HEAD] & 3 == 3  # noqa: PLR2004  ISO 14496-15


def _is_cover(stream: Any) -> bool:
    """Sound may carry a picture of its record."""
    from av.stream import Disposition

    return bool(stream.disposition & (Disposition.attached_pic | Disposition.timed_thumbnails))

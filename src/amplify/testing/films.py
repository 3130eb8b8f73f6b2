"""A short film of our own, to be uploaded by tests: a lamp that goes on. And what a server sees of any film."""

from dataclasses import dataclass
from functools import cache
from io import BytesIO

_RATE = 10
_SOUND_RATE = 44_100


@cache
def film(width: int = 320, height: int = 240, seconds: int = 1, *, sound: bool = True) -> bytes:
    """H.264 in MP4, with a silent track of sound where wanted."""
    import av

    with BytesIO() as file:
        with av.open(file, "w", format="mp4") as container:
            seen = container.add_stream("libx264", rate=_RATE)
            seen.width, seen.height, seen.pix_fmt = width, height, "yuv420p"
            heard = container.add_stream("aac", rate=_SOUND_RATE) if sound else None
            for number in range(_RATE * seconds):
                frame = av.VideoFrame(width, height, "yuv420p")
                for plane, light in zip(frame.planes, (255 * number // (_RATE * seconds), 96, 144), strict=True):
                    plane.update(bytes([light]) * plane.buffer_size)
                container.mux(seen.encode(frame))
            container.mux(seen.encode(None))
            if heard is not None:
                for at in range(0, _SOUND_RATE * seconds, 1024):
                    silence = av.AudioFrame(format="fltp", layout="stereo", samples=1024)
                    for side in silence.planes:
                        side.update(bytes(side.buffer_size))
                    silence.sample_rate, silence.pts = _SOUND_RATE, at
                    container.mux(heard.encode(silence))
                container.mux(heard.encode(None))
        return file.getvalue()


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    width: int
    height: int
    seconds: float
    sound: bool


def told_of(data: bytes) -> Told | None:
    """What an MP4 says of itself; None for what is none, or shows nothing."""
    import av

    try:
        with av.open(BytesIO(data), "r", format="mp4") as container:
            if not container.streams.video:
                return None
            seen, seconds = container.streams.video[0], (container.duration or 0) / av.time_base
            sound = bool(container.streams.audio)
            return Told(width=seen.width, height=seen.height, seconds=seconds, sound=sound)
    except av.error.FFmpegError:
        return None

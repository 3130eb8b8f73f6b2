"""Writing an MP4 in memory: it begins with its index, so that it plays while it loads, and tells nobody who made it.

What a camera or an encoder notes between the pictures (SEI: dates, places, settings) is left out as well.
"""

from collections.abc import Iterable
from io import BytesIO
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from amplify.domain.film import SOUND_BITS

if TYPE_CHECKING:
    from av import AudioFrame, AudioResampler, AudioStream, Packet, VideoFrame, VideoStream
    from av.bitstream import BitStreamFilterContext

#: The kind of unit (H.264) that notes are, and how many bytes tell the length of a unit in an MP4.
_NOTE, _KIND, _LENGTH = 6, 0x1F, 4
_NO_NOTES = f"filter_units=remove_types={_NOTE}"
#: On fast processors the encoder's way to look ahead (mbtree) makes other bytes of the same pictures now and then.
_ALWAYS_THE_SAME = {"threads": "1", "x264-params": "no-mbtree=1"}
_TONE = 48_000
#: As many as an AAC encoder takes at a time.
_SAMPLES = 1024


class Mp4:
    """Open it with `with`; `data` is the whole of it after that. What is put in comes in the order of its time."""

    def __init__(self) -> None:
        import av

        self._file = BytesIO()
        self._film = av.open(
            self._file,
            "w",
            format="mp4",
            options={"movflags": "faststart", "fflags": "+bitexact"},
            io_open=lambda _url, _flags, _options: BytesIO(self._file.getvalue()),
        )
        self._cleaned: BitStreamFilterContext | None = None
        self.data = b""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        with self._file:
            self._film.close()
            if error is None:
                self.data = self._file.getvalue()

    def pictures(self, width: int, height: int, **how: str) -> "VideoStream":
        """A stream of pictures to be made anew."""
        from av.bitstream import BitStreamFilterContext

        options = {"preset": "veryfast", "flags": "+frame_duration+bitexact", **_ALWAYS_THE_SAME, **how}
        stream = self._film.add_stream("libx264", options=options)
        stream.width, stream.height, stream.pix_fmt = width, height, "yuv420p"
        self._cleaned = BitStreamFilterContext(_NO_NOTES, "h264")
        return stream

    def sound(self) -> "AudioStream":
        """A stream of sound to be made anew."""
        stream = self._film.add_stream("aac", rate=_TONE, layout="stereo", options={"flags": "+bitexact"})
        stream.bit_rate = SOUND_BITS
        return stream

    def copied_pictures(self, source: "VideoStream") -> "VideoStream":
        stream = self._film.add_stream_from_template(source)
        stream.metadata.clear()
        return stream

    def copied_sound(self, source: "AudioStream") -> "AudioStream":
        stream = self._film.add_stream_from_template(source)
        stream.metadata.clear()
        return stream

    def show(self, stream: "VideoStream", frame: "VideoFrame | None") -> None:
        """Add a picture, made anew; None behind the last."""
        for packet in stream.encode(None if frame is None else _bare(frame)):
            for clean in self._cleaned.filter(packet) if self._cleaned is not None else ():
                clean.stream = stream
                self._film.mux(clean)

    def hear(self, stream: "AudioStream", frames: "Iterable[AudioFrame | None]") -> None:
        for frame in frames:
            self._film.mux(stream.encode(frame))

    def put_picture(self, stream: "VideoStream", packet: "Packet[Any]") -> None:
        """Add what is a picture already, of a film whose units begin with their length."""
        from av import Packet

        clean = Packet(_without_notes(bytes(packet)))
        clean.pts, clean.dts, clean.duration = packet.pts, packet.dts, packet.duration
        clean.time_base, clean.is_keyframe = packet.time_base, packet.is_keyframe
        clean.stream = stream
        self._film.mux(clean)

    def put_sound(self, stream: "AudioStream", packet: "Packet[Any]") -> None:
        packet.stream = stream
        self._film.mux(packet)


def samples() -> "AudioResampler":
    """Brings any sound into the shape of `Mp4.sound`."""
    from av import AudioResampler

    return AudioResampler(format="fltp", layout="stereo", rate=_TONE, frame_size=_SAMPLES)


def _bare(frame: "VideoFrame") -> "VideoFrame":
    """The same, with nothing in memory behind the ends of its lines: an encoder looks there too, and what lies there varies."""
    from av import VideoFrame

    bare = VideoFrame(frame.width, frame.height, "yuv420p")
    for old, new in zip(frame.planes, bare.planes, strict=True):
        seen, line, width = bytes(old), old.line_size, old.width
        lines = [seen[at : at + width].ljust(new.line_size, b"\0") for at in range(0, line * old.height, line)]
        new.update(b"".join(lines))
    bare.pts, bare.duration, bare.time_base = frame.pts, frame.duration, frame.time_base
    bare.color_range, bare.colorspace = frame.color_range, frame.colorspace
    return bare


def _without_notes(units: bytes) -> bytes:
    """Raises ValueError where a unit is longer than what is there."""
    kept, at = [], 0
    while at < len(units):
        end = at + _LENGTH + int.from_bytes(units[at : at + _LENGTH])
        if end > len(units) or end == at + _LENGTH:
            raise ValueError("a picture is damaged")
        if units[at + _LENGTH] & _KIND != _NOTE:
            kept.append(units[at:end])
        at = end
    return b"".join(kept)

"""A film as a print: carried as it is where the server takes it, else made anew, smaller. All notes stay behind."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, cast

from amplify.domain.film import ANEW, Film
from amplify.domain.picture import FilmLimits
from amplify.imaging.frames import as_jpeg, fitted
from amplify.imaging.kinds import Container
from amplify.imaging.mp4 import Mp4, samples
from amplify.imaging.reels import Reel, upright, wound

if TYPE_CHECKING:
    from av import AudioFrame, AudioStream, Packet, VideoFrame
    from av.filter import Graph

#: Turned back by what a camera has noted, in degrees against the clock.
_TURNS = {90: ("transpose=cclock",), 180: ("hflip", "vflip"), 270: ("transpose=clock",)}
#: Whatever processor does it.
_EXACT = "flags=bicubic+accurate_rnd+bitexact+full_chroma_int"
_CLEAR = "23"


def carried(data: bytes, kind: Container) -> bytes:
    """The very pictures, in a new file. Raises UnusablePicture."""
    with wound(data, kind) as reel, Mp4() as film:
        pictures = film.copied_pictures(reel.seen)
        sound = _Sound(film, reel.heard)
        for packet in reel.container.demux(*reel.streams):
            if packet.dts is None:
                continue
            if packet.stream is reel.seen:
                film.put_picture(pictures, packet)
            else:
                sound.take(packet)
        sound.end()
    return film.data


def made_anew(data: bytes, kind: Container, known: Film, limits: FilmLimits) -> tuple[bytes, int, int]:
    """Smaller, and as every server takes it; its width and its height. Raises UnusablePicture."""
    most = min(ANEW, limits.pixels or ANEW)
    bits = str(known.bits(limits))
    with wound(data, kind) as reel:
        first = next(reel.container.decode(reel.seen))
        width, height = fitted(*upright(first), most)
    with wound(data, kind) as reel, Mp4() as film:
        pictures = film.pictures(width, height, crf=_CLEAR, maxrate=bits, bufsize=bits)
        pictures.codec_context.time_base = reel.seen.time_base or pictures.codec_context.time_base
        graph = _graph(reel, first, width, height, limits.rate if known.rate > (limits.rate or known.rate) else None)
        sound = _Sound(film, reel.heard)
        for packet in reel.container.demux(*reel.streams):
            if packet.stream is not reel.seen:
                sound.take(packet)
                continue
            for frame in packet.decode():
                graph.vpush(cast("VideoFrame", frame))
                for made in _pulled(graph):
                    film.show(pictures, made)
        graph.vpush(None)
        for made in _pulled(graph):
            film.show(pictures, made)
        film.show(pictures, None)
        sound.end()
    return film.data, width, height


def still_of(data: bytes) -> bytes:
    """What an MP4 of ours begins with, upright, as JPEG."""
    with wound(data, Container.MP4) as reel:
        return as_jpeg(next(reel.container.decode(reel.seen)))


class _Sound:
    """Carried where it is AAC of the common kind, else made anew; nothing where there is none."""

    def __init__(self, film: Mp4, source: "AudioStream | None") -> None:
        self._film = film
        self._carried = source is not None and (source.codec_context.name, source.profile) == ("aac", "LC")
        self._stream: AudioStream | None = None
        if source is not None:
            self._stream = film.copied_sound(source) if self._carried else film.sound()
        self._shape = samples()

    def take(self, packet: "Packet[Any]") -> None:
        if self._stream is None:
            return
        if self._carried:
            self._film.put_sound(self._stream, packet)
            return
        for frame in packet.decode():
            self._film.hear(self._stream, self._shape.resample(cast("AudioFrame", frame)))

    def end(self) -> None:
        if self._stream is not None and not self._carried:
            self._film.hear(self._stream, [*self._shape.resample(None), None])


def _graph(reel: Reel, first: "VideoFrame", width: int, height: int, rate: int | None) -> "Graph":
    """Turns, shrinks and, with `rate`, leaves out pictures."""
    from av.filter import Graph

    graph = Graph()
    steps = [*_TURNS.get(first.rotation % 360, ()), f"scale={width}:{height}:{_EXACT}", "setsar=1", "format=yuv420p"]
    steps += [f"fps={rate}"] if rate is not None else []
    nodes = [graph.add_buffer(template=reel.seen)]
    nodes += [graph.add(*step.split("=", 1)) for step in steps]
    graph.link_nodes(*nodes, graph.add("buffersink")).configure()
    return graph


def _pulled(graph: "Graph") -> "Iterator[VideoFrame]":
    from av import error

    while True:
        try:
            yield graph.vpull()
        except (error.BlockingIOError, error.EOFError):
            return

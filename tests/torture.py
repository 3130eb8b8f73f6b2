"""Files that people put among a campaign's pictures, and that go wrong elsewhere: each made here, none of them kept."""

import zlib
from collections.abc import Mapping
from fractions import Fraction
from io import BytesIO
from random import Random
from struct import pack
from typing import Any, cast

import av
from PIL import Image, ImageCms, ImageDraw

HERE = {1: "N", 2: (48.0, 12.0, 30.0), 3: "E", 4: (16.0, 22.0, 0.0)}
GPS, TURN = 0x8825, 0x0112
ISO_6709 = "+48.2083+016.3725/"


def drawn(width: int = 400, height: int = 300, mode: str = "RGB") -> Image.Image:
    """Red in the corner that is the top left one."""
    image = Image.new("RGB", (width, height), "white")
    ImageDraw.Draw(image).rectangle((0, 0, width // 2, height // 2), fill="red")
    return image.convert(mode)


def saved(image: Image.Image, kind: str = "JPEG", /, **how: Any) -> bytes:
    with BytesIO() as file:
        image.save(file, kind, **how)
        return file.getvalue()


def placed() -> Image.Exif:
    noted = Image.Exif()
    noted[GPS] = HERE
    return noted


def turned() -> bytes:
    noted = Image.Exif()
    noted[TURN] = 6
    return saved(drawn(), exif=noted)


def twelve_megapixels() -> bytes:
    return saved(Image.effect_noise((4000, 3000), 60).convert("RGB"), "PNG", compress_level=1)


def moving(kind: str, frames: int = 4) -> bytes:
    pictures = [drawn(321, 241).rotate(90 * number) for number in range(frames)]
    return saved(pictures[0], kind, save_all=True, append_images=pictures[1:], duration=120, loop=0)


def chunk(name: bytes, body: bytes) -> bytes:
    return pack(">I", len(body)) + name + body + pack(">I", zlib.crc32(name + body))


def bomb() -> bytes:
    """A few bytes that would unpack to 900 million pixels."""
    head = pack(">IIBBBBB", 30_000, 30_000, 8, 2, 0, 0, 0)
    body = chunk(b"IDAT", zlib.compress(b"\0" * 1000))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + body + chunk(b"IEND", b"")


def bright_png() -> bytes:
    plain = saved(drawn(), "PNG")
    return plain[:33] + chunk(b"cICP", bytes([9, 16, 0, 1])) + plain[33:]


def sixteen_bits() -> bytes:
    lines = b"".join(b"\0" + pack(">3H", 65535, 32768, 0) * 64 for _ in range(48))
    head = chunk(b"IHDR", pack(">IIBBBBB", 64, 48, 16, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(lines)) + chunk(b"IEND", b"")


def for_paper(*, profile: bool) -> bytes:
    """Without a CMYK profile at hand, any that belongs to other colours stands for one that does not fit."""
    made = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    return saved(drawn(mode="CMYK"), icc_profile=made if profile else None)


def filmed(
    *,
    codec: str = "libx264",
    kind: str = "mp4",
    size: tuple[int, int] = (320, 240),
    frames: int = 20,
    turn: int = 0,
    bright: bool = False,
    sound: str = "",
    notes: Mapping[str, str] | None = None,
) -> bytes:
    """Two seconds, red in the corner."""
    with BytesIO() as file:
        options = {"movflags": "use_metadata_tags"} if notes else {}
        with av.open(file, "w", format=kind, options=options) as film:
            film.metadata.update(notes or {})
            quiet = {"x265-params": "log-level=none"} if codec == "libx265" else {}
            seen = cast("av.VideoStream", film.add_stream(codec, rate=10, options=quiet))
            seen.width, seen.height, seen.pix_fmt = *size, "yuv420p"
            if turn:
                seen.set_display_rotation(turn)
            if bright:
                seen.codec_context.color_trc = 18
            heard = cast("av.AudioStream", film.add_stream(sound, rate=48_000)) if sound else None
            picture = drawn(*size).convert("RGBA").tobytes()
            for number in range(frames):
                frame = av.VideoFrame.from_bytes(picture, *size).reformat(format="yuv420p")
                frame.pts, frame.time_base = number, Fraction(1, 10)
                if bright:
                    frame.color_trc = 18
                film.mux(seen.encode(frame))
            film.mux(seen.encode(None))
            if heard is not None:
                hum(film, heard, frames * 100)
        return file.getvalue()


def hum(film: "av.container.OutputContainer", stream: "av.AudioStream", milliseconds: int) -> None:
    for at in range(0, milliseconds * 48, 960):
        silence = av.AudioFrame(format=stream.format.name, layout=stream.layout.name, samples=960)
        for side in silence.planes:
            side.update(bytes(side.buffer_size))
        silence.sample_rate, silence.pts = 48_000, at
        film.mux(stream.encode(silence))
    film.mux(stream.encode(None))


def heard_only(kind: str = "mp4", codec: str = "aac") -> bytes:
    with BytesIO() as file:
        with av.open(file, "w", format=kind) as film:
            stream = cast("av.AudioStream", film.add_stream(codec, rate=48_000))
            hum(film, stream, 1000)
        return file.getvalue()


def large(size: int) -> bytes:
    """A film of about so many bytes: one picture of noise, shown again and again."""
    width, height = 1280, 720
    grey = Image.frombytes("L", (width, height), Random(7).randbytes(width * height))
    noise = grey.point(lambda light: 64 + light // 2).convert("RGBA").tobytes()
    with BytesIO() as file:
        with av.open(file, "w", format="mp4") as film:
            seen = film.add_stream("libx264", rate=25, options={"preset": "ultrafast", "crf": "45"})
            seen.width, seen.height, seen.pix_fmt = width, height, "yuv420p"
            frame = av.VideoFrame.from_bytes(noise, width, height).reformat(format="yuv420p")
            frame.pts = 0
            (packet, *_) = [*seen.encode(frame), *seen.encode(None)]
            once, lasts = bytes(packet), packet.duration or 1
            for number in range(size // len(once)):
                again = av.Packet(once)
                again.stream, again.time_base = seen, packet.time_base
                again.pts = again.dts = number * lasts
                again.duration, again.is_keyframe = lasts, True
                film.mux(again)
        return file.getvalue()


def absurd(width: int = 16_000, height: int = 16_000) -> bytes:
    """An MP4 whose stream says of its pictures that they have 256 million pixels: a frame would take 384 MB."""
    plain = filmed()
    at = plain.index(b"avcC") + 4 + 6
    length = int.from_bytes(plain[at : at + 2])
    bits = f"{66:08b}{0xC0:08b}{62:08b}" + "".join(map(_golomb, (0, 0, 2, 1))) + "0"
    bits += _golomb(width // 16 - 1) + _golomb(height // 16 - 1) + "11001"
    told = b"\x67" + b"".join(int(bits[i : i + 8].ljust(8, "0"), 2).to_bytes() for i in range(0, len(bits), 8))
    changed = plain[: at + 2] + told.ljust(length, b"\0") + plain[at + 2 + length :]
    return changed.replace(pack(">HH", 320, 240), pack(">HH", width, height))


def _golomb(number: int) -> str:
    bits = f"{number + 1:b}"
    return "0" * (len(bits) - 1) + bits


def padded(size: int) -> bytes:
    """A short film with so many bytes of nothing in it."""
    plain = filmed()
    return plain + pack(">I", size - len(plain)) + b"free" + bytes(size - len(plain) - 8)


def cut(data: bytes, share: float) -> bytes:
    return data[: int(len(data) * share)]

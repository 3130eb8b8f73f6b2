"""No picture tells more than is seen, in whatever corner of the file that stands."""

import zlib
from io import BytesIO
from struct import pack
from typing import cast

import av
import pytest
from PIL import Image

from amplify.domain.picture import FilmLimits, PictureLimits
from amplify.imaging.darkroom import PillowDarkroom

CANARY = b"canary-31337"
ROOMY = PictureLimits(most=1, bytes=16_000_000)
MOVIES = PictureLimits(most=1, bytes=16_000_000, film=FilmLimits(bytes=16_000_000))


def saved(kind: str, **how: object) -> bytes:
    file = BytesIO()
    Image.new("RGB", (40, 30), "red").save(file, kind, **how)
    return file.getvalue()


def chunk(name: bytes, content: bytes) -> bytes:
    return pack(">I", len(content)) + name + content + pack(">I", zlib.crc32(name + content))


def png(*extra: bytes, behind: bytes = b"") -> bytes:
    plain = saved("PNG")
    first = 8 + 12 + 13
    return plain[:first] + b"".join(extra) + plain[first:] + behind


def jpeg(marker: int, content: bytes, behind: bytes = b"") -> bytes:
    plain = saved("JPEG")
    return plain[:2] + pack(">BBH", 0xFF, marker, len(content) + 2) + content + plain[2:] + behind


def webp(name: bytes) -> bytes:
    plain = saved("WEBP", exif=b"Exif\x00\x00II*\x00\x08\x00\x00\x00\x00\x00")
    extra = name + pack("<I", len(CANARY)) + CANARY
    return plain[:4] + pack("<I", len(plain) - 8 + len(extra)) + plain[8:] + extra


HIDDEN = {
    "PNG, a text": png(chunk(b"tEXt", b"Comment\0" + CANARY)),
    "PNG, a packed text": png(chunk(b"zTXt", b"Comment\0\0" + zlib.compress(CANARY))),
    "PNG, a text in any language": png(chunk(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0" + CANARY)),
    "PNG, EXIF": png(chunk(b"eXIf", b"II*\0\x08\0\0\0\0\0" + CANARY)),
    "PNG, when it was changed": png(chunk(b"tIME", pack(">HBBBBB", 2023, 5, 21, 1, 2, 3)), chunk(b"prVt", CANARY)),
    "PNG, a chunk that nobody knows": png(chunk(b"juNk", CANARY)),
    "PNG, behind its end": png(behind=CANARY),
    "JPEG, a comment": jpeg(0xFE, CANARY),
    "JPEG, an application's own": jpeg(0xEB, CANARY),
    "JPEG, IPTC": jpeg(0xED, b"Photoshop 3.0\0" + CANARY),
    "JPEG, behind its end": jpeg(0xFE, b"x", behind=CANARY),
    "WebP, a chunk that nobody knows": webp(b"JUNK"),
    "WebP, XMP": saved("WEBP", xmp=b"<x>" + CANARY + b"</x>"),
}


@pytest.mark.parametrize("data", HIDDEN.values(), ids=HIDDEN)
def test_nothing_comes_along_that_is_not_seen(data: bytes) -> None:
    made = PillowDarkroom().develop(data, ROOMY)
    whole = made.data
    assert CANARY not in whole
    for start in (at for at in range(len(whole)) if whole[at : at + 1] == b"\x78"):
        try:
            assert CANARY not in zlib.decompressobj().decompress(whole[start:])
        except zlib.error:
            continue


def moving(kind: str, **how: object) -> bytes:
    frames = [Image.new("RGB", (40, 30), colour) for colour in ("red", "blue")]
    file = BytesIO()
    frames[0].save(file, kind, save_all=True, append_images=frames[1:], duration=200, **how)
    return file.getvalue()


def filmed(kind: str, codec: str, **notes: str) -> bytes:
    """A film with notes about all of it and about each of its streams, and one between its pictures."""
    file = BytesIO()
    with av.open(file, "w", format=kind, options={"movflags": "use_metadata_tags"} if kind != "webm" else {}) as film:
        film.metadata.update(notes)
        seen = cast("av.VideoStream", film.add_stream(codec, rate=10))
        seen.metadata.update(notes)
        seen.width, seen.height, seen.pix_fmt = 320, 240, "yuv420p"
        noted = av.bitstream.BitStreamFilterContext(f"h264_metadata=sei_user_data={UUID}+{CANARY.decode()}", "h264")
        for number in range(10):
            frame = av.VideoFrame(320, 240, "yuv420p")
            for plane in frame.planes:
                plane.update(bytes([20 * number]) * plane.buffer_size)
            for packet in seen.encode(frame):
                film.mux(noted.filter(packet) if codec == "libx264" else packet)
        film.mux(seen.encode(None))
    return file.getvalue()


UUID = "086f3693-b7b3-4f2c-9653-21492feee5b8"
NOTES = {"title": CANARY.decode(), "comment": CANARY.decode(), "artist": CANARY.decode(), "creation_time": "2023-05-21"}
MOVING = {
    "GIF, a comment": moving("GIF", comment=CANARY),
    "moving PNG, EXIF": moving("PNG", exif=b"Exif\0\0II*\0\x08\0\0\0\0\0" + CANARY),
    "moving WebP, XMP": moving("WEBP", xmp=b"<x>" + CANARY + b"</x>"),
    "MP4, notes": filmed("mp4", "libx264", **NOTES),
    "MOV, notes": filmed("mov", "libx264", **NOTES, **{"com.apple.quicktime.model": CANARY.decode()}),
    "MP4, made anew": filmed("mp4", "mpeg4", **NOTES),
    "WebM, notes": filmed("webm", "libvpx-vp9", **NOTES),
    "MP4, a box that nobody knows": filmed("mp4", "libx264") + pack(">I", 8 + len(CANARY)) + b"juNk" + CANARY,
}


@pytest.mark.parametrize("data", MOVING.values(), ids=MOVING)
def test_what_moves_tells_nothing_else_either(data: bytes) -> None:
    assert CANARY in data
    made = PillowDarkroom().develop(data, MOVIES)
    assert made.mime == "video/mp4"
    for word in (CANARY, CANARY.decode().encode("utf-16-le"), b"x264", b"Lav", b"VideoHandler\0V"):
        assert word not in made.data
    with av.open(BytesIO(made.data)) as film:
        assert set(film.metadata) <= {"major_brand", "minor_version", "compatible_brands"}
        assert set(film.streams[0].metadata) <= {"language", "handler_name", "vendor_id"}
        assert {stream.type for stream in film.streams} == {"video"}

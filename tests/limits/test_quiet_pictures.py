"""No picture tells more than is seen, in whatever corner of the file that stands."""

import zlib
from io import BytesIO
from struct import pack

import pytest
from PIL import Image

from amplify.domain.picture import PictureLimits
from amplify.imaging.darkroom import PillowDarkroom
from amplify.ports.darkroom import UnusablePicture

CANARY = b"canary-31337"
ROOMY = PictureLimits(most=1, bytes=16_000_000)


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


def test_a_gif_goes_nowhere_with_or_without_its_comment() -> None:
    for data in (saved("GIF"), saved("GIF", comment=CANARY)):
        with pytest.raises(UnusablePicture, match="GIF"):
            PillowDarkroom().develop(data, ROOMY)

"""Prints show what the original showed, and tell nothing else of it."""

import zlib
from io import BytesIO
from struct import pack
from time import perf_counter

import pytest
from PIL import Image, ImageCms, ImageDraw
from PIL.PngImagePlugin import PngInfo

from amplify.domain.picture import PictureLimits, Sort
from amplify.imaging.darkroom import PillowDarkroom
from amplify.ports.darkroom import UnusablePicture

ROOMY = PictureLimits(most=1, bytes=16_000_000)
BLUESKY = PictureLimits(most=1, bytes=2_000_000, pixels=16_000_000)
TELEGRAM = PictureLimits(most=1, bytes=10_000_000, sides=10_000, ratio=20)
NOTE = "Camera 7 of the editor"
HERE = {1: "N", 2: (48.0, 12.0, 30.0), 3: "E", 4: (16.0, 22.0, 0.0)}
GPS = 0x8825


def drawn(mode="RGB", size=(80, 60)):
    image = Image.new("RGB", size, "white")
    ImageDraw.Draw(image).rectangle((0, 0, size[0] // 2, size[1] // 2), fill="red")
    return image.convert(mode)


def saved(image, kind="JPEG", **how):
    file = BytesIO()
    image.save(file, kind, **how)
    return file.getvalue()


def developed(data, limits=ROOMY):
    made = PillowDarkroom().develop(data, limits)
    image = Image.open(BytesIO(made.data))
    image.load()
    assert (image.width, image.height) == (made.width, made.height)
    assert Image.MIME[image.format] == made.mime
    return made, image


def refused(data, limits=ROOMY):
    with pytest.raises(UnusablePicture) as told:
        PillowDarkroom().develop(data, limits)
    assert told.value.hint
    return told.value.code


def noted(kind):
    """A picture with every kind of note in it that a camera or an editor leaves."""
    exif = Image.Exif()
    exif.update({0x010F: NOTE, 0x013B: NOTE, 0x9286: NOTE})
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    how = {"exif": exif, "icc_profile": profile}
    if kind == "PNG":
        texts = PngInfo()
        texts.add_text("Author", NOTE)
        texts.add_itxt("XML:com.adobe.xmp", f"<x:xmpmeta>{NOTE}</x:xmpmeta>", zip=True)
        return saved(drawn(), kind, pnginfo=texts, dpi=(300, 300), **how)
    if kind == "WEBP":
        return saved(drawn(), kind, xmp=f"<x>{NOTE}</x>".encode(), **how)
    iptc = b"Photoshop 3.0\x008BIM\x04\x04\x00\x00" + pack(">I", len(NOTE)) + NOTE.encode()
    data = saved(drawn(), kind, comment=NOTE, xmp=f"<x>{NOTE}</x>".encode(), dpi=(300, 300), **how)
    return data[:2] + b"\xff\xed" + pack(">H", len(iptc) + 2) + iptc + data[2:]


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_no_note_comes_along(kind):
    made, image = developed(noted(kind))
    assert NOTE.encode() not in made.data
    assert not dict(image.getexif())
    assert not {"exif", "xmp", "icc_profile", "comment", "Author", "photoshop", "dpi"} & set(image.info)
    if made.mime == "image/png":
        assert [name for name, _ in chunks(made.data)] == [b"IHDR", b"IDAT", b"IEND"]


def chunks(png):
    at = 8
    while at < len(png):
        length = int.from_bytes(png[at : at + 4])
        yield png[at + 4 : at + 8], png[at + 8 : at + 8 + length]
        at += 12 + length


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_picture_that_tells_its_place_is_refused(kind):
    exif = Image.Exif()
    exif[GPS] = HERE
    assert refused(saved(drawn(), kind, exif=exif)) == "picture-gps"


def test_a_place_that_is_told_in_words_is_refused_too():
    texts = PngInfo()
    texts.add_itxt("XML:com.adobe.xmp", "<rdf exif:GPSLatitude='48,12.5N'/>", zip=True)
    assert refused(saved(drawn(), "PNG", pnginfo=texts)) == "picture-gps"
    assert refused(saved(drawn(), xmp=b"<rdf exif:GPSLongitude='16,22E'/>")) == "picture-gps"
    late = saved(drawn(), "PNG")
    text = b"note\x00GPSLatitude 48.2"
    chunk = pack(">I", len(text)) + b"tEXt" + text + pack(">I", zlib.crc32(b"tEXt" + text))
    assert refused(late[:-12] + chunk + late[-12:]) == "picture-gps"


def test_a_satellite_s_time_is_no_place():
    exif = Image.Exif()
    exif[GPS] = {0: b"\x02\x03\x00\x00", 7: (9.0, 0.0, 0.0)}
    developed(saved(drawn(), exif=exif))


@pytest.mark.parametrize(("turn", "corner"), [(1, (0, 0)), (3, (79, 59)), (6, (59, 0)), (8, (0, 79))])
def test_a_picture_is_turned_as_its_camera_was_held(turn, corner):
    exif = Image.Exif()
    exif[0x0112] = turn
    data = saved(drawn(), "PNG", exif=exif)
    made, image = developed(data)
    assert (made.width, made.height) == ((60, 80) if turn in (6, 8) else (80, 60))
    assert image.convert("RGB").getpixel(corner) == (255, 0, 0)
    seen = PillowDarkroom().examine(data)
    assert (seen.width, seen.height) == (made.width, made.height)


@pytest.mark.parametrize("mode", ["1", "L", "P", "RGB", "CMYK", "YCbCr"])
def test_every_kind_of_colours_becomes_plain(mode):
    kind = "PNG" if mode in ("1", "P") else "JPEG"
    _, image = developed(saved(drawn(mode), kind))
    assert image.mode in ("L", "RGB")
    red, green, blue = image.convert("RGB").getpixel((5, 5))
    assert mode in ("1", "L") or (red > 230, green < 25, blue < 25) == (True, True, True)
    assert image.convert("L").getpixel((70, 50)) > 250


def test_a_print_for_paper_keeps_its_red():
    _, image = developed(saved(drawn("CMYK"), "JPEG", quality=95))
    red, green, blue = image.getpixel((5, 5))
    assert (red > 240, green < 16, blue < 16) == (True, True, True)
    assert image.getpixel((70, 50)) == (255, 255, 255)


def test_sixteen_bits_of_grey_are_not_burnt_out():
    grey = Image.new("I;16", (40, 30), 32768)
    _, image = developed(saved(grey, "PNG"))
    assert abs(image.convert("L").getpixel((5, 5)) - 128) <= 1


def test_what_can_be_seen_through_stays_so_and_lies_on_white_where_there_is_no_room():
    see_through = Image.effect_noise((80, 60), 60).convert("RGBA")
    see_through.putalpha(Image.linear_gradient("L").resize(see_through.size))
    made, image = developed(saved(see_through, "PNG"))
    assert (made.mime, image.mode) == ("image/png", "RGBA")
    tight = PictureLimits(most=1, bytes=6000)
    made, image = developed(saved(see_through, "PNG"), tight)
    assert made.mime == "image/jpeg"
    assert min(image.getpixel((79, 0))) > 240


def test_the_same_picture_gives_the_same_print():
    data = saved(drawn("CMYK"))
    assert PillowDarkroom().develop(data, BLUESKY) == PillowDarkroom().develop(data, BLUESKY)


def test_twelve_million_noisy_pixels_are_made_to_fit():
    noise = Image.effect_noise((4000, 3000), 60).convert("RGB")
    data = saved(noise, "PNG", compress_level=1)
    began = perf_counter()
    made, _ = developed(data, BLUESKY)
    assert perf_counter() - began < 20
    assert len(made.data) <= 2_000_000
    assert 1.30 < made.width / made.height < 1.36


def test_a_drawing_stays_sharp_where_there_is_room():
    made, image = developed(saved(drawn(), "PNG"))
    assert made.mime == "image/png"
    assert image.convert("RGB").getpixel((40, 30)) == (255, 0, 0)


def test_sides_are_shortened_to_what_the_network_takes_and_shapes_that_never_fit_are_refused():
    made, _ = developed(saved(Image.new("L", (9000, 4000))), TELEGRAM)
    assert made.width + made.height <= 10_000
    made, _ = developed(saved(Image.new("L", (2000, 1000))), PictureLimits(most=1, bytes=10**6, pixels=500_000))
    assert made.width * made.height <= 500_000
    assert refused(saved(Image.new("L", (2100, 100))), TELEGRAM) == "picture-shape"


def test_a_gif_that_does_not_move_is_a_picture():
    made, image = developed(saved(drawn("P"), "GIF", comment=NOTE))
    assert (made.mime, made.sort) == ("image/png", Sort.PICTURE)
    assert NOTE.encode() not in made.data
    assert image.convert("RGB").getpixel((5, 5)) == (255, 0, 0)


def bright_png(curve):
    plain = saved(drawn(), "PNG")
    body = b"cICP" + bytes([9, curve, 0, 1])
    return plain[:33] + pack(">I", 4) + body + pack(">I", zlib.crc32(body)) + plain[33:]


def test_a_picture_for_bright_screens_is_told_and_not_shown_pale():
    for curve in (16, 18):  # PQ and HLG
        assert refused(bright_png(curve)) == "picture-hdr"
    developed(bright_png(13))  # sRGB
    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    told = bytes(profile) + b"cicp\0\0\0\0" + bytes([9, 16, 0, 1])
    assert refused(saved(drawn(), icc_profile=told)) == "picture-hdr"


def test_sixteen_bits_of_each_colour_are_shown_as_eight():
    lines = b"".join(b"\0" + pack(">3H", 65535, 32768, 0) * 8 for _ in range(8))
    head = chunk(b"IHDR", pack(">IIBBBBB", 8, 8, 16, 2, 0, 0, 0))
    data = b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(lines)) + chunk(b"IEND", b"")
    _, image = developed(data)
    red, green, blue = image.convert("RGB").getpixel((3, 3))
    assert (red, abs(green - 128) <= 1, blue) == (255, True, 0)


def test_the_bright_half_of_a_phone_s_photo_stays_behind():
    """A JPEG with a second picture behind it (MPF), as phones write for bright screens."""
    file = BytesIO()
    drawn().save(file, "MPO", save_all=True, append_images=[Image.new("L", (40, 30), 255)])
    made, image = developed(file.getvalue())
    assert (made.mime, image.size, getattr(image, "n_frames", 1)) == ("image/jpeg", (80, 60), 1)


def chunk(name, body):
    return pack(">I", len(body)) + name + body + pack(">I", zlib.crc32(name + body))


def bomb():
    """A few bytes that would unpack to 900 million pixels."""
    head = pack(">IIBBBBB", 30_000, 30_000, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 1000)) + chunk(b"IEND", b"")
    )


UNUSABLE = {
    "a text that calls itself a picture": (b"Dear editor,\nthe picture follows.", "not-a-picture"),
    "nothing": (b"", "not-a-picture"),
    "a page": (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "not-a-picture"),
    "a phone's own kind": (b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00", "not-a-picture"),
    "half a JPEG": (saved(Image.effect_noise((400, 300), 60))[:9000], "picture-damaged"),
    "half a PNG": (saved(Image.effect_noise((400, 300), 60), "PNG")[:9000], "picture-damaged"),
    "a single dot": (saved(Image.new("RGB", (1, 1)), "PNG"), "picture-too-small"),
    "a sound": (b"ID3\x04\x00\x00\x00\x00\x00\x00", "not-a-picture"),
    "a video of another kind": (b"RIFF\x00\x00\x00\x00AVI LIST", "not-a-picture"),
    "a bomb": (bomb(), "picture-too-large"),
    "sixty million pixels": (saved(Image.new("1", (10_000, 6_000)), "PNG"), "picture-too-large"),
}


@pytest.mark.parametrize("name", UNUSABLE)
def test_what_cannot_be_used_is_refused_in_a_sentence_and_at_once(name):
    data, code = UNUSABLE[name]
    began = perf_counter()
    assert refused(data) == code
    with pytest.raises(UnusablePicture):
        PillowDarkroom().examine(data)
    assert perf_counter() - began < 20

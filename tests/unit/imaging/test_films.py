"""Films: carried as they are or made anew, upright, within what a server takes, and the same for the same bytes."""

from io import BytesIO
from time import perf_counter

import av
import pytest
from PIL import Image

import torture
from amplify.domain.picture import FilmLimits, PictureLimits, Sort
from amplify.imaging.darkroom import PillowDarkroom
from amplify.ports.darkroom import UnusablePicture
from amplify.testing.pictures import measured
from torture import filmed, moving, saved


def limits(**film):
    return PictureLimits(most=1, bytes=2_000_000, film=FilmLimits(**{"bytes": 40_000_000, **film}))


def developed(data, **film):
    made = PillowDarkroom().develop(data, limits(**film))
    seen = measured(made.data)
    assert (made.mime, seen.mime, seen.size) == ("video/mp4", "video/mp4", len(made.data))
    assert made.data.index(b"moov") < made.data.index(b"mdat")  # it plays while it loads
    return made


def refused(data, **film):
    with pytest.raises(UnusablePicture) as told:
        PillowDarkroom().develop(data, limits(**film))
    assert told.value.hint
    return str(told.value)


def pictures(data):
    """Every picture of a film as a red corner is seen in it, upright, and when it is shown."""
    with av.open(BytesIO(data)) as film:
        return [(round(float(frame.time), 2), frame.width, frame.height) for frame in film.decode(video=0)]


def packets(data):
    with av.open(BytesIO(data)) as film:
        return [bytes(packet) for packet in film.demux(video=0) if packet.size]


def red_corner(made):
    image = Image.open(BytesIO(made.still)).convert("RGB")
    corners = {"top left": (9, 9), "top right": (-9, 9), "bottom left": (9, -9), "bottom right": (-9, -9)}
    return image.size, [
        name for name, (x, y) in corners.items() if image.getpixel((x % image.width, y % image.height))[1] < 90
    ]


def test_a_film_that_fits_keeps_its_pictures_to_the_byte():
    data = filmed(sound="aac")
    made = developed(data)
    assert (made.sort, made.width, made.height, made.seconds) == (Sort.VIDEO, 320, 240, 2.0)
    assert packets(made.data)[1:] == packets(data)[1:]
    assert packets(data)[0].endswith(packets(made.data)[0])  # before the first are the encoder's notes
    with av.open(BytesIO(made.data)) as film:
        assert [stream.codec_context.name for stream in film.streams] == ["h264", "aac"]


@pytest.mark.parametrize(("turn", "size"), [(0, (320, 240)), (90, (240, 320)), (180, (320, 240)), (270, (240, 320))])
def test_a_film_is_seen_as_its_camera_was_held_whether_it_is_carried_or_made_anew(turn, size):
    data = filmed(turn=turn)
    original = PillowDarkroom().examine(data)
    carried, anew = developed(data), developed(data, pixels=60_000)
    assert (original.width, original.height) == (carried.width, carried.height) == size
    assert red_corner(carried)[0] == size
    assert red_corner(carried)[1] == red_corner(anew)[1]
    with av.open(BytesIO(anew.data)) as film:
        frame = next(film.decode(video=0))
        assert (frame.rotation, (frame.width, frame.height)) == (0, (anew.width, anew.height))


@pytest.mark.parametrize("codec", ["libx265", "mpeg4", "libvpx-vp9"])
def test_what_is_made_otherwise_becomes_what_every_app_shows(codec):
    made = developed(filmed(codec=codec, kind="mp4" if codec != "libvpx-vp9" else "webm", sound="libopus"))
    with av.open(BytesIO(made.data)) as film:
        assert [stream.codec_context.name for stream in film.streams] == ["h264", "aac"]
        assert film.streams.video[0].codec_context.pix_fmt == "yuv420p"
    assert len(pictures(made.data)) == 20


def test_it_is_made_smaller_and_calmer_where_a_server_takes_less():
    made = developed(filmed(size=(640, 480)), pixels=76_800, rate=5)
    assert made.width * made.height <= 76_800
    assert (made.width % 2, made.height % 2) == (0, 0)
    assert 9 <= len(pictures(made.data)) <= 11


@pytest.mark.parametrize("kind", ["GIF", "PNG", "WEBP"])
def test_an_animated_picture_becomes_a_silent_film_of_even_size_that_lasts_as_long(kind):
    made = developed(moving(kind))
    assert (made.sort, made.width, made.height) == (Sort.ANIMATION, 320, 240)
    seen = measured(made.data)
    assert (seen.sort, round(seen.seconds, 2)) == (Sort.ANIMATION, 0.48)
    assert [at for at, _, _ in pictures(made.data)] == [0.0, 0.12, 0.24, 0.36]
    assert red_corner(made)[1] == ["top left"]


def test_what_could_be_seen_through_lies_on_white_and_no_time_is_a_tenth_of_a_second():
    clear = Image.new("RGBA", (64, 48), (0, 0, 0, 0))
    dot = clear.copy()
    dot.paste((255, 0, 0, 255), (0, 0, 20, 20))
    made = developed(saved(clear, "PNG", save_all=True, append_images=[dot], duration=0))
    assert Image.open(BytesIO(made.still)).getpixel((40, 40)) >= (250, 250, 250)
    assert [at for at, _, _ in pictures(made.data)] == [0.0, 0.1]


@pytest.mark.parametrize(
    "data", [moving("GIF"), filmed(codec="mpeg4", sound="aac"), filmed()], ids=["GIF", "anew", "carried"]
)
def test_the_same_file_gives_the_same_film(data):
    made = developed(data, pixels=60_000) if data == filmed(codec="mpeg4", sound="aac") else developed(data)
    for _ in range(5):
        assert PillowDarkroom().develop(data, limits(pixels=60_000) if made.width < 320 else limits()) == made


def test_what_does_not_fit_says_by_how_much_and_what_to_do():
    assert refused(filmed(), seconds=0) == "lasts 2 s, and 0 s is the most"
    large = torture.large(9_000_000)
    told = f"is {len(large) / 1_000_000:.3g} MB large, and 0.05 MB is the most, and with so little room"
    assert told in refused(large, bytes=50_000)


def test_a_server_that_takes_no_film_is_told_apart():
    with pytest.raises(UnusablePicture, match="moves, and no moving picture is taken here"):
        PillowDarkroom().develop(moving("GIF"), PictureLimits(most=1, bytes=2_000_000))


def test_a_hundred_megabytes_are_carried_in_a_few_seconds():
    data = torture.large(100_000_000)
    began = perf_counter()
    made = developed(data, bytes=103_809_024)
    assert perf_counter() - began < 20
    assert 95_000_000 < len(made.data) <= len(data)


def test_a_film_with_a_hole_is_damaged_or_carried_and_never_an_accident_of_ours():
    data = filmed(frames=60)
    for begin in range(0, len(data) - 200, 97):
        holed = data[:begin] + bytes(200) + data[begin + 200 :]
        try:
            made = PillowDarkroom().develop(holed, limits())
        except UnusablePicture as told:
            assert told.hint  # noqa: PT017  either is right
        else:
            assert measured(made.data)

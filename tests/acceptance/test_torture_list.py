"""What people put into posts/media: each file does what they expect, or is refused in a sentence that says what to do."""

import re
from io import BytesIO

import pytest
from PIL import Image

import torture
from torture import cut, drawn, filmed, for_paper, heard_only, moving, placed, saved

from .conftest import Town

ALT = "A large red square in the corner of a white field."
FINE = ""
GPS = "tells the place where it was taken (GPS)"
HDR = "is made for very bright screens (HDR), and would look"
LATITUDE = b"<rdf exif:GPSLatitude='48,12.5N'/>"
NO_PICTURE = "is no picture (PNG, JPEG, WebP, GIF) and no video (MP4, MOV, WebM), whatever its name says"

LIST = {
    "a photo with its place": ("photo.jpg", lambda: saved(drawn(), exif=placed()), GPS),
    "a photo with its place in XMP": ("photo.jpg", lambda: saved(drawn(), xmp=LATITUDE), GPS),
    "a PNG of twelve megapixels": ("large.png", torture.twelve_megapixels, FINE),
    "a corrupt JPEG": ("photo.jpg", lambda: cut(saved(Image.effect_noise((400, 300), 60)), 0.4), "is damaged"),
    "half a PNG": ("drawing.png", lambda: cut(saved(Image.effect_noise((400, 300), 60), "PNG"), 0.5), "is damaged"),
    "a text called .png": ("drawing.png", lambda: b"Dear editor,\nthe drawing follows.", NO_PICTURE),
    "nothing at all": ("drawing.png", lambda: b"", "is empty"),
    "a single dot": ("dot.png", lambda: saved(drawn(1, 1), "PNG"), "has 1 by 1 pixels: nobody would see it"),
    "a portrait held upright": ("portrait.jpg", torture.turned, FINE),
    "for paper": ("paper.jpg", lambda: for_paper(profile=False), FINE),
    "for paper, with a profile": ("paper.jpg", lambda: for_paper(profile=True), FINE),
    "sixteen bits a colour": ("deep.png", torture.sixteen_bits, FINE),
    "a PNG for bright screens": ("bright.png", torture.bright_png, HDR),
    "HEIC": ("phone.jpg", lambda: b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00", "(HEIC or AVIF)"),
    "AVIF": ("phone.jpg", lambda: saved(drawn(), "AVIF"), "(HEIC or AVIF)"),
    "a bomb of 900 megapixels": ("bomb.png", torture.bomb, "has more than 50 million pixels"),
    "an animated GIF": ("lamp.gif", lambda: moving("GIF"), FINE),
    "an animated WebP": ("lamp.webp", lambda: moving("WEBP"), FINE),
    "an animated PNG": ("lamp.png", lambda: moving("PNG"), FINE),
    "a GIF that stands still": ("lamp.gif", lambda: saved(drawn(mode="P"), "GIF"), FINE),
    "a video": ("film.mp4", lambda: filmed(sound="aac"), FINE),
    "a video of a phone held upright": ("film.mov", lambda: filmed(kind="mov", turn=90), FINE),
    "a video as phones store it": ("film.mov", lambda: filmed(kind="mov", codec="libx265"), FINE),
    "a video for bright screens": ("film.mp4", lambda: filmed(bright=True), HDR),
    "a video with its place": ("film.mp4", lambda: filmed(notes={"location": torture.ISO_6709}), GPS),
    "a video of the web": ("film.webm", lambda: filmed(kind="webm", codec="libvpx-vp9", sound="libopus"), FINE),
    "an old video": ("film.avi", lambda: filmed(kind="avi", codec="mpeg4"), "is a video of a kind that the networks"),
    "half a video": ("film.mp4", lambda: cut(filmed(), 0.6), "is damaged"),
    "a video of absurd size": ("film.mp4", torture.absurd, "has pictures of 16000 by 16000 pixels"),
    "a video without pictures": ("film.mp4", heard_only, "has sound and nothing to be seen"),
    "a sound": ("song.mp3", lambda: heard_only("mp3", "libmp3lame"), "has sound and nothing to be seen"),
    "a sound called .png": ("song.png", lambda: heard_only("wav", "pcm_s16le"), "has sound and nothing to be seen"),
}


def with_files(town: Town, files: dict[str, bytes], channels: str = "all") -> None:
    folder = town.root / "posts" / "media"
    folder.mkdir(parents=True)
    entries = ""
    for name, content in files.items():
        (folder / name).write_bytes(content)
        entries += f'    - {{file: {name}, alt: {{en: "{ALT}"}}}}\n'
    head = f"- id: field\n  kind: statement\n  at: D 19:00\n  channels: {channels}\n  text: {{en: Come and see.}}\n"
    town.write("posts/all.yaml", f"{head}  media:\n{entries}")


@pytest.mark.parametrize("name", LIST)
def test_each_file_does_what_people_expect_or_is_refused_in_a_sentence(town: Town, name: str):
    file, made, told = LIST[name]
    with_files(town, {file: made()})
    said = town.amplify("check", "--json").json
    assert said["ok"] is (told == FINE)
    if told == FINE:
        page = town.root / "preview.html"
        assert town.amplify("preview", "--html", str(page)).code == 0
        assert ALT in page.read_text()
        return
    (problem,) = said["problems"]
    assert f"posts/media/{file} {told}" in problem["message"] or told in problem["message"]
    assert problem["hint"]
    assert (problem["file"], problem["line"]) == ("posts/all.yaml", 7)
    assert "Traceback" not in town.amplify("preview").out


@pytest.mark.parametrize(
    ("size", "told"),
    [
        (100_000_000, {"telegram": r"is [\d.]+ MB large, and 50 MB is the most"}),
        (120_000_000, dict.fromkeys(("bluesky", "telegram"), "is too large: 1")),
    ],
)
def test_a_hundred_megabytes_go_where_they_fit(town: Town, size: int, told: dict[str, str]):
    with_files(town, {"film.mp4": torture.large(size)})
    problems = town.amplify("check", "--json").json["problems"]
    for network, words in told.items():
        assert any(network in problem["message"] and re.search(words, problem["message"]) for problem in problems), (
            problems
        )
    assert all("bluesky" not in problem["message"] for problem in problems) is ("bluesky" not in told)


def test_the_padding_of_a_film_does_not_count(town: Town):
    with_files(town, {"film.mp4": torture.padded(80_000_000)})
    assert town.amplify("check", "--json").json["ok"]


def test_a_network_says_how_many_pictures_it_takes(town: Town):
    five = {f"{number}.png": saved(drawn(100 + number), "PNG") for number in range(5)}
    with_files(town, five, "[bluesky, telegram]")
    (problem,) = town.amplify("check", "--json").json["problems"]
    assert re.search("bluesky takes 4 pictures in a post, and here are 5", problem["message"])
    assert problem["line"] == 11  # the fifth
    assert "make a thread of it" in problem["hint"]


def test_a_film_goes_alone(town: Town):
    with_files(town, {"one.png": saved(drawn(), "PNG"), "lamp.gif": moving("GIF")})
    (problem,) = town.amplify("check", "--json").json["problems"]
    assert "posts/media/lamp.gif moves, and a moving picture goes alone in a post" in problem["message"]
    assert problem["line"] == 8


def test_the_portrait_is_seen_upright_by_its_pixels(town: Town):
    with_files(town, {"portrait.jpg": torture.turned()})
    page = town.root / "preview.html"
    town.amplify("preview", "--html", str(page))
    assert 'width="300" height="400"' in page.read_text()
    assert Image.open(BytesIO(torture.turned())).size == (400, 300)

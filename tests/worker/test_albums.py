"""Several pictures, and a film: given ahead, once, and again where a server has thrown them away; seen in their order."""

import pytest

from amplify.domain.delivery import State
from amplify.testing.faults import Rule
from amplify.testing.pictures import NOTE, measured, sample
from torture import filmed, moving

from .test_pictures import until_staged

WORDS = "A light for everyone."
ALTS = tuple(f"A round lamp shines in the {which} room." for which in ("first", "second", "third"))
UPLOADS = ("/api/v2/media", "uploadBlob", "uploadVideo")


def write(theatre, files, at="D 09:10", channels="all"):
    folder = theatre.root / "posts" / "media"
    folder.mkdir(parents=True, exist_ok=True)
    media = ""
    for (name, content), alt in zip(files.items(), ALTS, strict=False):
        (folder / name).write_bytes(content)
        media += f'\n    - {{file: {name}, alt: {{en: "{alt}"}}}}'
    text = theatre.post("lamps", at, WORDS, f"media:{media}").replace("channels: all", f"channels: {channels}")
    theatre.write("posts/day.yaml", text)


def three():
    return {f"lamp-{width}.jpg": sample(width, 300) for width in (320, 400, 480)}


def uploads(theatre):
    return sum(r.method == "POST" and r.path.endswith(UPLOADS) for r in theatre.sandbox.requests())


async def until_public(theatre):
    await theatre.until(lambda: theatre.states("lamps") == {State.PUBLISHED})


def seen(theatre):
    """By network, what each shows: words, and size of what was received."""
    shown = {}
    for wall in theatre.sandbox.walls():
        assert wall.network not in shown, "it is there twice"
        received = [theatre.sandbox.picture(media["url"]) for media in wall.extra["media"]]
        assert not any(NOTE.encode() in picture for picture in received)
        shown[wall.network] = (
            [media["alt"] for media in wall.extra["media"]],
            [measured(picture).width for picture in received],
        )
    return shown


async def test_three_pictures_are_given_ahead_and_are_seen_in_their_order(theatre):
    write(theatre, three())
    await until_staged(theatre)
    assert (uploads(theatre), theatre.walls()) == (6, [])
    theatre.let_time_pass()
    await until_public(theatre)
    assert uploads(theatre) == 6
    widths = [320, 400, 480]
    assert seen(theatre) == {
        "mastodon": (list(ALTS), widths),
        "bluesky": (list(ALTS), widths),
        "telegram": (["", "", ""], widths),
    }


async def test_three_pictures_that_were_thrown_away_are_given_again_and_seen_once(theatre):
    write(theatre, three())
    await until_staged(theatre)
    for path in ("/api/v1/statuses", "putRecord"):
        theatre.sandbox.faults.add(Rule(what="forget", method="POST", path=path))
    theatre.let_time_pass()
    await until_public(theatre)
    assert uploads(theatre) >= 9
    assert [len(alts) for alts, _ in seen(theatre).values()] == [3, 3, 3]


@pytest.mark.parametrize(
    ("name", "made", "sort"),
    [("film.mov", lambda: filmed(kind="mov", sound="aac"), "video"), ("lamp.gif", lambda: moving("GIF"), "animation")],
)
async def test_what_moves_is_seen_where_films_are_shown(theatre, name, made, sort):
    write(theatre, {name: made()}, at="D 09:00")
    await theatre.start()
    await until_public(theatre)
    walls = theatre.sandbox.walls()
    assert {wall.network for wall in walls} == {"mastodon", "bluesky", "telegram"}
    for wall in walls:
        (media,) = wall.extra["media"]
        received = measured(theatre.sandbox.picture(media["url"]))
        assert (media["sort"], received.mime, received.width, received.height) == (sort, "video/mp4", 320, 240)

"""A post with a picture: seen once on each network, with its words, whatever happens on the way."""

from amplify.domain.delivery import State
from amplify.testing.pictures import NOTE, sample

ALT = "A round lamp shines in a dark room."
MEDIA = f'media: [{{file: lamp.jpg, alt: {{en: "{ALT}"}}}}]'
UPLOADS = ("/api/v2/media", "uploadBlob")


def write(theatre, name="lamp.jpg", at="D 09:00"):
    folder = theatre.root / "posts" / "media"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_bytes(sample())
    theatre.write("posts/day.yaml", theatre.post("lamp", at, "A light for everyone.", MEDIA))


def shown(theatre):
    return {
        wall.network: (wall.text, [media["alt"] for media in wall.extra["media"]]) for wall in theatre.sandbox.walls()
    }


async def test_a_picture_and_its_words_are_seen_on_every_network(theatre):
    write(theatre)
    await theatre.start()
    await theatre.until(lambda: theatre.states("lamp") == {State.PUBLISHED})
    words = "A light for everyone."
    assert shown(theatre) == {"mastodon": (words, [ALT]), "bluesky": (words, [ALT]), "telegram": (words, [""])}
    received = [theatre.sandbox.picture(wall.extra["media"][0]["url"]) for wall in theatre.sandbox.walls()]
    assert len(received) == 3
    assert not any(NOTE.encode() in picture for picture in received)

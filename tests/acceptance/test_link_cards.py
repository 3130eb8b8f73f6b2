"""A post's link from its line in the file to what followers see: a card with its picture, where the network draws one."""

from pathlib import Path

from amplify.testing.films import film
from amplify.testing.pictures import measured, sample

from .playing import Job

URL = "https://lantern.example/come"


async def test_a_link_is_a_card_on_bluesky_and_a_line_elsewhere(tmp_path: Path):
    play = await Job.open("link_cards", tmp_path / "night", "2027-05-21 08:30")
    try:
        media = play.root / "posts" / "media"
        media.mkdir()
        (media / "lamp.jpg").write_bytes(sample(3000, 2000))
        (media / "film.mp4").write_bytes(film())
        play.take_up("come", "lamp")
        await play.start()
        await play.reach("2027-05-21 10:00")
        await play.reach("2027-05-21 12:00")

        come, lamp = play.wall("bluesky-en")
        assert come.text == "Tonight there is a light in every window.\n\n#LanternNight"
        thumb = play.sandbox.picture(come.extra["card"]["picture"])
        print_ = measured(thumb)
        assert print_ is not None
        assert (print_.mime, len(thumb) <= 1_000_000) == ("image/jpeg", True)
        assert (come.extra["card"]["uri"], come.extra["card"]["title"]) == (URL, "Come and bring a light")
        assert come.extra["card"]["description"] == "Where we meet and when."
        assert (come.extra["quoting"], come.extra["replies"]) == ("nobody", ["mentionRule"])
        assert come.extra["tags"] == ["Lamps", "Windows"]

        (german,) = play.wall("bluesky-de")
        assert german.extra["card"] == {"uri": URL, "title": "Komm und bring ein Licht", "description": ""}
        (toot,) = play.wall("mastodon-en")
        assert URL in toot.text

        assert lamp.text == "The first lamp is on. Thank you, @town-hall.example!\n\nThe invitation"
        assert [(entity.kind, entity.value[:8]) for entity in lamp.entities] == [
            ("mention", "did:plc:"),
            ("link", "https://"),
        ]
        assert "card" not in lamp.extra
        assert [shown["sort"] for shown in lamp.extra["media"]] == ["video"]
        assert lamp.extra["labels"] == ["graphic-media"]
    finally:
        await play.close()

"""Cards from the line in a post to what followers see: drawn, approved, published, told to those who do not see them."""

from pathlib import Path

from amplify.testing.pictures import measured

from .playing import Job, when

ENGLISH, BELARUSIAN = (
    "Day of Solidarity with Political Prisoners in Belarus",
    "Дзень салідарнасці з палітвязнямі Беларусі",
)


async def test_cards_are_drawn_for_each_language_and_shown_whole_on_every_network(tmp_path: Path):
    play = await Job.open("cards", tmp_path / "cards", "2023-05-19 18:00")
    try:
        play.take_up("how-many", "one-more-day")
        await play.start()
        await play.reach("2023-05-20 09:00")
        await play.reach("2023-05-21 11:00")

        walls = {name: play.wall(name) for name in ("mastodon-en", "bluesky-be", "telegram-en")}
        assert {name: [when(post) for post in wall] for name, wall in walls.items()} == {
            name: ["20 May 09:00", "21 May 11:00"] for name in walls
        }
        alts = {name: [post.extra["media"][0]["alt"] for post in wall] for name, wall in walls.items()}
        assert alts == {
            "mastodon-en": [
                f"{ENGLISH}. 1 day until 21 May 2023.",
                f"{ENGLISH}. Political prisoners recognised: more than 1,500. As of 21 May 2023. Source: Viasna.",
            ],
            "bluesky-be": [
                f"{BELARUSIAN}. 1 дзень да 21 мая 2023\u202fг.",
                f"{BELARUSIAN}. Прызнаныя палітвязні: больш за 1500. На 21 мая 2023\u202fг. Крыніца: Viasna.",
            ],
            "telegram-en": ["", ""],
        }
        for post in (post for wall in walls.values() for post in wall):
            print_ = measured(play.sandbox.picture(post.extra["media"][0]["url"]))
            assert print_ is not None
            assert (print_.width, print_.height) == (1600, 900)
        (shown,) = {one["media"][0]["file"] for one in play.json("preview", "how-many")}
        assert shown == "card:figure"
    finally:
        await play.close()


async def test_who_looks_at_a_post_in_a_terminal_reads_what_stands_on_its_card(tmp_path: Path):
    play = await Job.open("cards", tmp_path / "cards", "2023-05-19 18:00")
    try:
        said = " ".join(play.does("preview", "one-more-day").split())
        assert f"picture card:countdown: {ENGLISH}. 1 day until 21 May 2023." in said
    finally:
        await play.close()

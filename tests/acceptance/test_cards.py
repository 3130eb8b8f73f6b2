"""Cards from the line in a post to what followers see: drawn, approved, published, told to those who do not see them."""

import json
from pathlib import Path
from shutil import copytree

from amplify.bootstrap import open_app
from amplify.domain.excerpt import Risk
from amplify.services.survey import survey
from amplify.testing.pictures import measured

from .playing import Job, when

PROJECT = Path(__file__).parents[2]
ONE = """\
- id: card-{number}
  kind: statement
  at: D 12:00
  channels: [mastodon]
  again: true
  card: {card}
  text: {{en: A lamp., de: Eine Lampe., be: Ліхтар., ru: Фонарь.}}
"""
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
        went = [json.loads(line) for line in play.does("export").splitlines()]
        told = {one["key"]: one["pictures"] for one in went if one.get("channel") == "mastodon-en"}
        assert [picture["alt"] for pictures in told.values() for picture in pictures] == alts["mastodon-en"]
    finally:
        await play.close()


async def test_who_looks_at_a_post_in_a_terminal_reads_what_stands_on_its_card(tmp_path: Path):
    play = await Job.open("cards", tmp_path / "cards", "2023-05-19 18:00")
    try:
        said = " ".join(play.does("preview", "one-more-day").split())
        assert f"picture card:countdown: {ENGLISH}. 1 day until 21 May 2023." in said
    finally:
        await play.close()


def test_every_quotation_and_figure_of_the_campaign_fits_on_a_card_in_every_language(tmp_path: Path):
    for room in ("config", "posts"):
        copytree(PROJECT / room, tmp_path / room)
    for file in (tmp_path / "posts").glob("*.yaml"):
        file.unlink()
    app = open_app(tmp_path, environ={})
    quotable = [one.id for one in app.written.excerpts.values() if not one.instead and one.risk is Risk.NORMAL]
    wanted = [f"{{quote: {name}}}" for name in quotable] + [f"{{figure: {name}}}" for name in app.written.figures]
    (tmp_path / "posts" / "all.yaml").write_text("".join(ONE.format(number=n, card=c) for n, c in enumerate(wanted)))
    app = open_app(tmp_path, environ={})
    surveyed = survey(app.written, app.workshop, {})
    assert [one.intent.problem for one in surveyed if one.unusable and one.unusable.code.startswith("card-")] == []
    cards = [shown.card for one in surveyed if one.intent.rendition for shown in one.intent.rendition.pictures]
    assert len(cards) == len(wanted) * 4
    assert {card.language for card in cards if card} == {"en", "de", "be", "ru"}

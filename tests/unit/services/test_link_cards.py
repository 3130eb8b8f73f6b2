"""A post's link becomes a card where its network draws one: with the words and the picture of `links`, nothing fetched."""

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from amplify.bootstrap import App
from amplify.domain.picture import digest_of
from amplify.domain.rendition import Rendition
from amplify.services.check import check
from amplify.services.survey import survey
from amplify.testing.films import film
from amplify.testing.pictures import sample

URL = "https://lantern.example/light"
CAMPAIGN = """\
name: Lantern Night
edition: "2027"
timezone: Europe/Vienna
day: 2027-05-21
languages: [en, be]
hashtags: {core: [Lantern, Night], other: [Lamps]}
links:
  light:
    url: "https://lantern.example/light"
    label: {en: See the light, be: Убачыць святло}
    title: {en: A light for every window, be: Святло ў кожнае акно}
    description: {en: It takes a minute.}
    picture: lamp.jpg
  list:
    url: "https://lantern.example/list"
    label: {en: The list of lamps, be: Спіс лямпаў}
"""
CHANNELS = """\
mastodon-en: {network: mastodon, language: en, server: "https://town.example", token: "${T}"}
bluesky-en: {network: bluesky, language: en, server: "https://town.example", handle: a.example, password: "${T}"}
bluesky-be: {network: bluesky, language: be, server: "https://town.example", handle: b.example, password: "${T}"}
"""
POST = "- {id: night, kind: statement, at: D 09:00, channels: all, text: {en: Light!, be: Святло!}, link: light}\n"
PICTURE = ', media: [{file: lamp.jpg, alt: {en: "A round lamp in the dark.", be: "Круглая лямпа ў цемры."}}]}'
Town = Callable[..., App]


@pytest.fixture
def town(written: Callable[..., App], tmp_path: Path) -> Town:
    def write(post: str = POST, campaign: str = CAMPAIGN, picture: bytes | None = None) -> App:
        folder = tmp_path / "posts" / "media"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "lamp.jpg").write_bytes(picture or sample())
        return written(post, config__campaign=campaign, config__channels=CHANNELS)

    return write


def renditions(app: App) -> Mapping[str, Rendition]:
    found = {one.intent.wanted.channel.name: one for one in survey(app.written, app.workshop, {})}
    assert [one.intent.problem for one in found.values() if one.intent.problem] == []
    return {name: one.intent.rendition for name, one in found.items() if one.intent.rendition is not None}


def problems(app: App) -> set[tuple[str, str, int]]:
    return {(p.code, p.place.file, p.place.line) for p in check(app.written, app.workshop, None, {}) if p.is_error}


def test_a_card_says_it_all_and_no_line_leads_there_as_well(town: Town) -> None:
    found = renditions(town())
    card = found["bluesky-en"].link_card
    assert card is not None
    assert (card.url, card.title, card.description) == (URL, "A light for every window", "It takes a minute.")
    assert card.picture is not None
    assert (card.picture.path, card.picture.digest) == ("posts/media/lamp.jpg", digest_of(sample()))
    assert found["bluesky-en"].text == "Light!"
    assert URL in found["bluesky-en"].links


def test_a_network_without_cards_keeps_its_line(town: Town) -> None:
    rendition = renditions(town())["mastodon-en"]
    assert rendition.link_card is None
    assert rendition.text.startswith("Light!\n\n")
    assert "lantern.example/light" in rendition.text


def test_where_nothing_is_linked_the_page_is_named_and_nothing_is_drawn(town: Town) -> None:
    rendition = renditions(town())["bluesky-be"]
    assert (rendition.text, rendition.link_card) == ("Святло!\n\nСвятло ў кожнае акно", None)


def test_a_link_without_a_title_stays_a_line(town: Town) -> None:
    rendition = renditions(town(POST.replace("link: light", "link: list")))["bluesky-en"]
    assert (rendition.text, rendition.link_card) == ("Light!\n\nThe list of lamps", None)


def test_below_a_picture_there_is_no_room_for_a_card(town: Town) -> None:
    rendition = renditions(town(POST.replace("}\n", PICTURE + "\n")))["bluesky-en"]
    assert (rendition.text, rendition.link_card) == ("Light!\n\nSee the light", None)


@pytest.mark.parametrize(
    "other",
    [("every window", "each window"), ("It takes a minute", "It takes two"), ("example/light", "example/light-here")],
)
def test_whoever_said_yes_saw_another_card(town: Town, other: tuple[str, str]) -> None:
    before = renditions(town())["bluesky-en"]
    assert renditions(town(campaign=CAMPAIGN.replace(*other)))["bluesky-en"].digest != before.digest


def test_whoever_said_yes_saw_another_picture(town: Town) -> None:
    before = renditions(town())["bluesky-en"]
    assert renditions(town(picture=sample(width=320)))["bluesky-en"].digest != before.digest


def test_the_picture_fits_into_the_card_of_its_network(town: Town) -> None:
    app = town(picture=sample(3000, 2000, "PNG"))
    rendition = renditions(app)["bluesky-en"]
    limits = app.workshop.networks["bluesky"].defaults.pictures
    assert limits is not None
    (made,) = app.workshop.pictures.prints(rendition, limits).values()
    assert 0 < len(made.data) <= 1_000_000
    assert made.mime.startswith("image/")


@pytest.mark.parametrize(
    ("file", "picture", "code"),
    [("lost.jpg", None, "picture-missing"), ("lamp.jpg", film(), "picture-moves"), ("lamp.jpg", b"x", "not-a-picture")],
)
def test_a_card_without_its_picture_holds_the_post_and_says_where(
    town: Town, file: str, picture: bytes | None, code: str
) -> None:
    app = town(campaign=CAMPAIGN.replace("picture: lamp.jpg", f"picture: {file}"), picture=picture)
    found = problems(app)
    assert {(where, line) for _, where, line in found} == {("config/campaign.yaml", 13)}
    assert {said for said, _, _ in found} == {code}


def test_the_words_of_a_card_are_looked_at_as_all_that_followers_see(town: Town) -> None:
    told = town(campaign=CAMPAIGN.replace("It takes a minute.", "Ask @somebody@town.example."))
    assert {code for code, _, _ in problems(told)} == {"unknown-mention"}
    preferred = CAMPAIGN + "glossary: {en: {window: pane}}\n"
    said = [str(p) for p in check(town(campaign=preferred).written, town(campaign=preferred).workshop, None, {})]
    assert any("“window” stands here" in line for line in said)


def test_tags_beside_the_text_are_the_campaigns_own(town: Town) -> None:
    on = ", on: {bluesky: {outline_tags: [core, Lamps]}}}\n"
    assert renditions(town(POST.replace("}\n", on)))["bluesky-en"].settings["outline_tags"] == "Lantern Night Lamps"
    assert {code for code, _, _ in problems(town(POST.replace("}\n", on.replace("Lamps", "Dark"))))} == {"unknown-tag"}


def test_a_tag_beside_the_text_is_as_dangerous_as_one_in_it(town: Town) -> None:
    app = town(POST.replace("}\n", ", on: {bluesky: {outline_tags: Lamps}}}\n"), CAMPAIGN + "risky_tags: [Lamps]\n")
    told = [str(p) for p in check(app.written, app.workshop, None, {}) if p.code == "risky-tag"]
    assert any("#Lamps is dangerous to be found with in Belarus" in line for line in told)

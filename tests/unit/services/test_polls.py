"""What readers can choose is looked at like every other word that they see, and is part of what people approve."""

from collections.abc import Callable

import pytest

from amplify.bootstrap import App
from amplify.domain.rendition import Rendition
from amplify.services.check import check
from amplify.services.survey import survey

CAMPAIGN = """\
name: Lantern Night
edition: "2027"
timezone: Europe/Vienna
day: 2027-05-21
languages: [en, de]
coordinators: {one: {}, two: {}}
"""
CHANNELS = """\
mastodon-en: {network: mastodon, language: en, server: "https://town.example", token: "${T}"}
mastodon-de: {network: mastodon, language: de, server: "https://stadt.example", token: "${T}"}
telegram-en: {network: telegram, language: en, chat: "@lantern_en", token: "${T}"}
bluesky-en: {network: bluesky, language: en, server: "https://pds.example", handle: a.example, password: "${T}"}
"""
WHERE = "{en: [At the river, At the hall], de: [Am Fluss, Am Rathaus]}"
Ask = Callable[..., App]


@pytest.fixture
def ask(written: Callable[..., App]) -> Ask:
    def asking(
        options: str = WHERE, lasts: str = "3d", *, more: str = "", channels: str = "[mastodon, telegram]"
    ) -> App:
        post = f"- {{id: ask, kind: call, at: D 09:00, channels: {channels}, text: {{en: Where?, de: Wo?}}, {more}"
        poll = f"poll: {{options: {options}, lasts: {lasts}}}}}\n"
        return written(post + poll, config__campaign=CAMPAIGN, config__channels=CHANNELS)

    return asking


def told(app: App) -> dict[str, str]:
    return {problem.code: problem.message for problem in check(app.written, app.workshop, None, {})}


def shown(app: App) -> dict[str, Rendition]:
    made = (one.intent.rendition for one in survey(app.written, app.workshop, {}))
    return {rendition.channel: rendition for rendition in made if rendition is not None}


def test_each_channel_asks_in_its_language(ask: Ask):
    app = ask()
    assert told(app) == {}
    asked = {name: rendition.poll.options for name, rendition in shown(app).items() if rendition.poll is not None}
    here, hier = ("At the river", "At the hall"), ("Am Fluss", "Am Rathaus")
    assert asked == {"mastodon-en": here, "telegram-en": here, "mastodon-de": hier}


def test_a_yes_is_to_these_options_for_this_long(ask: Ask):
    said = ((WHERE, "3d"), (WHERE.replace("hall", "mill"), "3d"), (WHERE, "2d"))
    assert len({shown(ask(*one))["telegram-en"].digest for one in said}) == len(said)


def test_a_language_without_options_is_told(ask: Ask):
    assert told(ask("{en: [Here, There]}")) == {
        "missing-language": "ask on mastodon-de: the poll has no options in `de`"
    }


def test_each_language_has_as_many_options(ask: Ask):
    app = ask("{en: [Here, There], de: [Hier, Da, Dort]}")
    assert set(told(app)) == {"parity"}
    assert told(ask("{en: [Here, There], de: [Hier, Da, Dort]}", more="differs: {de: two places}, ")) == {}


def test_what_a_server_does_not_take_is_told_of_its_channels_only(ask: Ask):
    app = ask("{en: [A, B, C, D, E], de: [A, B, C, D, E]}")
    assert told(app)["poll-does-not-fit"].startswith("ask on mastodon-de, mastodon-en: a poll has 2 to 4 options")
    assert set(shown(app)) == {"telegram-en"}


@pytest.mark.parametrize(
    ("option", "code"),
    [
        ("The сlosure", "mixed-letters"),
        ("𝗡𝗼", "styled-letters"),
        ("Weissrussland", "glossary"),
        ('"a\\u202eb"', "bidi-control"),
        ('"#Unheard"', "unknown-tag"),
    ],
)
def test_an_option_is_looked_at_like_every_text(ask: Ask, option: str, code: str):
    language = "de" if code == "glossary" else "en"
    options = WHERE.replace("At the hall" if language == "en" else "Am Rathaus", option)
    assert list(told(ask(options))) == [code]


def test_a_network_without_polls_is_told(ask: Ask):
    assert told(ask(channels="bluesky"))["unsupported"] == "ask on bluesky-en: bluesky has not: polls"

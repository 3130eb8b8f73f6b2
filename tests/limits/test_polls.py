"""No polls where answering one can be seen, whoever brings a network that has them."""

from collections.abc import Callable

import pytest

from limits.town import FILES, Said, Stranger, post

Shown = Callable[..., Said]
CHANNELS = """\
strange-en: {network: stranger, language: en, token: "${A}"}
strange-be: {network: stranger, language: be, token: "${B}"}
strange-ru: {network: stranger, language: ru, token: "${C}"}
"""


@pytest.mark.parametrize("key", ["poll", "Poll_options", "quickpoll"])
def test_no_plug_in_asks_readers_in_belarus_or_russia(shown: Shown, key: str) -> None:
    entry = post("Х", f"on: {{stranger: {{{key}: yes or no}}}}", channels="[stranger]", language="be")
    entry += "    ru: Х\n    en: X\n"
    made, held = shown(entry, {"config/channels.yaml": CHANNELS}, network=Stranger(variants={key: ()}))
    assert held == {"strange-be": "poll", "strange-ru": "poll"}
    assert set(made) == {"strange-en"}


@pytest.mark.parametrize("language", ["be", "be-tarask", "be-Latn", "be-BY", "ru", "ru-RU", "ru-Latn-DE"])
@pytest.mark.parametrize("network", ["mastodon", "telegram", "stranger"])
def test_a_post_asks_nobody_in_belarus_or_russia(shown: Shown, network: str, language: str) -> None:
    made, held = asked(shown, network, language, f"{{{language}: [А, Б], en: [A, B]}}")
    assert (set(made), held) == ({"english"}, {"there": "poll"})


@pytest.mark.parametrize("options", ["{be: [А, Б], en: [A, B]}", "{en: [A, B]}", "{en: []}"])
def test_nobody_is_asked_in_the_words_of_another_language(shown: Shown, options: str) -> None:
    _, held = asked(shown, "telegram", "be-tarask", options)
    assert held["there"] == "poll"


@pytest.mark.parametrize("language", ["bel", "rus", "BE", "Ru", "bel-Latn"])
def test_no_other_name_of_a_language_is_taken(shown: Shown, language: str) -> None:
    made, _ = asked(shown, "telegram", language, f"{{{language}: [А, Б], en: [A, B]}}")
    assert "there" not in made


def asked(shown: Shown, network: str, language: str, options: str) -> Said:
    """What becomes of a poll in English and in this language, on two channels of one network."""
    where = {"telegram": 'chat: "@lantern_{}", ', "mastodon": 'server: "https://{}.example", '}.get(network, "")
    channels = [
        f'{name}: {{network: {network}, language: {spoken}, {where.format(name)}token: "${{{name.upper()}}}"}}\n'
        for name, spoken in (("english", "en"), ("there", language))
    ]
    languages = "[en, be, ru]" if language in ("be", "ru") else f"[en, be, ru, {language}]"
    files = {
        "config/channels.yaml": "".join(channels),
        "config/campaign.yaml": FILES["config/campaign.yaml"].replace("[en, be, ru]", languages),
    }
    entry = post("Х", f"poll: {{options: {options}, lasts: 3d}}", channels=f"[{network}]", language=language)
    return shown(f"{entry}    en: X\n", files, network=Stranger() if network == "stranger" else None)


@pytest.mark.parametrize("network", ["mastodon", "bluesky", "telegram"])
def test_no_setting_of_a_network_is_a_poll(shown: Shown, network: str) -> None:
    entry = post("X", f"on: {{{network}: {{poll: yes or no}}}}", channels=f"[{network}]", language="en")
    made, held = shown(entry.replace("channels:", "languages: [en]\n  channels:"))
    assert not made
    assert set(held.values()) == {"unknown-key"}

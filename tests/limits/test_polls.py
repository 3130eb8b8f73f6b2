"""No polls where answering one can be seen, whoever brings a network that has them."""

from collections.abc import Callable

import pytest

from limits.town import Said, Stranger, post

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


@pytest.mark.parametrize("language", ["be", "ru"])
def test_a_post_asks_nobody_in_belarus_or_russia(shown: Shown, language: str) -> None:
    poll = f"poll: {{options: {{{language}: [Так, Не], en: [Yes, No]}}, lasts: 3d}}"
    entry = post("Х", poll, channels="[telegram, mastodon]", language=language)
    made, held = shown(entry + ("" if language == "en" else "    en: X\n"))
    assert {name for name in made if name.endswith((f"-{language}", "-tarask"))} == set()
    assert set(held.values()) <= {"poll", "missing-text"}
    assert "poll" in held.values()


@pytest.mark.parametrize("network", ["mastodon", "bluesky", "telegram"])
def test_no_setting_of_a_network_is_a_poll(shown: Shown, network: str) -> None:
    entry = post("X", f"on: {{{network}: {{poll: yes or no}}}}", channels=f"[{network}]", language="en")
    made, held = shown(entry.replace("channels:", "languages: [en]\n  channels:"))
    assert not made
    assert set(held.values()) == {"unknown-key"}

"""A campaign in a folder, applied to a ledger of its own; no network and no worker."""

from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType

import pytest

from amplify.bootstrap import App, open_app
from amplify.testing.hand_clock import HandClock

CAMPAIGN = """\
name: A test campaign
edition: "2027"
timezone: Europe/Vienna
day: 2027-05-21
languages: [en]
hashtags: {core: [Belarus]}
coordinators: {one: {}, two: {}}
"""
CHANNELS = """\
mastodon-en: {network: mastodon, language: en, server: "https://mastodon.example", token: "${T_MASTODON}"}
telegram-en: {network: telegram, language: en, chat: "@test_en", token: "${T_TELEGRAM}"}
"""


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def written(tmp_path: Path, clock: HandClock) -> Callable[..., App]:
    """Write posts (and other files) and open the campaign with the test's clock."""

    def write(posts: str, environ: Mapping[str, str] = MappingProxyType({}), **others: str) -> App:
        files = {"config/campaign.yaml": CAMPAIGN, "config/channels.yaml": CHANNELS, "posts/day.yaml": posts}
        files |= {name.replace("__", "/") + ".yaml": text for name, text in others.items()}
        for name, text in files.items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
        app = open_app(tmp_path, environ=environ)
        app.__dict__["clock"] = clock
        return app

    return write

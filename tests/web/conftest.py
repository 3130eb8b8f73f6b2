"""A browser, started once for all tests, and the preview of a campaign that has a little of everything."""

import json
import re
import shutil
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from click.testing import CliRunner

from amplify.bootstrap import CLOCK_FILE
from amplify.cli.main import amplify as commands
from amplify.clockwork.clocks import wind
from amplify.testing.pictures import sample
from servers.processes import set_up

NOW = datetime(2027, 5, 14, 7, tzinfo=UTC)
CAMPAIGN = """\
name: Lantern Night
edition: "2027"
timezone: Europe/Vienna
day: 2027-05-21
languages: [en, be]
hashtags: {core: [LanternNight]}
links:
  invitation:
    url: "https://lantern.example/come?with=a&lamp=1"
    label: {en: The invitation, be: Запрашэнне}
coordinators: {editor: {}, reviewer: {}}
rules:
  per_account: {a_day: 40, on_day: 40, least_gap: 5m}
  lint: {emoji-place: off}
"""
CHANNELS = """\
mastodon-en: {network: mastodon, language: en, server: "https://town.example", token: "${T_MASTODON}"}
mastodon-be: {network: mastodon, language: be, server: "https://town.example", token: "${T_BE}"}
bluesky-en: {network: bluesky, language: en, server: "https://sky.example", handle: lantern.example, password: "${T_BLUESKY}"}
telegram-en: {network: telegram, language: en, chat: "@lantern_en", token: "${T_TELEGRAM}"}
telegram-be: {network: telegram, language: be, chat: "@lantern_be", token: "${T_TELEGRAM_BE}"}
"""
FIGURES = """\
lamps:
  label: {en: Lamps lit so far, be: Запаленых ліхтароў}
  value: 1496
  qualifier: more_than
  as_of: 2027-05-10
  source: {name: The lamp office, url: "https://lantern.example/lamps"}
streets:
  label: {en: Streets, be: Вуліцы}
  value: 12
  as_of: 2025-01-01
  source: {name: A map of the town}
"""
POSTS = """\
- id: evening
  kind: statement
  at: D 19:00
  channels: all
  text:
    en: |
      💡 Come with **a lamp**, 灯りを持って. <b>Not bold</b> & "so".

      {{ figure.lamps.line }}
    be: |
      Прыходзце з **ліхтаром**. {{ figure.lamps.line }}
  link: invitation
  tags: [core]
  media: [{file: lamp.jpg, alt: {en: "A lamp in the dark, drawn with six rings of light.", be: "Ліхтар у цемры: шэсць кругоў святла, намаляваныя адзін у адным."}}]
  on:
    mastodon: {warning: {en: bright light, be: яркае святло}, visibility: unlisted}
- id: walk
  kind: thread
  at: D 20:00
  channels: [mastodon-en, bluesky-en, telegram-en]
  languages: [en]
  numbered: true
  thread:
    - {id: gather, text: {en: "We gather at the old bridge."}}
    - {id: go, text: {en: "We walk along the river, lamps in our hands, and nobody hurries."}}
    - {id: home, text: {en: "We go home. Thank you."}}
- id: morning
  kind: figure
  at: D-2 09:00
  channels: [mastodon-en, telegram-en]
  text:
    en: |
      {{ figure.streets.line }}
  on:
    telegram: {silent: true, button: invitation}
    mastodon: {text: {en: "%s"}}
""" % ("Far too long for this network. " * 30)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """The file, and what `amplify preview --json` says of the same campaign."""

    file: Path
    deliveries: list[dict[str, Any]]

    @property
    def url(self) -> str:
        return self.file.as_uri()


@pytest.fixture(scope="session")
def preview(tmp_path_factory: pytest.TempPathFactory) -> Shown:
    root = tmp_path_factory.mktemp("lanterns")
    for name, text in {
        "config/campaign.yaml": CAMPAIGN,
        "config/channels.yaml": CHANNELS,
        "config/figures.yaml": FIGURES,
        "posts/all.yaml": POSTS,
    }.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text)
    (root / "posts/media").mkdir()
    (root / "posts/media/lamp.jpg").write_bytes(sample(notes=False))
    (root / "var").mkdir()
    wind(root / "var" / CLOCK_FILE, start=NOW, speed=1, spring=timedelta())
    words = ["preview", "--html", str(root / "preview.html"), "--json", "--campaign", str(root)]
    said = CliRunner().invoke(commands, words)
    assert said.exit_code == 1, said.output
    return Shown(file=root / "preview.html", deliveries=json.loads(said.stdout))


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser() -> AsyncIterator[Any]:
    """The machine's own Chromium."""
    set_up("chromium")
    from playwright.async_api import async_playwright

    found = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))))
    async with async_playwright() as playwright:
        running = await playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        yield running
        await running.close()


@pytest.fixture
def opened(browser: Any) -> Callable[..., Any]:
    """A page in a window of its own; `asked` of it lists every request that it tried, and none but the first gets out."""

    @asynccontextmanager
    async def open_page(url: str, *, size: tuple[int, int] = (1280, 800), **wishes: Any) -> AsyncIterator[Any]:
        context = await browser.new_context(viewport={"width": size[0], "height": size[1]}, **wishes)
        asked: list[str] = []

        async def answer(route: Any) -> None:
            asked.append(route.request.url)
            same_place = re.match(r"file:|http://127\.0\.0\.1:", route.request.url)
            await (route.continue_() if same_place else route.abort())

        await context.route("**/*", answer)
        page = await context.new_page()
        await page.goto(url)
        yield page, asked
        await context.close()

    return open_page


@pytest.fixture
def faults_of() -> Callable[..., Any]:
    """What axe-core finds serious or critical: the rule and where."""

    async def ask(page: Any) -> list[tuple[str, str]]:
        from axe_playwright_python.async_playwright import Axe

        found = await Axe().run(page)
        return [
            (fault["id"], node["html"][:200])
            for fault in found.response["violations"]
            if fault["impact"] in ("serious", "critical")
            for node in fault["nodes"]
        ]

    return ask

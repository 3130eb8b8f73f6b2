"""A campaign in a folder, at a time that stands still, and the command line as people type it."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from amplify.bootstrap import CLOCK_FILE, open_app
from amplify.cli.main import amplify as commands
from amplify.clockwork.clocks import wind
from amplify.domain.key import Key
from amplify.testing.ledger_scenes import ACCOUNT, LEASE, begin, lost
from protecting import environ

#: A week before the day, at 09:00 in Vienna.
NOW = datetime(2027, 5, 14, 7, tzinfo=UTC)

CAMPAIGN = """\
name: Lantern Night
edition: "2027"
timezone: Europe/Vienna
day: 2027-05-21
languages: [en]
hashtags: {core: [LanternNight]}
links:
  invitation: {url: "https://lantern.example/come", label: {en: The invitation}}
coordinators: {editor: {}, reviewer: {}}
rules:
  approval: {people: 2}
  lint: {emoji-place: off, bare-figure: off}
"""
CHANNELS = """\
mastodon-en: {network: mastodon, language: en, server: "https://town.example", token: "${T_MASTODON}"}
bluesky-en: {network: bluesky, language: en, server: "https://sky.example", handle: lantern.example, password: "${T_BLUESKY}"}
telegram-en: {network: telegram, language: en, chat: "@lantern_en", token: "${T_TELEGRAM}"}
"""
POSTS = """\
- id: evening
  kind: statement
  at: D 19:00
  channels: all
  text:
    en: |
      💡 Come with **a lamp**.
  link: invitation
  tags: [core]
- id: morning
  kind: statement
  at: D-2 09:00
  channels: [mastodon-en]
  text:
    en: |
      Two days to go, clean your lamps.
"""
SECRETS = {"T_MASTODON": "secret-one", "T_BLUESKY": "secret-two", "T_TELEGRAM": "3:secret"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


@dataclass(frozen=True, slots=True)
class Town:
    """A campaign in `root` and the commands on it."""

    root: Path

    def write(self, name: str, text: str) -> None:
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)

    def change(self, name: str, old: str, new: str) -> None:
        path = self.root / name
        text = path.read_text()
        assert old in text
        path.write_text(text.replace(old, new))

    def amplify(self, *words: str, typed: str | None = None) -> Said:
        """A command, run inside this process; `typed` is what a person answers."""
        on = [*words, "--campaign", str(self.root)] if words else []
        result = CliRunner().invoke(commands, on, input=typed, env={**SECRETS, **environ(self.root)})
        return Said(code=result.exit_code, out=result.stdout, err=result.stderr)

    def json(self, *words: str) -> Any:
        """What a command that must succeed answers."""
        said = self.amplify(*words, "--json")
        assert said.code == 0, said.out + said.err
        return said.json

    def set_clock(self, at: datetime) -> None:
        """Time stands still at `at`."""
        (self.root / "var" / CLOCK_FILE).unlink(missing_ok=True)
        wind(self.root / "var" / CLOCK_FILE, start=at, speed=1, spring=timedelta())

    def lose_sight_of(self, key: str) -> None:
        """As a worker leaves it whose request got no answer."""
        app = open_app(self.root, environ=SECRETS)
        row = app.ledger.delivery(Key.parse(key))
        assert row is not None
        taken = app.ledger.claim(row, worker="first", account=ACCOUNT, lease_until=NOW + LEASE, now=NOW)
        lost(app.ledger, begin(app.ledger, taken))
        app.close()


@pytest.fixture
def town(tmp_path: Path) -> Town:
    """Written, not applied."""
    made = Town(tmp_path / "town")
    made.write("config/campaign.yaml", CAMPAIGN)
    made.write("config/channels.yaml", CHANNELS)
    made.write("posts/all.yaml", POSTS)
    made.set_clock(NOW)
    return made


@pytest.fixture
def applied(town: Town) -> Town:
    town.json("apply")
    return town


@pytest.fixture
def process() -> Callable[..., Said]:
    """`python -m amplify …` as a process of its own."""

    def run(*words: str, cwd: Path | None = None, python: tuple[str, ...] = (), **environ: str) -> Said:
        done = subprocess.run(
            [sys.executable, *python, "-m", "amplify", *words],
            cwd=cwd,
            env={**os.environ, **SECRETS, **environ},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )
        return Said(code=done.returncode, out=done.stdout, err=done.stderr)

    return run

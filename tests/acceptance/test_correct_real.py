"""A wrong number in three published posts on servers that others wrote, put right by commands as they are typed.

Bluesky's own server, a Mastodon, and a look-alike of Telegram; `amplify run` as a process of its own, twice.
"""

import asyncio
import json
import os
import subprocess
import sys
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from amplify.testing.resident import Resident, settings_for
from amplify.testing.sandbox import Sandbox
from amplify.testing.wall import WallPost
from servers.bluesky import Pds
from servers.mastodon import MastodonMock

pytestmark = pytest.mark.real

PASSWORD = "canary-3c1f"  # of accounts that end with the test
CHAT = Resident(network="telegram", channels=("telegram-en",), name="@lamps", secret="7:canary-3c1f", title="Lamps")
CAMPAIGN = """\
name: Lantern Night
edition: "2027"
timezone: UTC
day: {day}
languages: [en]
hashtags: {{core: [LanternNight]}}
coordinators: {{editor: {{}}, reviewer: {{}}, second: {{}}}}
rules: {{quiet_hours: none}}
"""
FIGURES = """\
lamps:
  label: {{en: Lamps lit}}
  value: 1510
  as_of: {day}
  source: {{name: The count}}
"""
POSTS = """\
- id: morning
  kind: figure
  at: {at}
  channels: [mastodon-en]
  text: {{en: "Look out of the window. {{{{ figure.lamps.line }}}}"}}
- id: noon
  kind: figure
  at: {at}
  channels: [bluesky-en]
  text: {{en: "Counted in the streets. {{{{ figure.lamps.line }}}}"}}
- id: evening
  kind: figure
  at: {at}
  channels: [telegram-en]
  text: {{en: "Seen from the hill. {{{{ figure.lamps.line }}}}"}}
"""
WRONG = {
    "mastodon-en": "Look out of the window. Lamps lit: 1,510",
    "bluesky-en": "Counted in the streets. Lamps lit: 1,510",
    "telegram-en": "Seen from the hill. Lamps lit: 1,510",
}
Wall = Callable[[], Sequence[WallPost]]


@dataclass(frozen=True, kw_only=True)
class Town:
    """A campaign's folder, what its processes are told, and the walls by channel."""

    root: Path
    environ: Mapping[str, str]
    walls: Mapping[str, Wall]

    async def does(self, *words: str) -> str:
        """What a command that must succeed prints, typed in a shell of its own; the look-alike answers meanwhile."""
        done = await asyncio.to_thread(
            subprocess.run,
            [sys.executable, "-m", "amplify", *words],
            cwd=self.root,
            env={**os.environ, **self.environ},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    async def json(self, *words: str) -> Any:
        return json.loads(await self.does(*words, "--json"))

    def texts(self) -> dict[str, list[str]]:
        return {channel: [post.text for post in wall()] for channel, wall in self.walls.items()}


@pytest.fixture
async def town(tmp_path: Path, pds: Pds, mastodon_mock: MastodonMock) -> AsyncIterator[Town]:
    """Nothing is published yet."""
    sandbox = await Sandbox.open([CHAT], now=lambda: datetime.now(UTC))
    mastodon, bluesky = mastodon_mock.sign_up(PASSWORD), pds.sign_up(PASSWORD)
    channels, environ = {}, {}
    for resident, url in ((mastodon, mastodon_mock.url), (bluesky, pds.url), (CHAT, sandbox.urls["telegram"])):
        settings = settings_for(resident, {resident.network: url})
        secret = "password" if resident.network == "bluesky" else "token"
        environ[f"T_{resident.network.upper()}"] = settings[secret]
        settings[secret] = f"${{T_{resident.network.upper()}}}"
        channels[f"{resident.network}-en"] = {"network": resident.network, "language": "en", **settings}
    at = datetime.now(UTC) + timedelta(hours=1)
    for name, text in {
        "config/campaign.yaml": CAMPAIGN.format(day=f"{at:%Y-%m-%d}"),
        "config/channels.yaml": json.dumps(channels),
        "config/figures.yaml": FIGURES.format(day=f"{datetime.now(UTC):%Y-%m-%d}"),
        "posts/lamps.yaml": POSTS.format(at=f"{at:%Y-%m-%d %H:%M}"),
    }.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    yield Town(
        root=tmp_path,
        environ={**environ, "AMPLIFY_TIMEOUT": "10"},
        walls={
            "mastodon-en": lambda: mastodon_mock.wall(mastodon, mastodon_mock.url),
            "bluesky-en": lambda: pds.wall(bluesky, pds.url),
            "telegram-en": sandbox.walls,
        },
    )
    await sandbox.close()


async def test_one_command_finds_three_posts_and_the_walls_show_their_corrections(town: Town) -> None:
    await publish(town, "morning", "noon", "evening")
    assert {channel: text.partition(" (")[0] for channel, (text,) in town.texts().items()} == WRONG
    before = {channel: wall()[0] for channel, wall in town.walls.items()}

    (traced,) = (await town.json("trace", before["telegram-en"].url))["traces"]
    wrong = traced["figures"][0]["version"]
    today = f"{datetime.now(UTC):%Y-%m-%d}"
    right = ("figures", "set", "lamps", "1496", "--as-of", today, "--source-name", "The count", "--corrects", wrong)
    await town.does(*right, "--reason", "a slip of the pen", "--by", "editor")
    told = await town.json("correct", "lamps", "--reason", "A slip of the pen.", "--by", "editor")
    assert {one["url"] for found in told["found"] for one in found["deliveries"]} == {
        post.url for post in before.values()
    }
    assert len(told["drafted"]) == 3
    draft = town.root / told["file"]
    draft.write_text(draft.read_text().replace("kind: correction", "kind: correction\n  urgent: true"))
    assert (await town.json("check"))["ok"]
    await publish(town, *told["drafted"])

    walls = {channel: wall() for channel, wall in town.walls.items()}
    for channel in ("mastodon-en", "telegram-en"):
        (post,) = walls[channel]
        assert (post.remote_id, post.url) == (before[channel].remote_id, before[channel].url)
        assert post.text.startswith(WRONG[channel].replace("1,510", "1,496"))
        assert ": we wrote 1,510. Reason: A slip of the pen." in post.text
        assert post.extra["edited_at"]
    first, answer = walls["bluesky-en"]
    assert first.text == before["bluesky-en"].text
    assert answer.reply_to == first.remote_id
    assert "we wrote: Lamps lit: 1,510" in answer.text
    assert "Correct: Lamps lit: 1,496" in answer.text

    for channel, post in before.items():
        trace = next(one for one in (await town.json("trace", post.url))["traces"] if "correction" not in one["key"])
        (correction,) = trace["corrected_by"]
        assert correction.endswith(f"@{channel}")
        (figure,) = trace["figures"]
        assert (figure["said"], figure["now"], bool(figure["corrected"])) == ("1510", "1496", True)
        assert trace["record"] == "whole"
    again = await town.json("correct", "lamps", "--by", "editor")
    assert (again["file"], sorted(again["already"])) == ("", ["evening", "morning", "noon"])


async def publish(town: Town, *posts: str) -> None:
    """Take up what is written, say yes, and let a worker work until nothing is left."""
    await town.does("apply")
    for post in posts:
        await town.does("now", post, "--by", "reviewer", "--yes")
    await town.does("approve", *posts, "--by", "second", "--yes")
    await town.does("run", "--until-idle", "--no-watch")
    states = {row["post"]: row["state"] for row in (await town.json("status", "--all"))["deliveries"]}
    assert {states[post] for post in posts} == {"published"}

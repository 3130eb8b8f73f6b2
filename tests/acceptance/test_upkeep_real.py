"""Posts published, edited, measured and taken back by commands as they are typed, on servers that others wrote.

Bluesky's whole network, a Mastodon, and a look-alike of Telegram, where the first message is two days old by then;
`amplify run` as a process of its own, twice.
"""

import asyncio
import json
import os
import subprocess
import sys
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from amplify.cli.main import amplify as commands
from amplify.testing.resident import Resident, settings_for
from amplify.testing.sandbox import Sandbox
from amplify.testing.wall import WallPost
from servers.appview import AppView
from servers.asking import post, submit
from servers.mastodon import MastodonMock

pytestmark = pytest.mark.real

PASSWORD = "canary-77e1"  # of accounts that end with the test
CHAT = Resident(network="telegram", channels=("telegram-en",), name="@lamps", secret="7:canary-77e1", title="Lamps")
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
LAMPS = """\
- id: lamps
  kind: call
  at: {at}
  channels: all
  text: {{en: "Light a lamp and put it into the window."}}
"""
FIX = """\
- id: fix
  kind: correction
  corrects: lamps
  urgent: true
  at: {at}
  channels: all
  text: {{en: "Light a candle and put it into the window."}}
  on:
    mastodon: {{as: edit}}
    bluesky: {{as: {bluesky}}}
    telegram: {{as: edit}}
- id: thanks
  kind: statement
  urgent: true
  at: {at}
  channels: [telegram-en]
  text: {{en: "Thank you all, in every street."}}
"""
ONE, OTHER = "Light a lamp and put it into the window.", "Light a candle and put it into the window."
Wall = Callable[[], Sequence[WallPost]]


@dataclass(kw_only=True)
class Town:
    """A campaign's folder, what its commands are told, the walls by channel, and who else lives there.

    `late`: how far Telegram's clock is behind.
    """

    root: Path
    environ: Mapping[str, str]
    walls: Mapping[str, Wall]
    urls: Mapping[str, str]
    appview: AppView
    stranger: Resident
    late: timedelta = timedelta(hours=49)
    codes: list[int] = field(default_factory=list)

    async def types(self, *words: str) -> str:
        """What a command prints; `codes` has how it ended. The look-alike answers meanwhile."""
        typed = ["--campaign", str(self.root)]
        done = await asyncio.to_thread(
            CliRunner(env=dict(self.environ)).invoke, commands, [*words, *typed], prog_name="amplify"
        )
        self.codes.append(done.exit_code)
        return done.stdout if "--json" in words else done.output

    async def does(self, *words: str) -> Any:
        """The JSON of a command that must succeed."""
        said = await self.types(*words, "--json")
        assert self.codes[-1] == 0, said
        return json.loads(said)

    def write(self, name: str, text: str, **more: str) -> None:
        at = datetime.now(UTC) + timedelta(hours=1)
        (self.root / name).parent.mkdir(parents=True, exist_ok=True)
        (self.root / name).write_text(text.format(at=f"{at:%Y-%m-%d %H:%M}", day=f"{at:%Y-%m-%d}", **more))

    async def publish(self, *names: str) -> None:
        """Take up what is written, say yes, and let a worker work until nothing is left."""
        await self.does("apply")
        for name in names:
            await self.does("now", name, "--by", "reviewer", "--yes")
        await self.does("approve", *names, "--by", "second", "--yes")
        worker = [sys.executable, "-m", "amplify", "run", "--until-idle", "--no-watch", "--campaign", str(self.root)]
        environ = {**os.environ, **self.environ}
        await asyncio.to_thread(subprocess.run, worker, env=environ, capture_output=True, timeout=120, check=True)
        rows = (await self.does("status", "--all"))["deliveries"]
        assert {row["state"] for row in rows if row["post"] in names} == {"published"}, rows

    async def states(self) -> dict[str, str]:
        return {row["key"]: row["state"] for row in (await self.does("status", "--all"))["deliveries"]}

    def texts(self) -> dict[str, list[str]]:
        return {channel: [shown.text for shown in wall()] for channel, wall in self.walls.items()}

    async def crowd(self, number: str, **does: object) -> None:
        """What readers of the channel do."""
        await asyncio.to_thread(post, f"{self.urls['telegram']}/crowd/@lamps/{number}", **does)

    async def by_hand(self, number: str) -> None:
        """Somebody deletes a message in the app, whenever it was sent."""
        now, self.late = self.late, timedelta(hours=49)
        url = f"{self.urls['telegram']}/bot{CHAT.secret}/deleteMessage"
        await asyncio.to_thread(post, url, chat_id=CHAT.name, message_id=number)
        self.late = now


@pytest.fixture
async def town(tmp_path: Path, appview: AppView, mastodon_mock: MastodonMock) -> AsyncIterator[Town]:
    """Nothing is published yet."""
    sandbox = await Sandbox.open([CHAT], now=lambda: datetime.now(UTC) - town.late)
    mastodon, bluesky = mastodon_mock.sign_up(PASSWORD), appview.sign_up(PASSWORD)
    urls = {"mastodon": mastodon_mock.url, "bluesky": appview.url, "telegram": sandbox.urls["telegram"]}
    channels, environ = {}, {"AMPLIFY_TIMEOUT": "10"}
    for resident in (mastodon, bluesky, CHAT):
        settings = settings_for(resident, {resident.network: urls[resident.network]})
        secret = "password" if resident.network == "bluesky" else "token"
        environ[f"T_{resident.network.upper()}"] = settings[secret]
        settings[secret] = f"${{T_{resident.network.upper()}}}"
        channels[f"{resident.network}-en"] = {"network": resident.network, "language": "en", **settings}
    town = Town(
        root=tmp_path,
        environ=environ,
        walls={
            "mastodon-en": lambda: mastodon_mock.wall(mastodon, mastodon_mock.url),
            "bluesky-en": lambda: appview.wall(bluesky, appview.url),
            "telegram-en": sandbox.walls,
        },
        urls=urls,
        appview=appview,
        stranger=mastodon_mock.sign_up(PASSWORD),
    )
    town.write("config/campaign.yaml", CAMPAIGN)
    (tmp_path / "config/channels.yaml").write_text(json.dumps(channels))
    yield town
    await sandbox.close()


async def test_published_edited_measured_and_taken_back_on_all_three(town: Town) -> None:
    town.write("posts/lamps.yaml", LAMPS)
    await town.publish("lamps")
    lamps = {channel: wall()[0] for channel, wall in town.walls.items()}
    assert town.texts() == {"mastodon-en": [ONE], "bluesky-en": [ONE], "telegram-en": [ONE]}
    town.late = timedelta()

    # edited, where the network can: Bluesky's is refused in a sentence, and answers
    town.write("posts/fix.yaml", FIX, bluesky="edit")
    assert "bluesky cannot change what is public (remove it: then the correction answers)" in await town.types("check")
    assert town.codes[-1] == 1
    town.write("posts/fix.yaml", FIX, bluesky="reply")
    await town.publish("fix", "thanks")
    assert town.texts() == {
        "mastodon-en": [OTHER],
        "bluesky-en": [ONE, OTHER],
        "telegram-en": [OTHER, "Thank you all, in every street."],
    }

    # measured, before and after people have answered, liked and reacted
    told = await town.types("measure", "lamps")
    assert "0 replies, 0 boosts, 0 likes" in told
    assert "nothing told" in told
    await people_answer(town, lamps)
    told = await town.types("measure", "lamps")
    assert "2 replies, 0 boosts, 0 likes, 0 quotes  +1 reply since" in told
    assert "1 reply, 0 boosts, 1 like               +1 reply, +1 like since" in told
    assert "3 reactions" in told

    # taken back: Telegram refuses after 48 hours, and a person is told what to do
    told = await town.types("withdraw", "lamps", "thanks", "--by", "editor", "--yes")
    assert town.codes[-1] == 1
    assert f"Gone: lamps on mastodon-en, {lamps['mastodon-en'].url}" in told
    assert f"Gone: lamps on bluesky-en, {lamps['bluesky-en'].url}" in told
    assert "Telegram lets a bot delete a message for 48 hours only" in told
    assert f"delete it there: {lamps['telegram-en'].url}" in told
    assert told.count("What cannot be recalled on ") == 3
    assert "2027/fix@bluesky-en quotes or answers it, and stays" in told
    assert town.texts() == {"mastodon-en": [], "bluesky-en": [OTHER], "telegram-en": [OTHER]}
    await town.by_hand(lamps["telegram-en"].remote_id)
    again = await town.does("withdraw", "lamps", "--by", "editor", "--yes")
    assert [one["key"] for one in again["withdrawn"]] == ["2027/lamps@telegram-en"]
    assert len(again["before"]) == 2

    # the record knows, and nothing of it comes back
    states = await town.states()
    assert {key for key, state in states.items() if state != "withdrawn"} == {"2027/fix@bluesky-en"}
    assert (await town.does("plan"))["summary"]["create"] == 0
    assert "The record is whole" in await town.types("verify")
    out = town.root / "out.jsonl"
    await town.types("export", str(out))
    exported = [json.loads(line) for line in out.read_text().splitlines()]
    withdrawn = [one for one in exported if one.get("post") == "lamps"]
    assert len(withdrawn) == 3
    assert all(one["withdrawn"]["by"] for one in withdrawn)
    counts = {one["channel"]: one["counts"] for one in withdrawn}
    assert counts["mastodon-en"]["likes"] == 1
    assert counts["telegram-en"] == {"reactions": 3}


async def people_answer(town: Town, lamps: Mapping[str, WallPost]) -> None:
    seen = await asyncio.to_thread(town.appview.seen, lamps["bluesky-en"].remote_id)
    answer = await asyncio.to_thread(town.appview.answer, town.appview.sign_up(PASSWORD), seen, "I have lit one.")
    await asyncio.to_thread(town.appview.seen, answer)
    status, token = lamps["mastodon-en"].remote_id, town.stranger.secret
    submit(f"{town.urls['mastodon']}/api/v1/statuses", token, status="I too.", in_reply_to_id=status)
    submit(f"{town.urls['mastodon']}/api/v1/statuses/{status}/favourite", token)
    await town.crowd(lamps["telegram-en"].remote_id, reactions={"👍": 3})

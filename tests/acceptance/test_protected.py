"""Somebody is listed one second before a post that names them: it is not sent, and no output says the name.

A real worker in a process of its own, look-alikes of the networks over HTTP, commands as typed. All persons are invented.
"""

import asyncio
import json
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from urllib.parse import quote
from zoneinfo import ZoneInfo

import pytest
from click.testing import CliRunner

from amplify.bootstrap import CLOCK_FILE, open_app
from amplify.cli.main import amplify as commands
from amplify.clockwork.clocks import SqueezedClock
from amplify.testing.rehearsal import residents
from amplify.testing.sandbox import Sandbox
from protecting import environ, protect
from worker.switchboard import Switchboard, switchboard

from .playing import _lead_to, _set_clock

CAMPAIGN = """\
name: Lantern Night
edition: "2027"
timezone: Europe/Vienna
day: 2027-05-21
languages: [en]
coordinators: {editor: {}, reviewer: {}}
rules: {approval: {people: 1}}
"""
CHANNELS = """\
mastodon-en: {network: mastodon, language: en, server: "https://mastodon.example", token: "${T_MASTODON}"}
bluesky-en: {network: bluesky, language: en, server: "https://bluesky.example", handle: test.example, password: "${T_BLUESKY}"}
telegram-en: {network: telegram, language: en, chat: "@test_en", token: "${T_TELEGRAM}"}
"""
POSTS = """\
- id: letters
  kind: statement
  at: D 09:00
  channels: [mastodon, bluesky]
  text:
    en: |
      Write to Яраславе Ліхтароўскай tonight.
- id: lamps
  kind: statement
  at: D 09:00
  channels: [telegram]
  text: {en: Bring a lamp.}
"""
#: As the list spells it, and as the post does.
LISTED, WRITTEN = ("LICHTAROWSKAJA", "Jaroslawa"), ("Яраслав", "Ліхтароўск")
VIENNA = ZoneInfo("Europe/Vienna")


@dataclass
class Stage:
    """A campaign in `root`; `said` is every byte that any process of ours has printed."""

    root: Path
    sandbox: Sandbox
    board: Switchboard
    secrets: dict[str, str]
    said: list[bytes] = field(default_factory=list)

    async def amplify(self, *words: str, code: int | None = 0) -> bytes:
        child = await self.start(*words)
        out, err = await child.communicate()
        self.said += [out, err]
        assert code is None or child.returncode == code, (words, out.decode(), err.decode())
        return out

    def typed(self, *words: str) -> None:
        """A command in this process: many of them, and quickly."""
        said = {**self.secrets, **environ(self.root)}
        result = CliRunner().invoke(commands, [*words, "--campaign", str(self.root)], env=said)
        self.said += [result.stdout_bytes, result.stderr_bytes]

    async def start(self, *words: str) -> asyncio.subprocess.Process:
        notices = f"json://127.0.0.1:{self.board.port}/all?rto=60"
        said = {**os.environ, **self.secrets, **environ(self.root), "AMPLIFY_NOTICES": notices}
        return await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "amplify", *words, "--campaign", str(self.root)),
            env=said,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )

    async def reach(self, at: str) -> None:
        clock, until = SqueezedClock(self.root / "var" / CLOCK_FILE), datetime.fromisoformat(at).replace(tzinfo=VIENNA)
        while clock.now() < until:  # noqa: ASYNC110  a clock tells nobody what time it is
            await asyncio.sleep(0.01)

    async def until(self, walls: int) -> None:
        for _ in range(300):
            if len(self.sandbox.walls()) == walls:
                return
            await asyncio.sleep(0.1)

    async def states(self) -> dict[str, tuple[str, str]]:
        rows = json.loads(await self.amplify("status", "--all", "--json"))["deliveries"]
        return {row["key"]: (row["state"], row["reason"]) for row in rows}

    @contextmanager
    def nothing_says(self, *names: str) -> Iterator[None]:
        """Look at all that was printed, told and kept, but for the post itself, for every spelling of the names."""
        yield
        kept = {str(path): path.read_bytes() for path in sorted(self.root.rglob("*")) if path.is_file()}
        del kept[str(self.root / "posts" / "day.yaml")]
        kept |= {"printed": b"\n".join(self.said), "notices": json.dumps(self.board.notices).encode()}
        kept["walls"] = repr(self.sandbox.walls()).encode()
        found = [(where, form) for where, content in kept.items() for form in _forms(names) if form in content]
        assert found == []


def _forms(names: tuple[str, ...]) -> Iterator[bytes]:
    for name in names:
        for case in {name, name.upper(), name.lower(), name.title()}:
            yield from (case.encode(), case.encode("utf-16-le"), quote(case).encode(), json.dumps(case)[1:-1].encode())


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[Stage]:
    """Ten seconds before nine, all is approved, and nobody of the posts is on the list."""
    root = tmp_path / "campaign"
    for name, text in {
        "config/campaign.yaml": CAMPAIGN,
        "config/channels.yaml": CHANNELS,
        "posts/day.yaml": POSTS,
    }.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text)
    (root / "var").mkdir(mode=0o700)
    protect(root, ["Nobody Lanternik"])
    clock = root / "var" / CLOCK_FILE
    _set_clock(clock, "2027-05-21 08:59:40")
    sandbox = await Sandbox.open(residents(open_app(root).written.channels.values()), now=SqueezedClock(clock).now)
    with switchboard() as board:
        made = Stage(root, sandbox, board, _lead_to(sandbox, root / "config" / "channels.yaml"))
        await asyncio.to_thread(made.typed, "apply")
        await asyncio.to_thread(made.typed, "approve", "--all", "--by", "editor", "--yes")
        yield made
    await sandbox.close()


async def test_who_is_listed_a_second_before_is_not_named(stage: Stage):
    _set_clock(stage.root / "var" / CLOCK_FILE, "2027-05-21 08:59:52")
    worker = await stage.start("run", "--no-watch")
    await stage.reach("2027-05-21 08:59:59")
    protect(stage.root, ["Nobody Lanternik", {"name": ", ".join(LISTED)}])
    await stage.until(walls=1)
    held = ("held", "protected entry 2 is named here")
    expected = {f"2027/letters@{channel}-en": held for channel in ("mastodon", "bluesky")}
    expected["2027/lamps@telegram-en"] = ("published", "")
    while (states := await stage.states()) != expected:
        assert {state for state, _ in states.values()} <= {"approved", "claimed", "held", "published"}
    worker.send_signal(signal.SIGTERM)
    stage.said += await worker.communicate()
    assert [wall.text for wall in stage.sandbox.walls()] == ["Bring a lamp."]
    told = "\n".join(notice["message"] for notice in stage.board.notices)
    assert "protected entry 2 is named here" in told
    with stage.nothing_says(*LISTED, *WRITTEN):
        for words in (
            *(("check",), ("check", "--json"), ("check", "--format", "sarif"), ("check", "--format", "github")),
            *(("plan",), ("plan", "--json"), ("plan", "--format", "ics"), ("preview",), ("preview", "--json")),
            *(
                ("status", "--all"),
                ("approve", "letters", "--by", "reviewer", "--json", "--yes"),
                ("verify",),
                ("backup",),
            ),
            *(
                ("export",),
                ("export", "--full", "--names", "--format", "html", str(stage.root / "var" / "export.html")),
            ),
            *(("apply",), ("plan", "--json"), ("status", "--all", "--json"), ("now", "letters", "--by", "editor")),
            *(
                ("protected", "check"),
                ("protected", "check", "--json"),
                ("preview", "--html", str(stage.root / "var" / "p.html")),
            ),
            *(("stop", "--reason", "about Jaroslawa Lichtarowskaja", "--by", "editor"), ("status",)),
        ):
            await asyncio.to_thread(stage.typed, *words)
    assert json.loads(await stage.amplify("verify", "--json"))["ok"]
    problems = json.loads(await stage.amplify("check", "--json", code=1))["problems"]
    told = [p for p in problems if p["code"] == "protected-person"]
    assert [(p["file"], p["line"]) for p in told] == [("posts/day.yaml", 7)]


async def test_where_the_register_is_open_to_others_nothing_leaves_until_it_is_not(stage: Stage):
    _set_clock(stage.root / "var" / CLOCK_FILE, "2027-05-21 08:59:54")
    register = protect(stage.root, ["Nobody Lanternik"])
    register.chmod(0o644)
    worker = await stage.start("run")
    await stage.reach("2027-05-21 09:00:02")
    assert stage.sandbox.walls() == []
    status = (await stage.amplify("status")).decode()
    assert f"STOPPED: others can read the register {register}: type `chmod 600 {register}`" in status
    register.chmod(0o600)
    await stage.until(walls=3)
    worker.send_signal(signal.SIGTERM)
    out, err = await worker.communicate()
    assert len(stage.sandbox.walls()) == 3, (out, err)
    assert f"chmod 600 {register}" in err.decode()

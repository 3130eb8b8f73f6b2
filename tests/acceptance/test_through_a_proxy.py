"""Everything through a SOCKS proxy, which alone knows where the names lead; with the proxy down, nothing leaves.

A real worker in a process of its own, with servers, a page of figures, notices and a heartbeat that have only made-up names.
"""

import asyncio
import json
import os
import sys
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from aiohttp import web

from amplify.bootstrap import CLOCK_FILE, open_app
from amplify.clockwork.clocks import wind
from amplify.services.apply import apply
from amplify.services.rehearse import approve_all
from amplify.testing.resident import Resident, settings_for
from amplify.testing.sandbox import Sandbox
from amplify.testing.socks import Socks, socks
from servers.another_door import tls_door
from servers.certificate import self_signed
from worker.switchboard import switchboard

NETWORKS = {"mastodon": "campaign", "bluesky": "campaign.example", "telegram": "@campaign"}
FIGURES, BOARD = "figures.invalid", "board.invalid"
PASSWORD = "canary-of-the-proxy-5e1d"
AT = datetime(2027, 5, 21, 7, 0, 1, tzinfo=UTC)
CAMPAIGN = """\
name: Lantern Night
edition: "2027"
timezone: Europe/Vienna
day: 2027-05-21
languages: [en]
coordinators: {editor: {}, reviewer: {}}
rules: {approval: {people: 1}}
"""
POSTS = """\
- id: lamps
  kind: statement
  at: D 09:00
  channels: all
  text: {en: Bring a lamp.}
"""
SOURCES = f"""\
list:
  figure: lamps
  kind: csv
  url: "https://{FIGURES}/list.csv"
  every: 1d
  rows: {{min: 1, max: 9}}
  read: {{where: {{status: lit}}, columns: [id, status]}}
"""
LAMPS = """\
lamps:
  label: {en: Lamps}
  value: 3
  as_of: 2027-05-01
  source: {name: The list, url: "https://lamps.example/"}
"""


@dataclass
class Street:
    """All that is behind the proxy. `asked` counts how often the page of figures was."""

    root: Path
    sandbox: Sandbox
    proxy: Socks
    pem: Path
    board: object
    asked: list[str] = field(default_factory=list)

    @property
    def environ(self) -> dict[str, str]:
        proxy = f"socks5://campaign:{PASSWORD}@127.0.0.1:{self.proxy.port}"
        return {
            **{name: said for name, said in os.environ.items() if not name.lower().endswith("_proxy")},
            "SSL_CERT_FILE": str(self.pem),
            "AMPLIFY_PROXY": proxy,
            "AMPLIFY_TIMEOUT": "5",
            "AMPLIFY_NOTICES": f"json://{BOARD}/all/canary-5d3f",
            "AMPLIFY_HEARTBEAT": f"http://{BOARD}/canary-5d3f",
            **{f"T_{network.upper()}": f"7{number}:token" for number, network in enumerate(NETWORKS)},
        }

    async def amplify(self, *words: str) -> tuple[int, str]:
        """A command as a process of its own; what it said."""
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "amplify", *words, "--campaign", str(self.root)),
            env=self.environ,
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
        )
        said, _ = await asyncio.wait_for(process.communicate(), 60)
        return process.returncode or 0, said.decode()

    def walls(self) -> list[tuple[str, str]]:
        return sorted((post.network, post.text) for post in self.sandbox.walls())


@asynccontextmanager
async def page(asked: list[str]) -> AsyncIterator[int]:
    async def answer(request: web.Request) -> web.Response:
        asked.append(request.path)
        return web.Response(text="id,status\n1,lit\n2,lit\n3,lit\n4,lit\n5,out\n", content_type="text/csv")

    app = web.Application()
    app.router.add_get("/list.csv", answer)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield runner.addresses[0][1]
    await runner.cleanup()


def set_clock(root: Path, at: datetime) -> None:
    """Time stands still at `at`."""
    (root / "var" / CLOCK_FILE).unlink(missing_ok=True)
    wind(root / "var" / CLOCK_FILE, start=at, speed=1, spring=timedelta())


@pytest.fixture
async def street(tmp_path: Path) -> AsyncIterator[Street]:
    root, asked = tmp_path / "lantern", list[str]()
    for folder in ("config", "posts", "var"):
        (root / folder).mkdir(parents=True)
    set_clock(root, AT - timedelta(minutes=1))
    who = [
        Resident(network=network, channels=(f"{network}-en",), name=name, secret=f"7{number}:token")
        for number, (network, name) in enumerate(NETWORKS.items())
    ]
    names = [f"{network}.invalid" for network in NETWORKS]
    pem = self_signed(tmp_path, *names, FIGURES)
    async with AsyncExitStack() as all_of_it:
        sandbox = await Sandbox.open(who, now=lambda: AT)
        all_of_it.push_async_callback(sandbox.close)
        doors = {
            f"{name}.invalid": await all_of_it.enter_async_context(tls_door(sandbox.ports[name], pem))
            for name in NETWORKS
        }
        plain = await all_of_it.enter_async_context(page(asked))
        doors[FIGURES] = await all_of_it.enter_async_context(tls_door(plain, pem))
        board = all_of_it.enter_context(switchboard())
        doors[BOARD] = board.port
        proxy = await all_of_it.enter_async_context(socks(doors, ("campaign", PASSWORD)))
        entries = {}
        for resident in who:
            said = settings_for(resident, {resident.network: f"https://{resident.network}.invalid"})
            secret = next(name for name in ("token", "password") if name in said)
            entry = {
                "network": resident.network,
                "language": "en",
                **said,
                secret: f"${{T_{resident.network.upper()}}}",
            }
            entries[f"{resident.network}-en"] = entry
        (root / "config" / "campaign.yaml").write_text(CAMPAIGN)
        (root / "config" / "channels.yaml").write_text(json.dumps(entries))
        (root / "config" / "figures.yaml").write_text(LAMPS)
        (root / "config" / "sources.yaml").write_text(SOURCES)
        (root / "posts" / "day.yaml").write_text(POSTS)
        made = Street(root=root, sandbox=sandbox, proxy=proxy, pem=pem, board=board, asked=asked)
        app = open_app(root, environ=made.environ)
        apply(app.folder.files(), app.workshop, app.ledger, by="editor")
        approve_all(app.ledger, app.clock, 1)
        app.close()
        set_clock(root, AT)
        yield made


async def test_everything_goes_through_the_proxy(street: Street) -> None:
    _, said = await street.amplify("run", "--until-idle", "--no-watch")
    assert street.walls() == [(network, "Bring a lamp.") for network in sorted(NETWORKS)], said
    _, told = await street.amplify("figures", "fetch")
    assert set(street.asked) == {"/list.csv"}, told  # the worker looks at it by itself, too
    assert "through the proxy" not in told
    code, told = await street.amplify("notices", "--test")
    assert code == 0, told
    assert [notice["title"] for notice in street.board.notices][-1] == "Lantern Night: a trial"
    assert street.board.beats >= 1
    names = {f"{network}.invalid" for network in NETWORKS}
    assert names | {FIGURES, BOARD} <= set(street.proxy.asked)
    assert PASSWORD not in said + told


async def test_with_the_proxy_down_nothing_leaks_past_it(street: Street) -> None:
    await street.proxy.away()
    _, said = await street.amplify("run", "--once")
    told = [
        (await street.amplify(*words))[1]
        for words in (("figures", "fetch"), ("notices", "--test"), ("channels", "check", "--json"))
    ]
    assert (street.walls(), street.asked, street.board.notices, street.board.beats) == ([], [], [], 0)
    assert street.sandbox.requests() == []
    gone = f"through the proxy socks5h://127.0.0.1:{street.proxy.port}, and nothing goes past it"
    assert said.count(gone) == len(NETWORKS) + 2  # each channel, the notices and the heartbeat
    await street.proxy.open()
    set_clock(street.root, AT + timedelta(hours=7))
    _, late = await street.amplify("run", "--once")
    assert late.count("missed") == len(NETWORKS), late
    assert street.walls() == []
    assert PASSWORD not in "".join([said, *told, late])

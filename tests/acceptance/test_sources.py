"""A page that publishes a number: looked at by the worker on its own, proposed, and in force only once a person says so."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web

from .playing import Job

RECIPE = """\
weekly-list:
  figure: lamps
  kind: csv
  url: "http://localhost:{port}/list.csv"
  every: 1d
  rows: {{min: 2000, max: 4000}}
  read: {{where: {{status: lit}}, columns: [id, status]}}
"""


def rows(lit: int) -> str:
    return "id,status\n" + "".join(f"{n},{'lit' if n < lit else 'out'}\n" for n in range(3000))


@pytest.fixture
async def page() -> AsyncIterator[dict[str, Any]]:
    """What a page of this machine says, and how often it was asked."""
    said: dict[str, Any] = {"text": rows(1500), "asked": 0}

    async def answer(_: web.Request) -> web.Response:
        said["asked"] += 1
        return web.Response(text=said["text"], content_type="text/csv")

    app = web.Application()
    app.router.add_get("/list.csv", answer)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    said["port"] = runner.addresses[0][1]
    yield said
    await runner.cleanup()


@pytest.fixture
async def play(tmp_path: Path, page: dict[str, Any]) -> AsyncIterator[Job]:
    job = await Job.open("fresh-number", tmp_path / "town", "2023-05-14 12:00")
    (job.root / "config" / "sources.yaml").write_text(RECIPE.format(port=page["port"]))
    job.environ["AMPLIFY_SOURCES_HERE"] = "localhost"
    job.take_up("count", by=("reviewer",))
    yield job
    await job.close()


async def one_reason(play: Job) -> str:
    """Each channel has a lane of its own: that of all, once all have looked."""
    for _ in range(100):
        if len(reasons := play.reasons("count")) == 1:
            break
        await asyncio.sleep(0.05)
    (reason,) = reasons
    return reason


def open_proposals(play: Job) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = play.json("figures", "list")["proposals"]
    return found


async def test_the_worker_looks_once_a_day_and_a_person_puts_the_number_in_force(play: Job, page: dict[str, Any]):
    await play.start()
    await play.until(lambda: page["asked"] == 1 and open_proposals(play))
    (waiting,) = open_proposals(play)
    assert (waiting["figure"], waiting["by"]) == ("lamps", "weekly-list")
    assert "1500 rows with status=lit, of 3000" in play.does("figures", "sources")
    assert "value: 1490" in (play.root / "config" / "figures.yaml").read_text()
    assert "a second person" in play.does("figures", "confirm", "lamps", "--by", "editor")
    play.does("figures", "confirm", "lamps", "--by", "reviewer")
    written = (play.root / "config" / "figures.yaml").read_text()
    assert "value: 1500" in written
    assert play.json("check")["ok"]
    assert page["asked"] == 1


async def test_a_page_that_broke_is_told_and_the_number_in_force_stays(play: Job, page: dict[str, Any]):
    page["text"] = "<html>Checking your browser</html>"
    said = await asyncio.to_thread(play.amplify, "figures", "fetch", "weekly-list")
    assert said.code == 1
    assert "nothing is proposed: a web page came where a list was expected" in said.out
    assert open_proposals(play) == []
    assert "value: 1490" in (play.root / "config" / "figures.yaml").read_text()


async def test_a_number_that_jumps_keeps_the_old_one_from_going_out_until_somebody_looks(
    play: Job, page: dict[str, Any]
):
    page["text"] = rows(1300)
    await asyncio.to_thread(play.does, "figures", "fetch")
    play.change("config/sources.yaml", "every: 1d", "every: 30d")
    play.does("apply")
    await play.start()
    play.change("posts/day.yaml", "at: D 09:00", "at: 2023-05-14 13:00")
    play.does("apply")
    play.does("approve", "count", "--by", "reviewer", "--yes")
    await play.reach("2023-05-14 13:00", leaving={"count"})
    assert play.wall("mastodon-en") == []
    reason = await one_reason(play)
    assert "figure lamps may be out of date, weekly-list proposes another number" in reason
    play.does("figures", "confirm", "lamps", "--by", "editor", "--reject", "--reason", "the page is wrong")
    await play.reach("2023-05-14 13:05")
    assert [text.partition(" (")[0] for text in play.texts("mastodon-en")] == ["Lamps lit: 1,490"]

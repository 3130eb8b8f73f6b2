"""A post with a picture: seen once on each network, with its words, whatever happens on the way."""

import asyncio
import signal
import sys
from datetime import timedelta

from amplify.bootstrap import CLOCK_FILE
from amplify.clockwork.clocks import wind
from amplify.domain.delivery import State
from amplify.services.apply import apply
from amplify.testing.faults import Rule
from amplify.testing.pictures import NOTE, measured, sample

WORDS = "A light for everyone."
ALT = "A round lamp shines in a dark room."
MEDIA = f'media: [{{file: lamp.jpg, alt: {{en: "{ALT}"}}}}]'
ON_EVERY_WALL = {"mastodon": (WORDS, [ALT]), "bluesky": (WORDS, [ALT]), "telegram": (WORDS, [""])}


#: A worker that kills itself at a moment between two steps.
DOOMED = """
import asyncio, os, signal, sys
from pathlib import Path
from amplify.bootstrap import open_app
from amplify.clockwork.apscheduler_clock import SchedulerAlarm
from amplify.worker.work import Worker

def die(moment):
    if moment == sys.argv[2]:
        os.kill(os.getpid(), signal.SIGKILL)

async def work():
    app = open_app(Path(sys.argv[1]))
    await Worker(app=app, alarm=SchedulerAlarm(app.clock), tell=repr, say=print, watching=False, checkpoint=die).run()

asyncio.run(work())
"""


def write(theatre, at="D 09:00", channels="all"):
    folder = theatre.root / "posts" / "media"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "lamp.jpg").write_bytes(sample())
    text = theatre.post("lamp", at, WORDS, MEDIA).replace("channels: all", f"channels: {channels}")
    theatre.write("posts/day.yaml", text)


def shown(theatre):
    """By network; fails where one shows two posts."""
    walls = theatre.sandbox.walls()
    assert len({wall.network for wall in walls}) == len(walls)
    return {wall.network: (wall.text, [media["alt"] for media in wall.extra["media"]]) for wall in walls}


def asked(theatre, *ends):
    """How often servers were asked for something."""
    return sum(r.method == "POST" and r.path.endswith(ends) for r in theatre.sandbox.requests())


def uploads(theatre):
    return asked(theatre, "/api/v2/media", "uploadBlob")


def posts(theatre):
    return asked(theatre, "/api/v1/statuses", "putRecord", "/sendPhoto", "/sendMessage")


async def until_public(theatre):
    await theatre.until(lambda: theatre.states("lamp") == {State.PUBLISHED})


async def until_staged(theatre):
    """Ten minutes before the due time the machine's clock and the campaign's go at nearly the same pace."""
    await theatre.start()
    wind(theatre.root / "var" / CLOCK_FILE, start=theatre.app.clock.now(), speed=1.2, spring=timedelta(minutes=5))
    await theatre.until(lambda: sum(row.staged is not None for row in theatre.rows()) == 2)


async def test_a_picture_and_its_words_are_seen_on_every_network(theatre):
    write(theatre)
    await theatre.start()
    await until_public(theatre)
    assert shown(theatre) == ON_EVERY_WALL
    received = [theatre.sandbox.picture(wall.extra["media"][0]["url"]) for wall in theatre.sandbox.walls()]
    assert not any(NOTE.encode() in picture for picture in received)


async def test_a_picture_is_staged_ahead_and_one_request_is_left_to_the_due_instant(theatre):
    write(theatre, "D 09:10")
    await until_staged(theatre)
    assert (uploads(theatre), posts(theatre), theatre.walls()) == (2, 0, [])
    theatre.let_time_pass()
    await until_public(theatre)
    assert (uploads(theatre), posts(theatre)) == (2, 3)
    assert shown(theatre) == ON_EVERY_WALL


async def test_what_a_server_has_thrown_away_is_staged_again_and_seen_once(theatre):
    write(theatre, "D 09:10")
    await until_staged(theatre)
    for path in ("/api/v1/statuses", "putRecord"):
        theatre.sandbox.faults.add(Rule(what="forget", method="POST", path=path))
    theatre.let_time_pass()
    await until_public(theatre)
    assert uploads(theatre) >= 3
    assert shown(theatre) == ON_EVERY_WALL


async def test_a_worker_that_is_killed_with_a_picture_staged_gives_it_once_and_is_seen_once(theatre):
    write(theatre, "D 12:00", channels="[mastodon]")
    apply(theatre.app.folder.files(), theatre.app.workshop, theatre.app.ledger, by="one")
    wind(theatre.root / "var" / CLOCK_FILE, start=theatre.app.clock.now(), speed=3600, spring=timedelta(minutes=5))
    doomed = await asyncio.create_subprocess_exec(sys.executable, "-c", DOOMED, str(theatre.root), "staged")
    assert await asyncio.wait_for(doomed.wait(), 20) == -signal.SIGKILL
    assert (uploads(theatre), posts(theatre), theatre.states("lamp")) == (1, 0, {State.CLAIMED})
    await theatre.start()
    await until_public(theatre)
    assert (uploads(theatre), posts(theatre)) == (1, 1)
    assert shown(theatre) == {"mastodon": (WORDS, [ALT])}


async def test_a_picture_that_is_changed_after_it_was_applied_is_held_and_goes_out_as_it_is_now(theatre):
    write(theatre, channels="[telegram]")
    other = sample(width=320)

    def change(moment):
        if moment == "claimed":
            (theatre.root / "posts" / "media" / "lamp.jpg").write_bytes(other)

    await theatre.start(change)
    await until_public(theatre)
    held = [row.reason for row in theatre.told if row.state is State.HELD]
    assert len(held) == 1
    assert held[0].startswith("the picture posts/media/lamp.jpg was changed since it was applied; ")
    (wall,) = theatre.sandbox.walls()
    assert measured(theatre.sandbox.picture(wall.extra["media"][0]["url"])).width == 320

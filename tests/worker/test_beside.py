"""What goes on beside the work may hang, refuse, break off, raise or be missing: posts go out on time all the same."""

import asyncio
import sqlite3
import threading
import time
from collections import Counter
from datetime import timedelta

import pytest

from amplify.domain.delivery import State
from amplify.ledger.migrations import released
from amplify.ledger.sqlite import SqliteLedger
from worker.switchboard import switchboard

#: Nobody listens there.
CLOSED = 1
#: How long a courier has; it has to load Apprise first, on a busy machine too.
PATIENCE = timedelta(seconds=6)
#: A second of the machine's clock is twenty minutes of the campaign's: less than PATIENCE.
ON_TIME = 5 * timedelta(minutes=20)


@pytest.fixture
def board():
    with switchboard() as board:
        yield board


@pytest.fixture
def var(theatre):
    return theatre.root / "var"


def write_posts(theatre):
    """Four, half a second of the machine's clock apart, and one of which there is something to tell."""
    posts = [theatre.post(f"post-{n}", f"D 09:{n}0", f"number {n}") for n in range(4)]
    theatre.write("posts/day.yaml", "".join([theatre.post("past", "D 08:00", "too late"), *posts]))


async def all_went_out(theatre):
    """On time: nobody was waited for."""
    await theatre.until(lambda: Counter(row.state for row in theatre.rows()) == {State.PUBLISHED: 12, State.MISSED: 3})
    assert len(theatre.walls()) == 12
    assert all(row.published_at - row.due < ON_TIME for row in theatre.rows() if row.published_at)


@pytest.mark.parametrize("mood", ["hang", "close", "500", "nobody"])
async def test_notices_that_cannot_be_told_delay_no_post(theatre, board, var, mood):
    board.mood = mood
    write_posts(theatre)
    port = CLOSED if mood == "nobody" else 0
    await theatre.start(outside=board.outside(var, "one", "two", heart=True, port=port, patience=PATIENCE))
    await all_went_out(theatre)
    if mood == "hang":
        await theatre.until(lambda: board.tries == 2, 30)
        await theatre.until(lambda: any("no answer within" in words for words in theatre.said), 30)
    await theatre.until(lambda: len([words for words in theatre.said if "A notice to address" in words]) == 2, 30)
    assert len([words for words in theatre.said if "heartbeat did not arrive" in words]) <= 1
    assert "canary-5d3f" not in "".join(theatre.said)


async def test_an_observer_that_raises_stops_nothing_and_is_told_of_once(theatre):
    said = []

    def raising(row):
        raise BrokenPipeError(f"nobody reads about {row.key}")

    def heard(words):
        said.append(words)
        raise ValueError("and the other one too")

    write_posts(theatre)
    await theatre.start(tell=raising, say=heard)
    await all_went_out(theatre)
    assert len([words for words in said if "could not be told" in words]) == 1


async def test_an_observer_that_hangs_stops_nothing(theatre):
    released = threading.Event()
    write_posts(theatre)
    await theatre.start(tell=lambda _: released.wait(30), say=lambda _: released.wait(30))
    await all_went_out(theatre)
    released.set()


async def test_the_heart_beats_while_the_worker_is_well_and_stops_when_the_ledger_cannot_be_written(
    theatre, board, var
):
    impatient = SqliteLedger(
        var / "amplify.db", campaign="A test campaign", steps=released(), patience=timedelta(seconds=0.1)
    )
    theatre.app.__dict__["ledger"] = impatient  # where the app keeps the one that it opens
    await theatre.start(outside=board.outside(var, "all", heart=True, calm=timedelta()))
    await theatre.until(lambda: board.beats >= 2)
    burglar = sqlite3.connect(var / "amplify.db", isolation_level=None, timeout=5)
    burglar.execute("BEGIN IMMEDIATE")
    await theatre.until(lambda: "the ledger cannot be used" in board.said())
    await theatre.until(lambda: any("No heartbeat is sent" in words for words in theatre.said))
    beats = board.beats
    await asyncio.sleep(1)
    assert board.beats == beats
    burglar.close()
    await theatre.until(lambda: board.beats > beats and "the ledger can be used again" in board.said())


async def test_a_worker_ends_although_nobody_takes_its_last_words(theatre, board, var):
    board.mood = "hang"
    write_posts(theatre)
    await theatre.start(outside=board.outside(var, "one", heart=True, patience=timedelta(seconds=2)))
    began = time.monotonic()
    await theatre.stop()
    assert time.monotonic() - began < 15

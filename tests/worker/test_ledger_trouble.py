"""The ledger fails in the middle of a delivery: nothing leaves that is not on record, and nothing stays in between."""

import asyncio
import sqlite3
from datetime import timedelta

import pytest

from amplify.domain.delivery import State
from amplify.ledger.migrations import released
from amplify.ledger.sqlite import SqliteLedger
from amplify.testing.faults import Rule

NETWORKS = ("bluesky", "mastodon", "telegram")
ON_EVERY_WALL = sorted(f"{network}: still here" for network in NETWORKS)


@pytest.fixture
def ledger(theatre):
    """Its ledger waits a tenth of a second for others, so that tests need not."""
    path = theatre.root / "var" / "amplify.db"
    made = SqliteLedger(path, campaign="A test campaign", steps=released(), patience=timedelta(seconds=0.1))
    theatre.app.__dict__["ledger"] = made  # where the app keeps the one that it opens
    return path


class Burglar:
    """Writes to the ledger, once, for a second and a half, when a worker passes a checkpoint for the first time."""

    def __init__(self, path, checkpoint):
        self.path, self.checkpoint, self.came = path, checkpoint, False

    def __call__(self, name):
        if name != self.checkpoint or self.came:
            return
        self.came = True
        other = sqlite3.connect(self.path, timeout=5, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        asyncio.get_running_loop().call_later(1.5, other.close)


@pytest.mark.parametrize("checkpoint", ["claimed", "staged", "begun", "answered"])
async def test_a_ledger_that_is_busy_for_a_while_loses_nothing_and_asks_nobody(theatre, ledger, checkpoint):
    theatre.write("posts/day.yaml", theatre.post("first", "D 09:00", "still here"))
    burglar = Burglar(ledger, checkpoint)
    await theatre.start(burglar)
    await theatre.until(lambda: burglar.came and theatre.states("first") == {State.PUBLISHED})
    assert sorted(theatre.walls()) == ON_EVERY_WALL


async def test_a_refusal_is_remembered_once_the_ledger_can_be_written(theatre, ledger):
    refusal = Rule(
        what="status", arg=422, body={"error": "Text is not to our taste"}, network="mastodon", method="POST"
    )
    theatre.sandbox.faults.add(refusal)
    theatre.write("posts/day.yaml", theatre.post("first", "D 09:00", "still here"))
    await theatre.start(Burglar(ledger, "failed"))
    await theatre.until(lambda: theatre.state("first", "mastodon-en") is State.FAILED)
    await theatre.until(lambda: theatre.state("first", "telegram-en") is State.PUBLISHED)


async def test_a_stop_file_that_comes_while_the_ledger_was_slow_to_begin_still_stops(theatre):
    theatre.write("posts/day.yaml", theatre.post("first", "D 09:00", "still here"))
    await theatre.start(lambda name: theatre.write("STOP", "one: wait") if name == "begun" else None)
    await theatre.until(lambda: theatre.states("first") == {State.MISSED})
    assert theatre.walls() == []

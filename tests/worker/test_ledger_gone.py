"""The ledger goes away under a worker at work: it publishes nothing more, says so once, and goes on when it is back."""

import asyncio
from dataclasses import fields, replace
from datetime import timedelta

import pytest

from amplify.bootstrap import open_app
from amplify.config.settings import Settings
from amplify.domain.delivery import State
from amplify.ports.ledger import LedgerError

NETWORKS = ("bluesky", "mastodon", "telegram")


def files_of(ledger):
    return sorted(path for path in ledger.parent.iterdir() if path.name.startswith(ledger.name))


@pytest.fixture
async def at_work(theatre):
    """The first post is public, the second is due in forty minutes."""
    theatre.write("posts/day.yaml", theatre.post("first", "D 09:00", "one") + theatre.post("second", "D 09:40", "two"))
    await theatre.start()
    await theatre.until(lambda: theatre.states("first") == {State.PUBLISHED})
    return theatre


async def test_nothing_goes_out_once_the_ledger_was_removed_and_it_is_said_once(at_work):
    ledger = at_work.root / "var" / "amplify.db"
    for file in files_of(ledger):
        file.unlink()
    await at_work.until_campaign("09:55")
    assert sorted(at_work.walls()) == [f"{network}: one" for network in NETWORKS]
    about = [said for said in at_work.said if "removed or replaced" in said]
    assert len(about) == len(set(about)) > 0
    assert "`amplify restore`" in about[0]
    assert files_of(ledger) == []


async def test_whoever_looks_meanwhile_is_told_and_makes_no_new_ledger(at_work):
    ledger = at_work.root / "var" / "amplify.db"
    ledger.unlink()
    with pytest.raises(LedgerError, match="removed under a worker that still runs"):
        open_app(at_work.root).ledger_if_any()
    with pytest.raises(LedgerError, match="removed under a worker that still runs"):
        _ = open_app(at_work.root).ledger
    assert not ledger.exists()


class Impatient(Settings):
    """A lease ends in a second."""

    @property
    def lease(self):
        return timedelta(seconds=1)


async def test_what_was_public_by_then_and_could_not_be_written_down_is_told(theatre):
    said = {each.name: getattr(theatre.app.settings, each.name) for each in fields(theatre.app.settings)}
    theatre.app = replace(theatre.app, settings=Impatient(**said))
    theatre.write("posts/day.yaml", theatre.post("first", "D 09:00", "one").replace("all", "[mastodon-en]"))
    ledger = theatre.root / "var" / "amplify.db"
    await theatre.start(lambda name: [file.unlink() for file in files_of(ledger)] if name == "answered" else None)
    for _ in range(200):
        if told := [said for said in theatre.said if "could not be written down" in said]:
            break
        await asyncio.sleep(0.05)
    assert theatre.walls() == ["mastodon: one"]
    assert "2027/first@mastodon-en could not be written down (public, http" in told[0]


async def test_nothing_goes_out_into_a_ledger_that_was_replaced(at_work):
    ledger = at_work.root / "var" / "amplify.db"
    copy = ledger.with_name("copy")
    copy.write_bytes(ledger.read_bytes())
    copy.replace(ledger)
    await at_work.until_campaign("09:55")
    assert sorted(at_work.walls()) == [f"{network}: one" for network in NETWORKS]


async def test_a_ledger_that_was_moved_away_and_comes_back_in_time_loses_nothing(at_work):
    ledger = at_work.root / "var" / "amplify.db"
    for file in files_of(ledger):
        file.rename(file.with_name(f"aside-{file.name}"))
    await at_work.until_campaign("09:50")
    assert sorted(at_work.walls()) == [f"{network}: one" for network in NETWORKS]
    for file in ledger.parent.glob("aside-*"):
        file.rename(file.with_name(file.name.removeprefix("aside-")))
    await at_work.until(lambda: at_work.states("second") == {State.PUBLISHED})
    assert len(at_work.walls()) == 6

"""The ledger goes away under a worker at work: it publishes nothing more, says so once, and goes on when it is back."""

import pytest

from amplify.domain.delivery import State

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

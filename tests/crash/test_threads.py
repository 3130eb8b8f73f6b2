"""A thread of nine parts whose worker is killed on the way: it goes on where it was, and nothing is said twice."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path

import pytest

from amplify.services.resolve import resolve
from amplify.testing.resident import Resident, settings_for
from amplify.testing.sandbox import Sandbox
from amplify.testing.wall import WallPost
from servers.bluesky import Pds
from servers.mastodon import MastodonMock
from servers.nine import nine, texts

pytestmark = pytest.mark.real

PASSWORD = "canary-9a11"


@pytest.fixture(params=["mastodon", "bluesky"])
def account(request, pds: Pds, mastodon_mock: MastodonMock) -> tuple[Mapping[str, str], Callable[[], list[WallPost]]]:
    """How to reach an account on a server that others wrote, and its wall."""
    server = mastodon_mock if request.param == "mastodon" else pds
    resident = server.sign_up(PASSWORD)
    settings = {"network": server.network, **settings_for(resident, {server.network: server.url})}
    return settings, lambda: server.wall(resident, server.url)


def is_one_thread(wall: list[WallPost]) -> bool:
    """Each part answers the one before it, in the order of the text, once."""
    assert [post.text for post in wall] == texts()
    return [post.reply_to for post in wall] == ["", *(post.remote_id for post in wall[:-1])]


async def test_it_goes_on_at_the_fifth_part_when_the_worker_is_killed_after_the_fourth(tmp_path: Path, account):
    settings, wall = account
    thread = nine(tmp_path, settings)
    await thread.work(dies_at="claimed", times=5)
    assert len(wall()) == 4
    assert thread.states()[3:5] == ["published", "claimed"]
    await thread.work()
    assert thread.states() == ["published"] * 9
    assert is_one_thread(wall())


async def test_it_goes_on_when_the_worker_is_killed_before_it_has_written_down_that_the_fourth_is_public(
    tmp_path: Path, account
):
    settings, wall = account
    thread = nine(tmp_path, settings)
    await thread.work(dies_at="answered", times=4)
    assert len(wall()) == 4
    assert thread.states()[2:5] == ["published", "sending", "approved"]
    await thread.work()
    assert thread.states() == ["published"] * 9
    assert is_one_thread(wall())


async def test_on_telegram_a_person_says_whether_the_fourth_is_public_and_then_it_goes_on(tmp_path: Path):
    chat = Resident(network="telegram", channels=("here",), name="@letters", secret=f"7:{PASSWORD}", title="Letters")
    sandbox = await Sandbox.open([chat], now=lambda: datetime.now(UTC))
    thread = nine(tmp_path, {"network": "telegram", **settings_for(chat, sandbox.urls)})
    await thread.work(dies_at="claimed", times=3)
    assert len(sandbox.walls()) == 2
    await thread.work(dies_at="answered", times=2)
    await thread.work(until=lambda: thread.states() == [*["published"] * 3, "unconfirmed", *["approved"] * 5])
    lost = next(row for row in thread.app.ledger.deliveries() if row.position == 3)
    resolve(lost.key, thread.app.ledger, published=sandbox.walls()[3].url, by="one", now=thread.app.clock.now())
    await thread.work()
    assert thread.states() == ["published"] * 9
    assert is_one_thread(sandbox.walls())
    await sandbox.close()

"""A worker is killed while it pins or boosts: the post is there once, and the next worker does what is left."""

from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from amplify.bootstrap import CLOCK_FILE
from amplify.clockwork.clocks import wind
from amplify.domain.delivery import Delivery
from amplify.testing.faults import Faults, Rule
from amplify.testing.proxy import Proxy
from amplify.testing.resident import Resident, settings_for
from amplify.testing.sandbox import Sandbox
from amplify.testing.wall import WallPost
from servers.bluesky import Pds
from servers.mastodon import MastodonMock
from servers.nine import Nine
from servers.stage import campaign

pytestmark = pytest.mark.real

PASSWORD = "canary-71aa"
LAMPS = "- {{id: lamps, kind: statement, at: {at:%Y-%m-%d %H:%M}, channels: all, text: {{en: Seven lamps burn.}}}}\n"
PINNED = LAMPS.replace("channels: all", "channels: all, pin: true")
BOOSTED = LAMPS + LAMPS.replace("id: lamps", "id: again").replace("text: {{en: Seven lamps burn.}}", "boosts: lamps")
#: The request that pins. Bluesky's is the second of its kind: the first makes the post.
PINS = {
    "mastodon": [Rule(what="hold", phase="before", arg=60, path="/pin$")],
    "bluesky": [
        Rule(what="delay", path="repo.putRecord"),
        Rule(what="hold", phase="before", arg=60, path="repo.putRecord"),
    ],
    "telegram": [Rule(what="hold", phase="before", arg=60, path="pinChatMessage")],
}


@dataclass(frozen=True, kw_only=True)
class Place:
    """One account on one server."""

    network: str
    settings: Mapping[str, str]
    wall: Callable[[], Sequence[WallPost]]
    faults: Faults


@pytest.fixture(params=["mastodon", "bluesky", "telegram"])
async def place(request, pds: Pds, mastodon_mock: MastodonMock) -> AsyncIterator[Place]:
    network = request.param
    if network == "telegram":
        chat = Resident(network=network, channels=("here",), name="@lamps", secret=f"7:{PASSWORD}", title="Lamps")
        sandbox = await Sandbox.open([chat], now=lambda: datetime.now(UTC))
        yield Place(
            network=network, settings=settings_for(chat, sandbox.urls), wall=sandbox.walls, faults=sandbox.faults
        )
        await sandbox.close()
        return
    server = mastodon_mock if network == "mastodon" else pds
    resident = server.sign_up(PASSWORD)
    proxy = await Proxy.open(server.url, network)
    yield Place(
        network=network,
        settings=settings_for(resident, {network: proxy.url}),
        wall=lambda: server.wall(resident, server.url),
        faults=proxy.faults,
    )
    await proxy.close()


def cast(root: Path, place: Place, post: str) -> Nine:
    """An hour of the campaign, which lies between two posts, lasts two seconds."""
    app = campaign(
        root, {"here": {"network": place.network, **place.settings}}, text="", timeout=timedelta(seconds=2), post=post
    )
    wind(root / "var" / CLOCK_FILE, start=app.clock.now(), speed=1800, spring=timedelta(minutes=5))
    return Nine(app=app)


def row(carried: Nine, post: str) -> Delivery:
    return next(row for row in carried.app.ledger.deliveries() if row.key.post == post)


def is_there_once_and_pinned(place: Place) -> bool:
    return [(post.text, post.extra.get("pinned")) for post in place.wall()] == [("Seven lamps burn.", True)]


async def test_a_worker_killed_before_it_has_written_down_that_it_pinned(tmp_path: Path, place: Place):
    carried = cast(tmp_path, place, PINNED)
    await carried.work(dies_at="settled", times=1)
    assert (row(carried, "lamps").state.value, row(carried, "lamps").reason) == ("published", "")
    await carried.work()
    assert (row(carried, "lamps").state.value, row(carried, "lamps").reason) == ("published", "pinned")
    assert is_there_once_and_pinned(place)


async def test_a_worker_killed_between_the_receipt_and_the_pin(tmp_path: Path, place: Place):
    carried = cast(tmp_path, place, PINNED)
    for rule in PINS[place.network]:
        place.faults.add(rule)
    await carried.work(until=lambda: not place.faults.left)
    assert (row(carried, "lamps").state.value, row(carried, "lamps").reason) == ("published", "")
    assert [(post.text, bool(post.extra.get("pinned"))) for post in place.wall()] == [("Seven lamps burn.", False)]
    await carried.work()
    assert row(carried, "lamps").reason == "pinned"
    assert is_there_once_and_pinned(place)


async def test_a_boost_whose_answer_was_lost_is_there_once(tmp_path: Path, place: Place):
    carried = cast(tmp_path, place, BOOSTED)
    await carried.work(dies_at="answered", times=2)
    assert (row(carried, "lamps").state.value, row(carried, "again").state.value) == ("published", "sending")
    await carried.work()
    lamps, again = (row(carried, post) for post in ("lamps", "again"))
    shown = [str(post.extra["boosts"]) for post in place.wall() if post.extra.get("boosts")]
    assert shown == [lamps.receipt.remote_id]
    assert len(place.wall()) == 2
    if place.network == "telegram":
        assert again.state.value == "unconfirmed"
        assert "amplify resolve" in again.reason
    else:
        assert (again.state.value, again.reason) == ("published", "found on the account")

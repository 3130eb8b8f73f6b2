"""One post, a quote of it, a boost of it, and a pin, on servers that others wrote: what their walls show.

Bluesky's own server, a Mastodon, and a look-alike of Telegram. An hour of the campaign lasts two seconds.
"""

from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from amplify.bootstrap import CLOCK_FILE, App
from amplify.clockwork.clocks import wind
from amplify.domain.delivery import State
from amplify.domain.feature import Feature
from amplify.publishers import installed
from amplify.services.preview import preview
from amplify.testing.resident import Resident, settings_for
from amplify.testing.sandbox import Sandbox
from amplify.testing.wall import WallPost
from servers.bluesky import Pds
from servers.mastodon import MastodonMock
from servers.stage import campaign, play

pytestmark = pytest.mark.real

PASSWORD = "canary-5b71"  # of accounts that end with the test
CHAT = Resident(network="telegram", channels=("here",), name="@lamps", secret=f"7:{PASSWORD}", title="Lamps")
POSTS = """\
- {{id: lamps, kind: statement, at: {at:%Y-%m-%d %H:%M}, channels: all, pin: true, text: {{en: Seven lamps burn.}}}}
- {{id: again, kind: statement, at: {at:%Y-%m-%d %H:%M}, channels: all, boosts: lamps}}
- {{id: said, kind: statement, at: {at:%Y-%m-%d %H:%M}, channels: all, quotes: lamps, text: {{en: Look at this.}}}}
"""
NETWORKS = ("mastodon", "bluesky", "telegram")
Wall = Callable[[], Sequence[WallPost]]


@dataclass(frozen=True, kw_only=True)
class Shown:
    """What is public by the end, and what became of each post, by network."""

    app: App
    walls: dict[str, Sequence[WallPost]]

    def state(self, post: str, network: str) -> State:
        rows = self.app.ledger.deliveries()
        return next(row.state for row in rows if (row.key.post, row.key.channel) == (post, f"{network}-en"))


@pytest.fixture
async def shown(tmp_path: Path, pds: Pds, mastodon_mock: MastodonMock) -> AsyncIterator[Shown]:
    sandbox = await Sandbox.open([CHAT], now=lambda: datetime.now(UTC))
    mastodon, bluesky = mastodon_mock.sign_up(PASSWORD), pds.sign_up(PASSWORD)
    channels = {
        f"{resident.network}-en": {"network": resident.network, **settings_for(resident, {resident.network: url})}
        for resident, url in ((mastodon, mastodon_mock.url), (bluesky, pds.url), (CHAT, sandbox.urls["telegram"]))
    }
    app = campaign(tmp_path, channels, text="", timeout=timedelta(seconds=10), post=POSTS)
    wind(tmp_path / "var" / CLOCK_FILE, start=app.clock.now(), speed=1800, spring=timedelta(minutes=5))
    await play(app)
    walls: dict[str, Wall] = {
        "mastodon": lambda: mastodon_mock.wall(mastodon, mastodon_mock.url),
        "bluesky": lambda: pds.wall(bluesky, pds.url),
        "telegram": sandbox.walls,
    }
    yield Shown(app=app, walls={network: wall() for network, wall in walls.items()})
    await sandbox.close()
    app.close()


async def test_the_walls_show_one_post_pinned_boosted_once_and_quoted_where_that_can_be(shown: Shown) -> None:
    for network in NETWORKS:
        wall = shown.walls[network]
        (lamps,) = [post for post in wall if post.text == "Seven lamps burn." and not post.extra.get("boosts")]
        assert lamps.extra["pinned"] is True
        (again,) = [post for post in wall if post.extra.get("boosts")]
        assert str(again.extra["boosts"]) == lamps.remote_id
        quotes = [post for post in wall if post.text.startswith("Look at this.")]
        if Feature.QUOTE in installed()[network].features:
            assert [post.extra["quotes"] for post in quotes] == [lamps.remote_id]
            assert shown.state("said", network) is State.PUBLISHED
        else:
            assert quotes == []
            assert shown.state("said", network) is State.HELD
        assert len(wall) == 2 + len(quotes)
    foreseen = preview(shown.app.written, shown.app.workshop, {})
    told = {one.intent.wanted.channel.network: str(one.unusable) for one in foreseen if one.unusable is not None}
    assert told == {"telegram": "telegram has not: quoting an own post"}

"""An answer is lost in every way there is, on every kind of server: nothing is ever public twice.

Where the network can be asked, the delivery ends published, with the address of the one post there is;
where it cannot (Telegram), a person is asked and nothing is sent again. One worker plays all of it at once.
"""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from amplify.domain.delivery import Delivery, State
from amplify.testing.faults import Rule
from amplify.testing.manners import Manners
from amplify.testing.proxy import Proxy
from amplify.testing.resident import Resident, settings_for
from amplify.testing.sandbox import Sandbox
from amplify.testing.wall import WallPost
from servers.bluesky import Pds
from servers.mastodon import MastodonMock
from servers.stage import campaign, play

pytestmark = pytest.mark.real

TIMEOUT = timedelta(seconds=1.5)
SENDS = r"/api/v1/statuses$|repo\.putRecord$|/sendMessage$"
FAULTS = {
    "reset after it was stored": Rule(what="drop_after", path=SENDS, method="POST"),
    "closed after it was stored": Rule(what="close_after", path=SENDS, method="POST"),
    "500 after it was stored": Rule(what="status", arg=500, phase="after", path=SENDS, method="POST"),
    "stored when nobody waits any more": Rule(
        what="delay", arg=TIMEOUT.total_seconds() + 0.7, path=SENDS, method="POST"
    ),
}
CAN_BE_ASKED = ["mastodon-mock", "a careless look-alike of Mastodon", "Bluesky's own server"]
TELEGRAM = "a look-alike of Telegram"

Wall = Callable[[str], Sequence[WallPost]]


@dataclass(frozen=True, kw_only=True)
class Place:
    """One account on one server, and its wall. `wall` takes the address that the worker sees the server at."""

    server: str
    resident: Resident
    wall: Wall


@dataclass(frozen=True, kw_only=True)
class Ended:
    row: Delivery
    wall: Sequence[WallPost]
    sent: int


@pytest.fixture(scope="module")
def ended(
    tmp_path_factory: pytest.TempPathFactory, pds: Pds, mastodon_mock: MastodonMock
) -> Mapping[tuple[str, str], Ended]:
    return asyncio.run(_drama(tmp_path_factory.mktemp("lost"), pds, mastodon_mock))


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("server", CAN_BE_ASKED)
def test_a_lost_answer_is_found_again(ended: Mapping[tuple[str, str], Ended], server: str, fault: str) -> None:
    end = ended[server, fault]
    assert [post.text for post in end.wall] == ["Free them all"]
    assert end.row.state is State.PUBLISHED
    assert end.row.receipt.url == end.wall[0].url
    assert end.row.receipt.remote_id == end.wall[0].remote_id
    assert end.row.attempts == 1


@pytest.mark.parametrize("fault", FAULTS)
def test_where_nobody_can_be_asked_a_person_is(ended: Mapping[tuple[str, str], Ended], fault: str) -> None:
    end = ended[TELEGRAM, fault]
    assert [post.text for post in end.wall] == ["Free them all"]
    assert end.row.state is State.UNCONFIRMED
    assert "amplify resolve" in end.row.reason
    assert end.sent == 1


async def _drama(root: Path, pds: Pds, mock: MastodonMock) -> Mapping[tuple[str, str], Ended]:
    """Every fault on an account of its own, so that all quarantines run side by side."""
    careless = [
        Resident(network="mastodon", channels=(f"m{number}",), name=f"campaign_{number}", secret=f"secret-{number}")
        for number in range(len(FAULTS))
    ]
    chats = [
        Resident(network="telegram", channels=(f"t{number}",), name=f"@campaign_{number}", secret=f"{number}:secret")
        for number in range(len(FAULTS))
    ]
    sandbox = await Sandbox.open(
        [*careless, *chats],
        now=lambda: datetime.now(UTC),
        manners=Manners(honours_idempotency=False, ulid_ids=True),
    )

    def beside(resident: Resident, server: str) -> tuple[str, Resident, str, Wall]:
        return (
            server,
            resident,
            sandbox.urls[resident.network],
            lambda _: [
                post for post in sandbox.walls() if (post.network, post.account) == (resident.network, resident.name)
            ],
        )

    def real(name: str, server: Pds | MastodonMock) -> tuple[str, Resident, str, Wall]:
        resident = server.sign_up("canary-3c1f")
        return name, resident, server.url, lambda shown_at: server.wall(resident, shown_at)

    channels, at_work = {}, []
    for number, (fault, rule) in enumerate(FAULTS.items()):
        for server, resident, url, wall in (
            real(CAN_BE_ASKED[0], mock),
            beside(careless[number], CAN_BE_ASKED[1]),
            real(CAN_BE_ASKED[2], pds),
            beside(chats[number], TELEGRAM),
        ):
            proxy = await Proxy.open(url, resident.network)
            proxy.faults.add(rule)
            name = f"channel-{len(channels)}"
            settings = settings_for(resident, {resident.network: proxy.url})
            channels[name] = {"network": resident.network, **settings}
            at_work.append((name, server, fault, proxy, wall))
    app = campaign(root, channels, text="Free them all", timeout=TIMEOUT)
    rows = {row.key.channel: row for row in await play(app)}
    app.close()
    told = {
        (server, fault): Ended(
            row=rows[name],
            wall=wall(proxy.url),
            sent=sum(bool(request.faults) for request in proxy.requests()),
        )
        for name, server, fault, proxy, wall in at_work
    }
    for _, _, _, proxy, _ in at_work:
        await proxy.close()
    await sandbox.close()
    return told

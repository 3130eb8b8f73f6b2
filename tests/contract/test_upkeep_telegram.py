"""What only Telegram does: it lets a bot delete for 48 hours, and tells of reactions and votes what has changed."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from amplify.domain.envelope import Receipt
from amplify.domain.poll import Poll
from amplify.domain.richtext import plain
from amplify.ports.errors import Rejected
from amplify.ports.publisher import Access, Publisher
from amplify.ports.upkeep import Counts
from amplify.publishers import installed
from amplify.testing.faults import Faults
from amplify.testing.publisher_site import Site, send
from amplify.testing.resident import Resident
from amplify.testing.sandbox import Sandbox
from amplify.testing.upkeep_contract import ONE, measuring, withdrawing
from servers.asking import post

TOKEN = "7:canary-51d2"
POLL = {"poll": Poll(options=("Candles", "Lamps"), lasts=timedelta(days=1))}


class Chats:
    """Two channels of one bot, and a clock that a test sets."""

    def __init__(self) -> None:
        self.now = datetime(2027, 5, 21, 7, tzinfo=UTC)

    async def open(self) -> None:
        names = ("@lamps", "@candles")
        residents = [Resident(network="telegram", channels=(n[1:],), name=n, secret=TOKEN) for n in names]
        self.sandbox = await Sandbox.open(residents, now=lambda: self.now)

    def site(self, channel: str) -> Site:
        wait = timedelta(seconds=5)
        settings = self.sandbox.settings(channel)
        return Site(
            network=installed()["telegram"],
            access=Access(channel=channel, language="en", settings=settings, timeout=wait, connect_timeout=wait),
            secret=TOKEN,
            wall=self.sandbox.walls,
            faults=Faults(),
            sent=int,
            leave=self.sandbox.close,
            now=lambda: self.now,
            sends="",
            refusal=400,
        )

    async def crowd(self, chat: str, receipt: Receipt, **does: object) -> None:
        """Readers react, or vote."""
        url = f"{self.sandbox.urls['telegram']}/crowd/{chat}/{receipt.remote_id}"
        await asyncio.to_thread(post, url, **does)


@pytest.fixture
async def chats() -> AsyncIterator[Chats]:
    chats = Chats()
    await chats.open()
    yield chats
    await chats.sandbox.close()


@pytest.fixture
async def lamps(chats: Chats) -> AsyncIterator[Site]:
    site = chats.site("lamps")
    yield site
    await site.close()


async def counted(publisher: Publisher, receipt: Receipt) -> Counts:
    return (await measuring(publisher).measure([receipt]))[receipt.remote_id]


async def test_after_48_hours_telegram_refuses_and_says_what_a_person_can_do(chats: Chats, lamps: Site) -> None:
    publisher = await lamps.connect()
    receipt = await send(publisher, lamps.sealed(publisher, ONE))
    receipt = replace(receipt, at=datetime.now(UTC) - timedelta(hours=49))  # an answer is dated by the machine
    chats.now += timedelta(hours=49)
    with pytest.raises(Rejected) as told:
        await withdrawing(publisher).withdraw(None, receipt)
    assert "for 48 hours only" in str(told.value)
    assert "as an administrator" in str(told.value)
    assert receipt.url in str(told.value)
    assert len(lamps.wall()) == 1


async def test_where_a_young_message_stays_the_bot_lacks_a_right(chats: Chats, lamps: Site) -> None:
    publisher = await lamps.connect()
    receipt = await send(publisher, lamps.sealed(publisher, ONE))
    chats.now += timedelta(hours=49)
    with pytest.raises(Rejected, match="Give the bot the right to delete"):
        await withdrawing(publisher).withdraw(None, replace(receipt, at=datetime.now(UTC)))


async def test_a_message_whose_number_nobody_knows_is_deleted_by_hand(lamps: Site) -> None:
    publisher = await lamps.connect()
    unknown = Receipt(remote_id="lamps", url="https://t.me/lamps", at=lamps.now())
    with pytest.raises(Rejected, match="delete it by hand"):
        await withdrawing(publisher).withdraw(None, unknown)


async def test_reactions_are_counted_once_the_bot_has_asked_for_them(chats: Chats, lamps: Site) -> None:
    publisher = await lamps.connect()
    receipt = await send(publisher, lamps.sealed(publisher, ONE))
    await chats.crowd("@lamps", receipt, reactions={"👍": 9})
    assert await counted(publisher, receipt) == Counts()
    await chats.crowd("@lamps", receipt, reactions={"👍": 9, "🔥": 2})
    assert await counted(publisher, receipt) == Counts(reactions=11)
    await chats.crowd("@lamps", receipt, reactions={"👍": 8})
    assert await counted(publisher, receipt) == Counts(reactions=8)


async def test_votes_of_a_poll_are_counted(chats: Chats, lamps: Site) -> None:
    publisher = await lamps.connect()
    receipt = await send(publisher, lamps.sealed(publisher, plain("What do you light?"), wishes=POLL))
    await counted(publisher, receipt)
    await chats.crowd("@lamps", receipt, votes=[3, 4])
    assert await counted(publisher, receipt) == Counts(votes=7)


async def test_what_one_channel_of_a_bot_has_read_is_there_for_the_other(chats: Chats, lamps: Site) -> None:
    candles = chats.site("candles")
    here, there = await lamps.connect(), await candles.connect()
    first, second = await send(here, lamps.sealed(here, ONE)), await send(there, candles.sealed(there, ONE))
    await counted(here, first)
    await chats.crowd("@lamps", first, reactions={"👍": 1})
    await chats.crowd("@candles", second, reactions={"👍": 2})
    assert (await counted(here, first), await counted(there, second)) == (Counts(reactions=1), Counts(reactions=2))
    await candles.close()


async def test_more_news_than_one_answer_holds_is_read_to_its_end(chats: Chats, lamps: Site) -> None:
    publisher = await lamps.connect()
    receipt = await send(publisher, lamps.sealed(publisher, ONE))
    await counted(publisher, receipt)
    for many in range(1, 103):
        await chats.crowd("@lamps", receipt, reactions={"👍": many})
    assert await counted(publisher, receipt) == Counts(reactions=102)

"""What an account uses is counted once, whichever of its channels asks; what its server says of it comes first."""

from datetime import timedelta

import pytest

from amplify.domain.budget import Budget, Reading, Use
from amplify.domain.channel import Channel, LinkPolicy
from amplify.domain.rendition import Limits
from amplify.ports.errors import Throttled
from amplify.ports.ledger import LedgerError
from amplify.services.meter import LedgerMeter
from amplify.services.paused import paused, pauses
from amplify.testing.hand_clock import HandClock
from amplify.testing.memory_ledger import MemoryLedger

HOUR = timedelta(hours=1)
POSTS = Budget(name="posts", most=2, window=HOUR, costs=((Use.POST, 1),))
UPLOADS = Budget(name="pictures", most=2, window=HOUR, costs=((Use.UPLOAD, 1),))
SIGN_INS = Budget(name="sign-ins", most=2, window=HOUR, costs=((Use.SIGN_IN, 1),))
REQUESTS = Budget(name="requests", most=300, window=HOUR, costs=tuple((use, 1) for use in Use))
BUDGETS = (POSTS, UPLOADS, SIGN_INS, REQUESTS)


class Full(MemoryLedger):
    """Its disk is."""

    def spend(self, *_: object) -> None:
        raise LedgerError("the disk is full")

    def heed(self, *_: object) -> None:
        raise LedgerError("the disk is full")


@pytest.fixture
def ledger() -> MemoryLedger:
    return MemoryLedger()


def meter(ledger: MemoryLedger, clock: HandClock, account: str = "12@s.example") -> LedgerMeter:
    made = LedgerMeter(ledger=ledger, clock=clock, door="mastodon https://s.example", budgets=BUDGETS)
    if account:
        made.belongs_to(account, BUDGETS)
    return made


async def test_two_channels_of_an_account_share_what_there_is_and_another_account_has_its_own(ledger, clock):
    english, german, other = meter(ledger, clock), meter(ledger, clock), meter(ledger, clock, "13@s.example")
    await english.spend(Use.POST)
    await german.spend(Use.POST)
    with pytest.raises(Throttled, match="the server takes 2 posts in an hour") as told:
        await english.spend(Use.POST)
    assert told.value.wait(clock.machine()) == HOUR
    await other.spend(Use.POST)
    clock.pass_by(HOUR)
    await english.spend(Use.POST)


async def test_when_nothing_is_left_nobody_asks_to_be_refused(ledger, clock):
    await meter(ledger, clock).hear(Reading(use=Use.POST, most=2, left=0, wait=timedelta(minutes=7)))
    with pytest.raises(Throttled) as told:
        await meter(ledger, clock).spend(Use.POST)
    assert told.value.wait(clock.machine()) == timedelta(minutes=7)
    await meter(ledger, clock).spend(Use.UPLOAD)


async def test_a_wait_outlasts_another_number_of_how_much_the_server_takes(ledger, clock):
    await meter(ledger, clock).hear(Reading(use=Use.POST, most=2, left=0, wait=timedelta(minutes=7)))
    await meter(ledger, clock).hear(Reading(use=Use.POST, most=3, left=1, wait=HOUR))
    with pytest.raises(Throttled) as told:
        await meter(ledger, clock).spend(Use.POST)
    assert told.value.wait(clock.machine()) == timedelta(minutes=7)


async def test_how_much_a_server_takes_is_learned_from_it(ledger, clock):
    await meter(ledger, clock).hear(Reading(use=Use.POST, most=3, left=2, wait=HOUR))
    for _ in range(3):
        await meter(ledger, clock).spend(Use.POST)
    with pytest.raises(Throttled, match="3 posts"):
        await meter(ledger, clock).spend(Use.POST)


async def test_a_refused_upload_holds_back_uploads_and_a_refused_look_everything(ledger, clock):
    ledger.bind(
        "here",
        id="12@s.example",
        name="@c",
        url="https://s.example/@c",
        limits=Limits(text=5, unit="letters"),
        now=clock.now(),
    )
    account, until = "12@s.example", clock.machine() + timedelta(minutes=7)
    await meter(ledger, clock).hear(Reading(use=Use.UPLOAD, most=2, wait=timedelta(minutes=7), refused=True))
    seen = pauses(account, BUDGETS, ledger, clock.machine())
    assert (seen.whole, seen.partly) == (None, (until,))
    await meter(ledger, clock).hear(Reading(use=Use.REQUEST, wait=timedelta(minutes=7), refused=True))
    assert pauses(account, BUDGETS, ledger, clock.machine()).whole == until
    clock.pass_by(timedelta(minutes=7))
    assert pauses(account, BUDGETS, ledger, clock.machine()).whole is None


async def test_sign_ins_are_counted_at_the_door_before_anybody_has_answered(ledger, clock):
    for _ in range(2):
        await meter(ledger, clock, account="").spend(Use.SIGN_IN)
    with pytest.raises(Throttled) as told:
        await meter(ledger, clock, account="").spend(Use.SIGN_IN)
    assert await meter(ledger, clock).shut_until() is None
    until = await meter(ledger, clock).shut(told.value)
    assert until == clock.machine() + HOUR == await meter(ledger, clock, account="").shut_until()


async def test_people_see_which_channels_wait_and_for_what(ledger, clock):
    links, settings = LinkPolicy.FULL, {"server": "https://s.example"}
    channels = {
        name: Channel(name=name, network="mastodon", language="en", links=links, settings=settings)
        for name in ("here",)
    }
    limits = Limits(text=5, unit="letters", budgets=BUDGETS)
    ledger.bind("here", id="12@s.example", name="@c", url="https://s.example/@c", limits=limits, now=clock.now())
    assert paused(ledger, channels, clock.machine()) == {}
    await meter(ledger, clock).hear(Reading(use=Use.POST, most=2, left=0, wait=timedelta(minutes=7)))
    assert paused(ledger, channels, clock.machine())["here"].what == "its server takes no more posts for now"
    await meter(ledger, clock).shut(Throttled("no", reading=Reading(use=Use.SIGN_IN, wait=HOUR)))
    assert paused(ledger, channels, clock.machine())["here"].what == "its server lets nobody sign in"
    clock.pass_by(HOUR)
    assert paused(ledger, channels, clock.machine()) == {}


async def test_a_count_that_cannot_be_written_keeps_no_post_back(clock):
    full = meter(Full(), clock)
    await full.spend(Use.POST)
    await full.hear(Reading(use=Use.POST, most=2, left=0, wait=HOUR))

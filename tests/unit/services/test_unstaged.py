"""A server that says it has no such picture: a proof on a first request, and none on a later one."""

from datetime import UTC, datetime, timedelta

import pytest

from amplify.domain.delivery import Event, State
from amplify.ports.errors import Unstaged
from amplify.ports.ledger import Outcome
from amplify.services.deliver import send
from amplify.testing.ledger_scenes import NOON, approved, begin, claimed, lost, named, sealed, staged
from amplify.testing.memory_ledger import MemoryLedger
from desks import desk_of

LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)


class Forgetful:
    async def publish(self, _envelope, _pictures):
        raise Unstaged("Media 109 not found or already attached to another post")


@pytest.fixture
def desk(written):
    app, ledger = written("[]"), MemoryLedger()
    return desk_of(app, since=LONG_AGO, ledger=ledger)


async def test_on_a_first_request_it_goes_again_with_the_picture_anew(desk, clock):
    row = desk.ledger.keep_staged(approved(desk.ledger, named()), staged())
    begun = begin(desk.ledger, claimed(desk.ledger, row))
    after = await send(begun, sealed(begun), Forgetful(), desk, {}, timedelta())
    assert (after.state, after.staged, after.attempts, after.not_before) == (State.APPROVED, None, 0, clock.at)


async def test_on_a_later_request_the_earlier_one_may_have_arrived_and_is_looked_for_first(desk):
    row = desk.ledger.keep_staged(approved(desk.ledger, named()), staged())
    lost_row = lost(desk.ledger, begin(desk.ledger, claimed(desk.ledger, row)))
    absent = desk.ledger.record(lost_row, Outcome(event=Event.ABSENT, now=NOON))
    assert absent.staged == staged()
    begun = begin(desk.ledger, claimed(desk.ledger, absent))
    after = await send(begun, sealed(begun), Forgetful(), desk)
    assert (after.state, after.staged) == (State.UNCONFIRMED, None)
    assert after.lost_at is not None

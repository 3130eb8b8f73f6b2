"""Cancelling what a worker, or somebody else, has in hand at the same time: it comes before the deleting and never stops it."""

import pytest

from amplify.domain.delivery import Event, State
from amplify.ports.ledger import Outcome
from amplify.services.withdraw import cancel
from amplify.testing.ledger_scenes import NOON, approved, begin, claimed, look, named
from amplify.testing.memory_ledger import MemoryLedger


@pytest.mark.parametrize("faster", [Event.CANCEL, Event.MISS])
def test_what_has_ended_meanwhile_is_left_as_it_is(faster: Event) -> None:
    ledger = MemoryLedger()
    seen = approved(ledger, named())
    ended = ledger.record(seen, Outcome(event=faster, now=NOON, reason="somebody was faster"))
    cancelled, too_late = cancel([seen], ledger, by="editor", now=NOON)
    assert (len(cancelled), too_late) == (ended.state is State.CANCELLED, [])
    assert look(ledger, seen.key).reason == "somebody was faster"


def test_a_request_that_has_left_is_too_late() -> None:
    ledger = MemoryLedger()
    seen = approved(ledger, named())
    begin(ledger, claimed(ledger, seen))
    cancelled, too_late = cancel([seen], ledger, by="editor", now=NOON)
    assert (cancelled, [row.state for row in too_late]) == ([], [State.SENDING])

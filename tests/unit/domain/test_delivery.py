"""The life of a delivery: what can never happen, whatever happens."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amplify.domain.delivery import ENDED, MOVES, SEALED, WAITING, Event, ImpossibleMove, State, move

STEPS = st.lists(st.sampled_from(list(Event)), max_size=60)


def lives(events: list[Event]) -> list[tuple[State, Event, State]]:
    """The steps that a life takes when it meets these events; impossible ones are refused and change nothing."""
    state, steps = State.PLANNED, []
    for event in events:
        try:
            after = move(state, event)
        except ImpossibleMove:
            continue
        steps.append((state, event, after))
        state = after
    return steps


@given(STEPS)
def test_a_request_leaves_only_by_begin_or_a_replay(events: list[Event]) -> None:
    for before, event, after in lives(events):
        if after is State.SENDING:
            assert (before, event) in {(State.CLAIMED, Event.BEGIN), (State.UNCONFIRMED, Event.REPLAY)}


@given(STEPS)
def test_what_is_public_is_never_sent_again(events: list[Event]) -> None:
    public = False
    for _, _, after in lives(events):
        assert not (public and after not in {State.PUBLISHED, State.WITHDRAWN})
        public = public or after is State.PUBLISHED


@given(STEPS)
def test_nothing_is_claimed_without_a_yes_since_it_last_changed(events: list[Event]) -> None:
    """Rows refuse ABSENT and REPLAY after RESTORE: see test_copies.py."""
    yes, restored = False, False
    for _, event, after in lives(events):
        if restored and event in {Event.ABSENT, Event.REPLAY}:
            return
        restored = (restored or event is Event.RESTORE) and after is State.UNCONFIRMED
        if event is Event.APPROVE:
            yes = True
        if after is State.PLANNED:
            yes = False
        assert yes or after is not State.CLAIMED


def test_lost_sight_leads_on_only_by_proof_or_replay() -> None:
    ways = {event for state, event in MOVES if state is State.UNCONFIRMED}
    assert ways == {Event.CONFIRM, Event.ABSENT, Event.REPLAY, Event.RESTORE, Event.REVISE}
    assert move(State.UNCONFIRMED, Event.RESTORE) is State.UNCONFIRMED


def test_every_state_is_sealed_waiting_or_ended() -> None:
    assert set(State) == SEALED | WAITING | ENDED
    assert not SEALED & WAITING
    assert not ENDED & (SEALED | WAITING)


def test_a_step_that_life_has_not_is_refused() -> None:
    with pytest.raises(ImpossibleMove, match="published cannot begin"):
        move(State.PUBLISHED, Event.BEGIN)

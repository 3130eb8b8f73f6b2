"""What may be printed at the send: fresh numbers that nothing contradicts."""

from datetime import UTC, date, datetime, timedelta

import pytest

from amplify.domain.figure import Bounds, Figure, Source
from amplify.domain.moving import Moving, covers
from amplify.domain.printed import contradicted, outdated
from amplify.domain.proposal import Proposal
from amplify.domain.rendition import FigureUsed

TODAY = date(2027, 5, 2)
COUNT = Source(name="The count")
LAMPS = Figure(id="lamps", label={}, value=1254, as_of=date(2027, 4, 30), source=COUNT, limits=Bounds(max_drop_pct=5))


def used(**changes):
    return FigureUsed(
        **{"id": "lamps", "as_of": date(2027, 4, 20), "source": "The count", "max_age_days": 45, **changes}
    )


def test_a_fresh_number_is_printed():
    assert outdated([used()], TODAY, None) == ""


@pytest.mark.parametrize(
    ("one", "told"),
    [
        (used(as_of=date(2027, 3, 1)), "62 days old, 45 allowed"),
        (used(as_of=date(2027, 5, 3)), "which is still to come"),
        (used(untrue_from=TODAY, untrue="“more than 1500” is not true"), "figure lamps: “more than 1500” is not true"),
    ],
)
def test_a_number_that_is_old_or_contradicted_is_not(one, told):
    assert told in outdated([one], TODAY, None)


def test_what_becomes_known_later_is_no_reason_today():
    assert outdated([used(untrue_from=TODAY + timedelta(days=1), untrue="no")], TODAY, None) == ""


def test_numbers_that_may_move_under_a_yes_must_be_fresher():
    assert "12 days old, 7 allowed" in outdated([used()], TODAY, Moving(percent=2, max_age=timedelta(days=7)))


def proposal(value, day=TODAY):
    at = datetime(2027, 5, 2, tzinfo=UTC)
    return Proposal(figure="lamps", value=value, as_of=day, source=COUNT, by="list", at=at, fetched=True)


def test_an_open_proposal_that_jumps_keeps_the_older_number_back():
    told = contradicted([LAMPS], [proposal(1131)])
    assert "figure lamps may be out of date, list proposes another number" in told
    assert "`amplify figures confirm lamps`" in told


def test_one_that_hardly_differs_or_is_older_does_not():
    assert contradicted([LAMPS], [proposal(1250), proposal(1000, date(2027, 4, 1))]) == ""


@pytest.mark.parametrize(
    ("yes", "digest", "same"),
    [
        ("ab", "ab", True),
        ("ab~n=100", "ab~n=102", True),
        ("ab~n=100", "ab~n=103", False),
        ("ab~n=100", "cd~n=100", False),
        ("ab~n=100", "ab~n=100+2", False),
        ("ab~n=100+2", "ab~n=101+2", True),
        ("ab~n=100,5", "ab~n=100", False),
        ("ab~n=0", "ab~n=1", False),
        ("ab", "ab~n=100", False),
    ],
)
def test_a_yes_covers_the_same_words_with_numbers_nearby(yes, digest, same):
    assert covers(yes, digest, Moving(percent=2, max_age=timedelta(days=7))) is same
    assert covers(yes, digest, None) is (yes == digest)

"""What a server takes in a while: whether there is room, and when there is again."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from amplify.domain.budget import (
    Budget,
    Reading,
    Spent,
    Use,
    Word,
    about,
    about_span,
    believed,
    full,
    left,
    span_told,
)
from amplify.domain.crowd import Due, crowds
from amplify.domain.key import Key

NOON = datetime(2027, 5, 21, 12, tzinfo=UTC)
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
POSTS = Budget(name="posts", most=3, window=3 * HOUR, costs=((Use.POST, 1),), aligned=True)
POINTS = Budget(name="points", most=6, window=HOUR, costs=((Use.POST, 2), (Use.DELETE, 1)))
REQUESTS = Budget(name="requests", most=300, window=5 * MINUTE, costs=tuple((use, 1) for use in Use))


def posts(*minutes: int, number: int = 1) -> list[Spent]:
    """Posts that many minutes after noon."""
    return [Spent(use=Use.POST, number=number, at=NOON + minute * MINUTE) for minute in minutes]


def until(budget: Budget, spent: list[Spent], minute: int, number: int = 1, use: Use = Use.POST) -> float:
    """The minute after noon from which there is room, asked at another one; nothing where there is room."""
    found = full([budget], spent, (), use, number, NOON + minute * MINUTE)
    return 0 if found is None else (found.until - NOON).total_seconds() / 60


@pytest.mark.parametrize(
    ("budget", "spent", "minute", "free"),
    [
        (POSTS, posts(0, 1), 10, 0),
        (POSTS, posts(0, 1, 2), 10, 180 + 1 / 60),
        (POSTS, posts(-1, -2, -3), 0, 0),
        (POSTS, posts(177, 178, 179), 180, 0),
        (POINTS, posts(0, 1), 10, 0),
        (POINTS, posts(0, 1, 2), 10, 60),
        (POINTS, posts(0, 1, 2), 60, 0),
        (POINTS, [*posts(0, 2), Spent(use=Use.DELETE, number=1, at=NOON)], 10, 60),
        (POSTS, [], 0, 0),
    ],
)
def test_there_is_room_until_a_window_is_full_and_again_when_it_empties(
    budget: Budget, spent: list[Spent], minute: int, free: float
) -> None:
    assert until(budget, spent, minute) == pytest.approx(free)


def test_what_costs_more_than_all_of_it_goes_when_all_of_it_is_free() -> None:
    assert until(POSTS, [], 0, number=10) == 0
    assert until(POINTS, posts(0), 1, number=10) == 60


def test_what_does_not_count_needs_no_room() -> None:
    assert until(POSTS, posts(0, 1, 2), 3, use=Use.UPLOAD) == 0
    assert left(POSTS, posts(0, 1), NOON + HOUR) == 1


def test_the_word_of_the_server_comes_before_our_count() -> None:
    now = NOON + 2 * MINUTE
    spent = Word(account="a", budget=POSTS.id, until=NOON + HOUR)
    found = full([POSTS], [], [spent], Use.POST, 1, now)
    assert found is not None
    assert found.until == NOON + HOUR
    assert full([POSTS], [], [spent], Use.POST, 1, NOON + HOUR) is None
    assert full([POSTS], posts(0, 1, 2), [Word(account="a", budget=POSTS.id, most=4)], Use.POST, 1, now) is None
    assert (
        believed([POSTS], [Word(account="a", budget=POSTS.id, most=4)])[0].told == "the server takes 4 posts in 3 hours"
    )


def test_what_a_wrong_clock_has_left_behind_does_not_count() -> None:
    year = timedelta(days=365)
    ahead = [replace(one, at=one.at + year) for one in posts(0, 1, 2)]
    words = [Word(account="a", budget=POSTS.id, until=NOON + year)]
    assert full([POSTS, POINTS], ahead, words, Use.POST, 1, NOON) is None


@pytest.mark.parametrize(
    ("reading", "budget"),
    [
        (Reading(use=Use.POST, most=3), POSTS),
        (Reading(use=Use.POST, most=300, wait=HOUR), POSTS),
        (Reading(use=Use.POST, most=300, wait=2 * MINUTE), REQUESTS),
        (Reading(use=Use.POST, most=77, window=5 * MINUTE), REQUESTS),
        (Reading(use=Use.POST), POSTS),
        (Reading(use=Use.EDIT), REQUESTS),
        (Reading(use=Use.EDIT, most=3, wait=HOUR), None),
        (Reading(use=Use.POST, wait=9 * HOUR), None),
    ],
)
def test_an_answer_tells_of_the_budget_that_it_can_be_about(reading: Reading, budget: Budget | None) -> None:
    assert about(reading, [POSTS, REQUESTS]) == budget


def test_spans_are_told_as_people_say_them() -> None:
    assert [span_told(span) for span in (3 * HOUR, 5 * MINUTE, HOUR, 90 * MINUTE, 24 * HOUR)] == [
        "3 hours",
        "5 minutes",
        "an hour",
        "90 minutes",
        "a day",
    ]
    spans = (timedelta(seconds=0.2), timedelta(seconds=61), timedelta(seconds=181), 4 * HOUR + MINUTE)
    assert [about_span(span) for span in spans] == ["a second", "61 seconds", "4 minutes", "5 hours"]


def dues(*minutes: int, cost: int = 1) -> list[Due]:
    keys = (Key(edition="2027", post=f"post-{number}", channel="here") for number in range(len(minutes)))
    return [Due(key=key, at=NOON + minute * MINUTE, cost=cost) for key, minute in zip(keys, minutes, strict=True)]


@pytest.mark.parametrize(
    ("budget", "minutes", "late"),
    [
        (POSTS, (0, 1, 2), []),
        (POSTS, (0, 1, 2, 3, 4), [(5, 2)]),
        (POSTS, (0, 1, 2, 3, 181, 182, 183), [(4, 1), (3, 1)]),
        (POSTS, (0, 1, 2, 3, 181, 400), [(4, 1)]),
        (POINTS, (0, 1, 2, 70), []),
        (POINTS, (0, 1, 2, 3), [(8, 1)]),
        (POINTS, (0, 20, 40, 59, 79, 100), [(10, 2)]),
    ],
)
def test_what_does_not_fit_into_a_window_would_be_late(
    budget: Budget, minutes: tuple[int, ...], late: list[tuple[int, int]]
) -> None:
    found = crowds(budget, dues(*minutes, cost=budget.cost_of(Use.POST)))
    assert [(crowd.total, len(crowd.late)) for crowd in found] == late

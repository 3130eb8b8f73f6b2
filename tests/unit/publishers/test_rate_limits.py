"""What headers say of a server's limits, in all the ways in which servers say it."""

from datetime import timedelta

import pytest

from amplify.domain.budget import Use
from amplify.publishers.rate_limits import reading_of

DATE = {"date": "Fri, 21 May 2027 10:00:00 GMT"}
LITTLE = 0.25


def wait(refused: bool = True, retry_after: str = "", **headers: str) -> float | None:
    """In seconds."""
    told = {name.replace("_", "-"): value for name, value in headers.items()}
    reading = reading_of({**DATE, **told}, retry_after, Use.POST, refused=refused)
    return reading.wait.total_seconds() if reading.wait is not None else None


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"x_ratelimit_reset": "2027-05-21T10:00:07.250000Z"}, 7.25),
        ({"x_ratelimit_reset": "2027-05-21T12:00:07+02:00"}, 7 + LITTLE),
        ({"x_ratelimit_reset": "2027-05-21T10:00:07"}, 7 + LITTLE),
        ({"x_ratelimit_reset": "1810893607"}, 7 + LITTLE),
        ({"ratelimit_reset": "1810893607"}, 7 + LITTLE),
        ({"ratelimit_reset": "7"}, 7 + LITTLE),
        ({"retry_after": "7"}, 7 + LITTLE),
        ({"retry_after": "Fri, 21 May 2027 10:00:07 GMT"}, 7 + LITTLE),
        ({"retry_after": "7", "x_ratelimit_reset": "2027-05-21T10:00:09.5Z"}, 9.5),
        ({"retry_after": "7", "x_ratelimit_reset": "2028-05-21T10:00:09.5Z"}, 7 + LITTLE),
        ({"retry_after": "7", "x_ratelimit_reset": "2026-05-21T10:00:09.5Z"}, 7 + LITTLE),
        ({"x_ratelimit_reset": "2027-05-21T09:00:00.5Z"}, -3599.5),
        ({"x_ratelimit_reset": "soon", "retry_after": "²"}, 60),
        ({"x_ratelimit_reset": "9" * 40}, 60),
        ({}, 60),
    ],
)
def test_a_refusal_says_for_how_long(headers: dict[str, str], seconds: float) -> None:
    assert wait(**headers) == seconds


def test_telegram_says_it_in_the_body() -> None:
    assert reading_of(DATE, "35", Use.POST, refused=True).wait == timedelta(seconds=35.25)


def test_without_the_server_s_own_time_an_instant_is_no_span() -> None:
    reading = reading_of({"x-ratelimit-reset": "2027-05-21T10:00:07.250000Z"}, "", Use.POST, refused=True)
    assert reading.wait is None


def test_an_answer_that_is_no_refusal_asks_for_no_wait() -> None:
    assert wait(refused=False) is None


def test_how_much_there_is_and_is_left() -> None:
    headers = {"ratelimit-limit": "5000", "ratelimit-remaining": "12", "ratelimit-policy": "5000;w=3600"}
    reading = reading_of(headers, "", Use.POST, refused=False)
    assert (reading.most, reading.left, reading.window) == (5000, 12, timedelta(hours=1))
    odd = reading_of(
        {"x-ratelimit-limit": "300, 300;w=1", "x-ratelimit-remaining": "none"}, "", Use.POST, refused=False
    )
    assert (odd.most, odd.left, odd.window) == (300, None, None)

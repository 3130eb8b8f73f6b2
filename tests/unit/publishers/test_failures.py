"""What a failure means for the post is read from that failure alone."""

import httpx
import pytest

from amplify.ports.errors import OutcomeUnknown, PublishError, Unavailable
from amplify.publishers.answers import Ear
from amplify.publishers.failures import Border

NO_CONNECTION = httpx.ConnectError("nobody answers")
CUT_BEHIND_THE_REQUEST = httpx.ReadError("cut")


def judged(failure: Exception) -> type[PublishError]:
    border = Border(network="Square", table=(), ear=Ear(), otherwise=OutcomeUnknown)
    with pytest.raises(PublishError) as told, border.crossed():
        raise failure
    return told.type


def test_a_connection_that_was_never_made_is_told_by_whatever_it_was_made_into() -> None:
    assert judged(NO_CONNECTION) is Unavailable
    error = OSError("a library's own")
    error.__cause__ = NO_CONNECTION
    assert judged(error) is Unavailable


def test_who_cannot_be_reached_is_named() -> None:
    border = Border(network="Square", table=(), ear=Ear(), otherwise=OutcomeUnknown, server="https://square.example")
    with pytest.raises(Unavailable, match=r"Square: https://square\.example cannot be reached"), border.crossed():
        raise NO_CONNECTION


def test_what_failed_before_says_nothing_of_the_request_that_followed_it() -> None:
    try:
        raise NO_CONNECTION
    except httpx.ConnectError:
        assert judged(CUT_BEHIND_THE_REQUEST) is OutcomeUnknown


def test_what_failed_before_and_is_raised_again_is_judged_all_the_same() -> None:
    def again() -> None:
        try:
            raise NO_CONNECTION
        except httpx.ConnectError:
            with Border(network="Square", table=(), ear=Ear(), otherwise=OutcomeUnknown).crossed():
                raise

    with pytest.raises(Unavailable):
        again()

"""What a stop holds back, and what goes out all the same."""

from datetime import UTC, datetime

import pytest

from amplify.domain.key import Key
from amplify.domain.stop import Stop, in_the_way

AT = datetime(2027, 5, 21, 5, tzinfo=UTC)
NEWS = Key(edition="2027", post="news", channel="mastodon-en")
FIRST = Stop(id=1, reason="a death", by="one", at=AT)


def later(*spared: str, channel: str = "") -> Stop:
    return Stop(id=2, reason="a death", by="two", at=AT, channel=channel, except_posts=frozenset(spared))


def test_an_urgent_post_that_a_later_stop_spares_goes_out() -> None:
    assert list(in_the_way([FIRST, later("news")], NEWS, urgent=True)) == []


def test_any_other_post_stays_stopped_for_one_person_cannot_let_it_go_on() -> None:
    assert list(in_the_way([FIRST, later("news")], NEWS, urgent=False)) == [FIRST]


@pytest.mark.parametrize("stops", [[later("other"), FIRST], [later("news", channel="bluesky-en"), FIRST]])
def test_only_what_is_named_on_the_channel_that_is_named_is_spared(stops: list[Stop]) -> None:
    assert FIRST in in_the_way(stops, NEWS, urgent=True)


def test_whoever_stops_after_that_stops_that_too() -> None:
    again = Stop(id=3, reason="the name is wrong", by="three", at=AT)
    assert list(in_the_way([FIRST, later("news"), again], NEWS, urgent=True)) == [again]

"""How full an account's days get, and how late a post may go: what the guard would say, told beforehand."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from amplify.domain.campaign import Campaign, Caps, Rules
from amplify.domain.guard import Say, Situation, judge
from amplify.domain.key import Key
from amplify.domain.lateness import latest
from amplify.domain.load import Begun, Load, loads
from amplify.domain.post import Kind, Part, Post
from amplify.domain.problem import Place
from amplify.domain.rendition import Layout, Rendition

NOON = datetime(2027, 5, 20, 10, tzinfo=UTC)
RULES = Rules(
    per_account=Caps(a_day=2, on_day=3, least_gap=timedelta(hours=1)), late=timedelta(hours=6), quiet_hours=None
)
CAMPAIGN = Campaign(
    name="A test", edition="1", zone="Europe/Vienna", day=date(2027, 5, 21), languages=("en",), rules=RULES
)


def begun(post: str, at: datetime, *, part: str = "", channel: str = "mastodon-en", urgent: bool = False) -> Begun:
    key = Key(edition="1", post=post, part=part, channel=channel)
    return Begun(key=key, account="one account", at=at, urgent=urgent, on_loopback=False)


def day(*all_of_it: Begun) -> Load:
    (load,) = loads(all_of_it, CAMPAIGN)
    return load


def test_a_day_counts_its_posts_and_a_thread_once() -> None:
    thread = [begun("thread", NOON, part=part) for part in ("one", "two", "three")]
    load = day(*thread)
    assert (load.used, load.cap, load.close, load.is_heavy) == (1, 2, 0, False)


def test_a_day_at_its_cap_is_heavy_and_the_day_itself_takes_more() -> None:
    both = (NOON, NOON + timedelta(hours=2))
    assert day(*(begun(f"post-{at.hour}", at) for at in both)).is_heavy
    on_day = day(*(begun(f"post-{at.hour}", at + timedelta(days=1)) for at in both))
    assert (on_day.used, on_day.cap, on_day.is_heavy) == (2, 3, False)


@pytest.mark.parametrize(("minutes", "urgent", "close"), [(59, False, 1), (60, False, 0), (59, True, 0)])
def test_posts_too_close_together_are_counted_unless_they_are_urgent(minutes: int, urgent: bool, close: int) -> None:
    load = day(begun("first", NOON), begun("second", NOON + timedelta(minutes=minutes), urgent=urgent))
    assert load.close == close


def test_channels_of_one_account_share_its_days_and_midnight_is_the_campaigns() -> None:
    late = datetime(2027, 5, 19, 22, 30, tzinfo=UTC)  # half past midnight in Vienna
    load = day(begun("night", late), begun("noon", NOON, channel="mastodon-de"))
    assert (load.day, load.channels, load.used) == (date(2027, 5, 20), ("mastodon-de", "mastodon-en"), 2)


@pytest.mark.parametrize("kind", [Kind.STATEMENT, Kind.COUNTDOWN])
@pytest.mark.parametrize("hour", [10, 20])
def test_the_latest_time_is_the_last_at_which_the_guard_lets_it_go(kind: Kind, hour: int) -> None:
    place = Place(file="posts/all.yaml")
    due = NOON.replace(hour=hour)
    post = Post(id="news", kind=kind, parts=(Part(place=place),), place=place, channels=("mastodon-en",))
    rendition = Rendition(
        key=Key(edition="1", post="news", channel="mastodon-en"),
        network="mastodon",
        channel="mastodon-en",
        language="en",
        due=due,
        layout=Layout(text="News", length=4, limit=500, unit="graphemes"),
    )
    situation = Situation(campaign=CAMPAIGN, post=post, rendition=rendition, now=due, late_by=timedelta())
    last = latest(rendition, post, CAMPAIGN)
    for at, say in ((last - timedelta(minutes=1), Say.GO), (last + timedelta(minutes=1), Say.MISS)):
        assert judge(replace(situation, now=at, late_by=at - due)).say is say

"""Posts that quote, boost and are pinned, carried by a real worker to the networks that can do so."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from amplify.domain.delivery import State
from amplify.domain.feature import Feature
from amplify.publishers import installed
from amplify.testing.faults import Rule

SECOND = timedelta(seconds=1)
PIN = {"network": "telegram", "path": "pinChatMessage"}


def able(*features: Feature) -> list[str]:
    return sorted(name for name, network in installed().items() if set(features) <= network.features)


def entry(id: str, at: str, channels: list[str], *lines: str) -> str:
    head = [f"- id: {id}", "  kind: call", f"  at: {at}", f"  channels: [{', '.join(channels)}]"]
    return "\n".join([*head, *(f"  {line}" for line in lines), ""])


def words(text: str) -> str:
    return f"text: {{en: {text}}}"


@pytest.fixture
def stage(theatre):
    quick = {"timeout": SECOND, "connect_timeout": SECOND / 5, "look_again": SECOND / 5}
    theatre.app = replace(theatre.app, settings=replace(theatre.app.settings, **quick))
    return theatre


def wall(stage, network: str) -> list[object]:
    return [post for post in stage.sandbox.walls() if post.network == network]


def public(stage, *ids: str) -> Callable[[], bool]:
    return lambda: all(stage.states(one) == {State.PUBLISHED} for one in ids)


async def test_a_post_is_quoted_and_boosted_once_it_is_public_and_not_before(stage):
    lamps = entry("lamps", "D 10:00", able(Feature.BOOST), words("Seven lamps burn."))
    quote = entry("said", "D 11:00", able(Feature.QUOTE), words("Look at this."), "quotes: lamps")
    boost = entry("again", "D 12:00", able(Feature.BOOST), "boosts: lamps")
    stage.write("posts/day.yaml", lamps + quote + boost)
    await stage.start()
    await stage.until(public(stage, "lamps", "said", "again"), 12)
    for network in able(Feature.QUOTE):
        assert [post.extra.get("quotes") for post in wall(stage, network)].count(None) < len(wall(stage, network))
    for network in able(Feature.BOOST):
        assert any(post.extra.get("boosts") for post in wall(stage, network))


async def test_a_post_is_boosted_once_by_an_account_whatever_boosts_it(stage):
    where = able(Feature.BOOST)
    lamps = entry("lamps", "D 10:00", where, words("Seven lamps burn."))
    more = entry("once-more", "D 13:00", where, "boosts: lamps")
    stage.write("posts/day.yaml", lamps + entry("again", "D 12:00", where, "boosts: lamps") + more)
    await stage.start()
    await stage.until(public(stage, "lamps", "again"), 12)
    assert stage.states("once-more") == {State.HELD}
    # neither another name nor the first boost's leaving the files makes room
    await stage.edit("posts/day.yaml", lamps + more + entry("third", "D 20:00", where, "boosts: lamps"))
    await stage.until(lambda: stage.states("third") == {State.HELD}, 12)
    for network in where:
        assert sum(bool(post.extra.get("boosts")) for post in wall(stage, network)) == 1


async def test_what_is_never_public_is_not_quoted(stage):
    lamps = entry("lamps", "D 10:00", ["bluesky"], words("Seven lamps burn."), "draft: true")
    stage.write("posts/day.yaml", lamps + entry("said", "D 11:00", ["bluesky"], words("Look."), "quotes: lamps"))
    await stage.start()
    await stage.until(lambda: stage.states("said") == {State.HELD}, 12)
    assert wall(stage, "bluesky") == []


async def test_a_post_is_pinned_once_it_is_public(stage):
    stage.write("posts/day.yaml", entry("lamps", "D 10:00", able(Feature.PIN), words("Seven lamps."), "pin: true"))
    await stage.start()
    await stage.until(lambda: {row.reason for row in stage.rows()} == {"pinned"}, 12)
    assert [post.extra.get("pinned") for post in stage.sandbox.walls()] == [True] * len(able(Feature.PIN))


@pytest.mark.parametrize(
    "fault", [{"what": "drop_before"}, {"what": "status", "arg": 500}, {"what": "hold", "arg": 30}]
)
async def test_a_pin_that_fails_is_told_and_tried_again_and_the_post_stays_published(stage, fault):
    stage.sandbox.faults.add(Rule(**PIN, **fault))
    stage.write("posts/day.yaml", entry("lamps", "D 10:00", ["telegram"], words("Seven lamps."), "pin: true"))
    await stage.start()
    await stage.until(lambda: {row.reason for row in stage.rows()} == {"pinned"}, 12)
    said = [row.reason for row in stage.told if row.state is State.PUBLISHED]
    assert any(reason.startswith("published, but not pinned: ") for reason in said)
    assert {row.state for row in stage.told if row.receipt is not None} == {State.PUBLISHED}
    assert len(wall(stage, "telegram")) == 1


async def test_a_pin_that_never_succeeds_is_tried_a_few_times_only(stage):
    stage.sandbox.faults.add(Rule(what="drop_before", count=100, **PIN))
    day = entry("lamps", "D 10:00", ["telegram"], words("Seven lamps."), "pin: true")
    stage.write("posts/day.yaml", day + entry("next", "D 11:00", ["telegram"], words("Eight lamps.")))
    await stage.start()
    await stage.until(public(stage, "lamps", "next"), 30)
    assert next(row for row in stage.rows() if row.key.post == "lamps").reason.startswith("published, but not pinned")

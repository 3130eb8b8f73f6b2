"""An own post is boosted once on its account, and by no other account, whatever is written and whatever is forgotten."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from amplify.domain.delivery import State
from amplify.domain.feature import Feature
from amplify.domain.key import Key
from amplify.publishers import installed
from amplify.services.now import now
from amplify.services.purge import choose, purge
from limits.town import Said, Stranger

ABLE = sorted(name for name, network in installed().items() if Feature.BOOST in network.features)
LAMPS = f"- {{id: lamps, kind: call, at: D 09:00, channels: [{', '.join(ABLE)}], text: {{en: Seven lamps burn.}}}}\n"
DAY = "posts/day.yaml"


def boost(id: str, when: str, *more: str, of: str = "lamps") -> str:
    keys = [f"id: {id}, kind: call, channels: [{', '.join(ABLE)}], boosts: {of}", when, *more]
    return f"- {{{', '.join(keys)}}}\n"


NEXT = LAMPS.replace("lamps", "next").replace("09:00", "09:30").replace("Seven", "Eight")
AGAIN = boost("again", "at: D 09:10")
#: Long after the tests are over, and yet in the plan.
LATER = "at: D 20:00"
WAYS = "".join(
    (
        boost("a-second-id", "at: D 09:20"),
        boost("several-times", "at: [D 09:25, D 09:30]"),
        boost("an-occurrence-each", "each: {a: {at: D 09:20}, b: {at: D 09:30}}"),
        boost("a-repetition", "repeat: {every: friday 09:20, from: 2027-05-20, until: 2027-05-22}"),
        boost("a-former-name", "at: D 09:20", "formerly: nothing-that-was"),
        boost("in-a-hurry", "at: D 09:20", "urgent: true").replace("kind: call", "kind: statement"),
    )
)


def boosts(stage) -> list[object]:
    """What is boosted on each wall."""
    return [(post.network, post.account) for post in stage.sandbox.walls() if post.extra.get("boosts")]


def is_public(stage, *posts: str) -> Callable[[], bool]:
    return lambda: all(stage.states(one) == {State.PUBLISHED} for one in posts)


def is_held(stage, post: str) -> Callable[[], bool]:
    return lambda: stage.states(post) == {State.HELD}


@pytest.fixture
async def boosted(theatre):
    """A worker has published a post and boosted it, on every network that can."""
    theatre.write(DAY, LAMPS + AGAIN)
    await theatre.start()
    await theatre.until(is_public(theatre, "lamps", "again"))
    assert len(boosts(theatre)) == len(ABLE)
    return theatre


async def test_whatever_is_written_it_is_boosted_once(theatre) -> None:
    theatre.write(DAY, LAMPS + AGAIN + WAYS)
    await theatre.start()
    await theatre.until(is_public(theatre, "lamps", "again"))
    await theatre.until_campaign("09:50")
    ways = [row for row in theatre.rows() if row.key.post not in ("lamps", "again")]
    assert {row.state for row in ways} == {State.HELD}
    assert len(ways) == 8 * len(ABLE)
    assert len(boosts(theatre)) == len(ABLE)


async def test_neither_a_new_name_of_it_nor_a_boost_that_is_written_no_more_makes_room(boosted) -> None:
    renamed = LAMPS.replace("id: lamps", "id: lights, formerly: lamps")
    await boosted.edit(DAY, renamed + boost("way", LATER, of="lights"))
    await boosted.until(is_held(boosted, "way"))
    assert len(boosts(boosted)) == len(ABLE)


async def test_what_an_earlier_edition_said_is_not_boosted_in_the_next(boosted) -> None:
    campaign = (boosted.root / "config/campaign.yaml").read_text()
    await boosted.edit("config/campaign.yaml", campaign.replace('"2027"', '"2028"'))
    await boosted.edit(DAY, LAMPS.replace("id: lamps", "id: lamps, draft: true") + boost("way", "at: D 10:00"))
    await boosted.until(lambda: any(row.key.edition == "2028" for row in boosted.rows()))
    await boosted.until_campaign("10:10")
    assert not {row.state for row in boosted.rows() if row.key.edition == "2028"} & {State.PUBLISHED, State.SENDING}
    assert len(boosts(boosted)) == len(ABLE)


async def test_amplify_now_makes_no_exception(boosted) -> None:
    await boosted.edit(DAY, LAMPS + AGAIN + boost("way", LATER))
    await boosted.until(is_held(boosted, "way"))
    app = boosted.app
    sped = now("way", app.written, app.workshop, app.ledger, by="one", via="cli")
    assert {row.state for row in sped} == {State.APPROVED}
    await boosted.until(is_held(boosted, "way"))
    assert all("shows lamps again already" in row.reason for row in boosted.rows() if row.key.post == "way")
    assert len(boosts(boosted)) == len(ABLE)


async def test_a_purged_boost_is_still_one(boosted) -> None:
    boosted.let_time_pass(timedelta())
    await boosted.stop()
    app = boosted.app
    purge(choose(app.ledger, post="again"), app.author, app.ledger, by="one", now=app.clock.now())
    boosted.write(DAY, LAMPS + NEXT + boost("way", "at: D 09:20"))
    await boosted.start()
    await boosted.until(is_public(boosted, "next"))
    assert boosted.states("way") == {State.HELD}
    assert len(boosts(boosted)) == len(ABLE)


LATE = boost("again", "at: D 10:10")


@pytest.mark.parametrize("written", [LATE, ""], ids=["still written", "written no more"])
async def test_a_ledger_that_was_put_back_knows_that_it_may_have_boosted_it(theatre, written: str) -> None:
    copy = theatre.root / "copy.db"
    theatre.write(DAY, LAMPS + LATE)
    await theatre.start()
    await theatre.until(is_public(theatre, "lamps"))
    theatre.let_time_pass(timedelta())
    assert theatre.states("again") == {State.APPROVED}
    theatre.app.back_up(copy)
    theatre.let_time_pass()
    await theatre.until(is_public(theatre, "again"))
    theatre.let_time_pass(timedelta())
    await theatre.stop()
    theatre.app.close()
    short = timedelta(seconds=0.5)
    theatre.app = replace(theatre.app, settings=replace(theatre.app.settings, timeout=short, connect_timeout=short))
    theatre.app.restore(copy, by="one")
    assert theatre.states("again") == {State.UNCONFIRMED}
    theatre.write(DAY, LAMPS + written + NEXT.replace("09:30", "10:50") + boost("way", "at: D 10:40"))
    await theatre.start()
    await theatre.until(is_public(theatre, "next"))
    assert theatre.states("way") == {State.HELD}
    assert len(boosts(theatre)) == len(ABLE)


SIBLINGS = """\
first-en: {network: bluesky, language: en, server: "https://bluesky.example", handle: one.example, password: "${T_ONE}"}
first-be: {network: bluesky, language: be, server: "https://bluesky.example", handle: one.example, password: "${T_ONE}"}
other-ru: {network: bluesky, language: ru, server: "https://bluesky.example", handle: two.example, password: "${T_TWO}"}
"""


@pytest.mark.parametrize("theatre", [SIBLINGS], indirect=True)
async def test_each_channel_boosts_what_it_said_itself_and_no_sibling_boosts_it_too(theatre) -> None:
    words = "text: {en: Seven lamps burn., be: Гараць сем лямпаў., ru: Горят семь ламп.}"
    lamps = f"- {{id: lamps, kind: statement, at: D 09:00, channels: [first-en, first-be], {words}}}\n"
    way = "- {id: way, kind: statement, at: D 09:10, channels: all, boosts: lamps}\n"
    theatre.write(DAY, lamps + way + way.replace("id: way", "id: again").replace("09:10", "09:20"))
    await theatre.start()
    channels = ("first-en", "first-be")
    await theatre.until(lambda: all(theatre.state("way", name) is State.PUBLISHED for name in channels))
    await theatre.until_campaign("09:40")
    assert theatre.state("way", "other-ru") is not State.PUBLISHED
    assert theatre.states("again") == {State.HELD}
    shown = [post for post in theatre.sandbox.walls() if post.extra.get("boosts")]
    said = [theatre.app.ledger.delivery(Key(edition="2027", post="lamps", channel=name)) for name in channels]
    assert {post.account for post in shown} == {"one.example"}
    assert sorted(str(post.extra["boosts"]) for post in shown) == sorted(row.receipt.remote_id for row in said)


CHANNELS = 'strange-en: {network: stranger, language: en, token: "${A}"}\n'


def test_no_plug_in_boosts_twice_nor_what_it_cannot(shown: Callable[..., Said]) -> None:
    lamps = "- {id: lamps, kind: call, at: D 09:00, channels: [stranger], text: {en: Seven lamps.}}\n"
    again = "- {id: again, kind: call, at: D 09:10, channels: [stranger], boosts: lamps}\n"
    files = {"config/channels.yaml": CHANNELS}
    assert shown(lamps + again, files, network=Stranger())[1] == {}
    twice = lamps + again + again.replace("id: again", "id: way").replace("09:10", "09:20")
    assert shown(twice, files, network=Stranger())[1] == {"strange-en": "boosted-twice"}
    unable = Stranger(features=frozenset(Feature) - {Feature.BOOST})
    assert shown(lamps + again, files, network=unable)[1] == {"strange-en": "unsupported"}

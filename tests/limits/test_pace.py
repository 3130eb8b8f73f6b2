"""48 posts in a day and a night and five minutes between two, whatever is written; and what counts as this machine."""

import os
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from amplify.bootstrap import App
from amplify.domain.campaign import Campaign, Caps, Rules
from amplify.domain.guard import GO, Say, Situation, judge
from amplify.domain.key import Key
from amplify.domain.loopback import nobody_follows, on_this_machine
from amplify.domain.post import Kind, Part, Post
from amplify.domain.problem import Place
from amplify.domain.rendition import Layout, Rendition
from amplify.domain.sent import Sent
from amplify.ports.publisher import Access
from amplify.publishers import installed
from amplify.testing.resident import Resident
from amplify.testing.sandbox import Sandbox
from limits.town import FILES

Write = Callable[..., App]
NOW = datetime(2027, 5, 21, 12, tzinfo=UTC)
TODAY = NOW.date()
NO_RULES = Rules(per_account=Caps(a_day=10**6, on_day=10**6, least_gap=timedelta()), quiet_hours=None)


def situation(*ago: timedelta, zone: str = "Europe/Vienna", day: date = TODAY) -> Situation:
    """A campaign that has set itself no limits, and what its account has begun so long ago."""
    place = Place(file="posts/day.yaml")
    key = Key(edition="1", post="p", channel="mastodon-en")
    keys = [replace(key, post=f"p{number}") for number in range(len(ago))]
    return Situation(
        campaign=Campaign(name="N", edition="1", zone=zone, day=day, languages=("en",), rules=NO_RULES),
        post=Post(id="p", kind=Kind.STATEMENT, parts=(Part(place=place),), place=place, channels=("mastodon-en",)),
        rendition=Rendition(
            key=key,
            network="mastodon",
            channel="mastodon-en",
            language="en",
            due=NOW,
            layout=Layout(text="x", length=1, limit=500, unit="graphemes"),
        ),
        now=NOW,
        late_by=timedelta(),
        sent=[Sent(key=key, thread=key, begun_at=NOW - span) for key, span in zip(keys, ago, strict=True)],
    )


def every(minutes: float, count: int) -> list[timedelta]:
    return [timedelta(minutes=minutes * (number + 1)) for number in range(count)]


def test_the_49th_post_of_a_day_and_a_night_waits() -> None:
    assert judge(situation(*every(29, 47))) is GO
    verdict = judge(situation(*every(29, 48)))
    assert verdict.say is Say.WAIT
    assert verdict.until == NOW - timedelta(minutes=29 * 48) + timedelta(days=1)


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Pacific/Pago_Pago", "UTC", "Asia/Kathmandu"])
@pytest.mark.parametrize("day", [TODAY, date(2028, 1, 1)])
def test_no_zone_and_no_day_makes_room_for_more(zone: str, day: date) -> None:
    assert judge(situation(*every(29, 48), zone=zone, day=day)).say is Say.WAIT


def test_five_minutes_lie_between_two_posts() -> None:
    assert judge(situation(timedelta(minutes=4, seconds=59))).say is Say.WAIT
    assert judge(situation(timedelta(minutes=5))) is GO


@pytest.mark.parametrize(
    "rules",
    [
        "per_account: {least_gap: 4m}",
        "per_account: {least_gap: 0m}",
        "per_account: {a_day: 49}",
        "per_account: {on_day: 49}",
        "per_account: {a_day: 1000000}",
    ],
)
def test_no_rule_asks_for_more(write: Write, rules: str) -> None:
    campaign = FILES["config/campaign.yaml"].replace("rules: {", f"rules: {{{rules}, ")
    app = write({"config/campaign.yaml": campaign})
    assert app.written.campaign is None
    assert {p.code for p in app.written.problems if p.is_error} == {"out-of-range"}


@pytest.mark.parametrize(
    "key", ["random_delay", "jitter", "spin", "variants", "follow", "like", "boost", "reply", "dm"]
)
def test_no_such_rule_is_known(write: Write, key: str) -> None:
    campaign = FILES["config/campaign.yaml"].replace("rules: {", f"rules: {{{key}: 5m, ")
    app = write({"config/campaign.yaml": campaign})
    assert app.written.campaign is None
    assert {p.code for p in app.written.problems if p.is_error} == {"unknown-key"}


@pytest.mark.parametrize(
    "key", ["boost", "reblog", "quote", "reply_to", "follow", "variants", "spin", "delay", "jitter"]
)
def test_no_post_can_ask_for_it(write: Write, key: str) -> None:
    entry = f"- {{id: p, kind: statement, at: D 09:00, channels: all, languages: [en], text: {{en: x}}, {key}: x}}\n"
    app = write({"posts/day.yaml": entry})
    assert not app.written.posts
    assert {p.code for p in app.written.problems if p.is_error} == {"unknown-key"}
    under = f"- {{id: p, kind: statement, at: D 09:00, channels: all, languages: [en], text: {{en: x}}, on: {{mastodon: {{{key}: x}}}}}}\n"
    app = write({"posts/day.yaml": under})
    assert not app.written.posts


HERE = ["http://127.0.0.1:3000", "http://localhost", "https://[::1]:8080/x", "http://127.4.5.6/", "HTTP://LOCALHOST:1"]
ELSEWHERE = [
    "https://town.example",
    "http://localhost.town.example",
    "http://127.0.0.1.nip.io",
    "http://town.example@127.0.0.1",
    "http://town.example\\@127.0.0.1",
    "http://127.0.0.1\\@town.example",
    "http://127.0.0.1@town.example",
    "http://127.0.0.999",
    "http://127.0.0.01",
    "http://127.1",
    "http://2130706433",
    "http://0.0.0.0",
    "http://10.0.0.1",
    "http://[::ffff:127.0.0.1]",
    "http://ip6-localhost",
    "http://loopback.town.example:80",
    "ftp://127.0.0.1",
    "127.0.0.1",
    "http://127.0.0.1 .town.example",
    "",
]


def test_this_machine_is_known_by_its_own_address_only() -> None:
    assert [address for address in HERE if not on_this_machine(address)] == []
    assert [address for address in ELSEWHERE if on_this_machine(address)] == []


@pytest.mark.parametrize(
    ("network", "public", "exempt"),
    [
        ("mastodon", "", True),
        ("mastodon", "http://127.0.0.1:3000/@a", True),
        ("mastodon", "https://town.example/@a", False),
        ("bluesky", "https://bsky.app/profile/a", False),
        ("telegram", "http://127.0.0.1:3000/a", False),
        ("stranger", "http://127.0.0.1:3000/a", False),
    ],
)
def test_a_door_on_this_machine_to_a_public_account_is_not_exempt(network: str, public: str, exempt: bool) -> None:
    assert nobody_follows(network, "http://127.0.0.1:3000", public) is exempt


@pytest.mark.parametrize(("network", "name"), [("mastodon", "a"), ("bluesky", "a.example"), ("telegram", "@a")])
async def test_no_proxy_of_the_environment_stands_between_this_machine_and_itself(network: str, name: str) -> None:
    resident = Resident(network=network, channels=("here",), name=name, secret="7:x")
    sandbox = await Sandbox.open([resident], now=lambda: NOW)
    wait = timedelta(seconds=5)
    way = Access(channel="here", language="en", settings=sandbox.settings("here"), timeout=wait, connect_timeout=wait)
    before = {name: os.environ.get(name) for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY")}
    os.environ.update(dict.fromkeys(before, "http://127.0.0.1:9"))
    try:
        publisher = await installed()[network].connect(way)
        await publisher.close()
    finally:
        for variable, value in before.items():
            os.environ.pop(variable)
            os.environ.update({variable: value} if value is not None else {})
        await sandbox.close()
    assert publisher.identity.id

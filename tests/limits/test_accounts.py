"""One account for a language on a network, nobody else's, and never without its label."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from importlib.metadata import EntryPoint, entry_points

import pytest

from amplify.bootstrap import App
from amplify.domain.channel import Channel, LinkPolicy
from amplify.ports.errors import Unauthorized
from amplify.ports.publisher import Access, Identity, Network
from amplify.publishers import installed
from amplify.publishers.mastodon import Mastodon
from amplify.publishers.registry import load, networks
from amplify.services.reach import OutOfReach, reach
from amplify.testing.faults import Rule
from amplify.testing.memory_ledger import MemoryLedger
from amplify.testing.resident import Resident
from amplify.testing.sandbox import Sandbox
from limits.town import Stranger, post

Write = Callable[..., App]

FIRST = 'first: {network: mastodon, language: en, server: "https://town.example", token: "${A}"}\n'
NOW = datetime(2027, 5, 21, 7, tzinfo=UTC)
FEDIVERSE = Mastodon(name="fediverse")


@dataclass(frozen=True, slots=True, kw_only=True)
class Glitch(Mastodon):
    """Ours, changed a little."""

    name: str = "glitch"


GLITCH = Glitch()


def held(write: Write, channels: str, languages: str = "[en, en-GB, be, be-tarask]") -> dict[str, str]:
    campaign = f'name: N\nedition: "1"\ntimezone: UTC\nday: 2027-05-21\nlanguages: {languages}\n'
    app = write({"config/campaign.yaml": campaign, "config/channels.yaml": channels}, network=Stranger())
    return {p.channel or p.place.file: p.code for p in app.written.problems if p.is_error}


# by configuration


@pytest.mark.parametrize(
    "second",
    [
        'language: en, server: "https://town.example", token: "${B}"',
        'language: en-GB, server: "https://town.example", token: "${B}"',
        'language: en, server: "https://other.example", token: "${A}"',
        'language: en-GB, server: "https://TOWN.example", token: "${B}"',
        'language: en, server: "http://127.0.0.1:3000", token: "${B}"',
    ],
)
def test_no_spelling_of_a_language_or_a_server_earns_a_second_account(write: Write, second: str) -> None:
    assert held(write, f"{FIRST}second: {{network: mastodon, {second}}}\n") == {"second": "second-account"}


@pytest.mark.parametrize("server", ["https://TOWN.example", "https://town.example/", "https://town.example:443"])
def test_a_server_is_itself_however_it_is_spelled(write: Write, server: str) -> None:
    second = f'second: {{network: mastodon, language: en, server: "{server}", token: "${{A}}"}}\n'
    assert held(write, f"{FIRST}{second}") == {"second": "duplicate-channel"}


def test_an_address_that_looks_like_one_server_and_leads_to_another_is_refused(write: Write) -> None:
    second = 'second: {network: mastodon, language: en, server: "http://town.example@127.0.0.1:3000", token: "${B}"}\n'
    assert held(write, f"{FIRST}{second}") == {"second": "not-a-url"}


def test_a_spelling_of_belarusian_is_belarusian(write: Write) -> None:
    two = """\
one: {network: telegram, language: be, chat: "@one", token: "${A}"}
two: {network: telegram, language: be-tarask, chat: "@two", token: "${B}"}
"""
    assert held(write, two) == {"two": "second-account"}


@pytest.mark.parametrize("language", ["eng", "bel", "rus", "xx", "qaa", "und", "zxx", "en-x-two", "eng-GB"])
def test_a_language_has_one_name(write: Write, language: str) -> None:
    told = held(write, FIRST, f"[en, {language}]")
    if language == "en-x-two":
        assert held(
            write,
            f'{FIRST}two: {{network: mastodon, language: {language}, server: "https://b.example", token: "${{B}}"}}',
            f"[en, {language}]",
        )
    else:
        assert told == {"config/campaign.yaml": "not-a-language"}


def test_one_chat_in_two_spellings_is_not_two(write: Write) -> None:
    two = """\
one: {network: telegram, language: en, chat: "@lantern", token: "${A}"}
two: {network: telegram, language: en, chat: "-1001234567890", token: "${A}"}
"""
    assert held(write, two) == {"two": "second-account"}


def test_two_handles_of_one_server_are_two_accounts(write: Write) -> None:
    two = """\
one: {network: bluesky, language: en, server: "https://pds.example", handle: one.example, password: "${A}"}
two: {network: bluesky, language: en, server: "https://pds.example", handle: two.example, password: "${B}"}
"""
    assert held(write, two) == {"two": "second-account"}


# by plug-in


@pytest.mark.parametrize("value", ["FEDIVERSE", "GLITCH"])
def test_one_of_ours_under_another_name_is_no_network(value: str) -> None:
    (ours,) = entry_points(group="amplify.publishers", name="mastodon")
    theirs = EntryPoint(name=value.lower(), value=f"limits.test_accounts:{value}", group="amplify.publishers")
    for order in ([ours, theirs], [theirs, ours]):
        found = load(order)
        assert [*networks(found)] == ["mastodon"]
        assert "it is “mastodon” under another name" in found[1].broken


# at the first connection


def channel(name: str, network: str = "stranger", language: str = "en", server: str = "https://s.example") -> Channel:
    settings = {"server": server, "token": f"${{{name.upper()}}}"}
    return Channel(name=name, network=network, language=language, links=LinkPolicy.FULL, settings=settings)


def access(one: Channel, **settings: str) -> Access:
    wait = timedelta(seconds=5)
    filled = {**one.settings, **settings}
    return Access(channel=one.name, language=one.language, settings=filled, timeout=wait, connect_timeout=wait)


def someone(id: str, url: str = "", network: str = "stranger", *, automated: bool = True) -> Network:
    who = Identity(network=network, id=id, name=f"@{id}", url=url or f"https://s.example/@{id}", automated=automated)
    return Stranger(name=network, who=who)


async def connected(ledger: MemoryLedger, one: Channel, who: Network, *written: Channel) -> str:
    """Nothing, or why the channel is halted."""
    with suppress(OutOfReach):
        await reach(one, access(one), {one.network: who}, ledger, {each.name: each for each in written}, lambda: NOW)
    return ledger.accounts()[one.name].halted


async def test_a_second_account_behind_another_network_s_name_is_halted_whoever_comes_first() -> None:
    one, two = channel("one", "stranger"), channel("two", "other")
    first, second = someone("a", "https://s.example/@a"), someone("b", "https://s.example/@b", "other")
    ledger = MemoryLedger()
    assert not await connected(ledger, one, first, one, two)
    assert "many voices" in await connected(ledger, two, second, one, two)
    other = MemoryLedger()
    assert not await connected(other, two, second, one, two)
    assert not await connected(other, one, first, one, two)
    assert "many voices" in other.accounts()["two"].halted
    assert not other.accounts()["one"].halted


async def test_two_channels_that_turn_out_to_be_one_account_in_one_language_are_one() -> None:
    one, two = channel("one"), channel("two")
    ledger = MemoryLedger()
    assert not await connected(ledger, one, someone("a"), one, two)
    assert "remove one" in await connected(ledger, two, someone("a"), one, two)


async def test_an_account_may_speak_two_languages_and_each_language_may_have_its_account() -> None:
    one, two, three = channel("one"), channel("two", language="be"), channel("three", language="ru")
    ledger = MemoryLedger()
    for each, who in ((one, someone("a")), (two, someone("a")), (three, someone("c"))):
        assert not await connected(ledger, each, who, one, two, three)


async def test_a_spelling_of_the_language_earns_no_second_account_at_the_connection_either() -> None:
    one, two = channel("one", language="be"), channel("two", language="be-tarask")
    ledger = MemoryLedger()
    assert not await connected(ledger, one, someone("a"), one, two)
    assert await connected(ledger, two, someone("b"), one, two)


async def test_a_channel_is_bound_to_its_account_and_no_other_may_speak_there() -> None:
    one, ledger = channel("one"), MemoryLedger()
    assert not await connected(ledger, one, someone("a"), one)
    assert "belongs to" in await connected(ledger, one, someone("b"), one)


async def test_a_publisher_that_leads_to_another_network_is_not_used() -> None:
    who = Identity(network="mastodon", id="1", name="@a", url="https://s.example/@a", automated=True)
    assert "uninstall" in await connected(MemoryLedger(), channel("one"), Stranger(who=who), channel("one"))


async def test_a_publisher_that_does_not_say_who_it_is_is_not_used() -> None:
    who = Identity(network="stranger", id="", name="@a", url="https://s.example/@a", automated=True)
    told = await connected(MemoryLedger(), channel("one"), Stranger(who=who), channel("one"))
    assert "does not say which account" in told


# the label


async def test_an_account_without_the_automation_label_is_halted_and_says_where_to_switch_it_on() -> None:
    one, ledger = channel("one"), MemoryLedger()
    told = await connected(ledger, one, someone("a", automated=False), one)
    assert told.startswith("@a does not say that it is automated")
    assert "in the settings of the account" in told
    assert not await connected(ledger, one, someone("a"), one), "once it is on, the channel goes on"


async def test_a_publisher_that_says_nothing_about_the_label_is_held() -> None:
    who = Identity(network="stranger", id="1", name="@a", url="https://s.example/@a")
    assert "automated" in await connected(MemoryLedger(), channel("one"), Stranger(who=who), channel("one"))


@pytest.mark.parametrize(
    ("network", "server", "public"),
    [
        ("mastodon", "http://127.0.0.1:3000", "https://town.example/@a"),
        ("bluesky", "http://localhost:2583", "https://bsky.app/profile/a"),
        ("telegram", "http://127.0.0.1:8081", "http://127.0.0.1:8081/a"),
        ("stranger", "http://127.0.0.1:8081", "http://127.0.0.1:8081/a"),
    ],
)
async def test_a_door_on_this_machine_to_a_public_account_needs_the_label(
    network: str, server: str, public: str
) -> None:
    one = channel("one", network, server=server)
    assert "automated" in await connected(MemoryLedger(), one, someone("a", public, network, automated=False), one)


async def test_where_nobody_follows_no_label_is_needed() -> None:
    here = "http://127.0.0.1:3000"
    one = channel("one", "mastodon", server=here)
    assert not await connected(MemoryLedger(), one, someone("a", f"{here}/@a", "mastodon", automated=False), one)


@asynccontextmanager
async def house(network: str, name: str, *, automated: bool) -> AsyncIterator[Access]:
    resident = Resident(network=network, channels=("here",), name=name, secret="7:x", automated=automated)
    sandbox = await Sandbox.open([resident], now=lambda: NOW)
    try:
        yield access(channel("here", network), **sandbox.settings("here"))
    finally:
        await sandbox.close()


@pytest.mark.parametrize("automated", [True, False])
@pytest.mark.parametrize(("network", "name"), [("mastodon", "a"), ("bluesky", "a.example")])
async def test_the_label_is_read_from_the_server(network: str, name: str, automated: bool) -> None:
    async with house(network, name, automated=automated) as way:
        publisher = await installed()[network].connect(way)
        await publisher.close()
    assert publisher.identity.automated is automated
    assert "→" in publisher.identity.label


async def test_a_telegram_bot_is_one() -> None:
    async with house("telegram", "@a", automated=False) as way:
        publisher = await installed()["telegram"].connect(way)
        await publisher.close()
    assert publisher.identity.automated


@pytest.mark.parametrize("label", [{}, {"labels": None}, {"labels": []}, {"labels": {"values": [{"val": "Bot"}, 7]}}])
async def test_a_bluesky_profile_that_says_anything_else_has_no_label(label: dict[str, object]) -> None:
    resident = Resident(network="bluesky", channels=("here",), name="a.example", secret="7:x")
    sandbox = await Sandbox.open([resident], now=lambda: NOW)
    sandbox.faults.add(
        Rule(what="status", arg=200, path="actor.profile", body={"uri": "x", "cid": "y", "value": label})
    )
    publisher = await installed()["bluesky"].connect(access(channel("here", "bluesky"), **sandbox.settings("here")))
    await publisher.close()
    await sandbox.close()
    assert not publisher.identity.automated


async def test_nobody_is_written_to_in_private() -> None:
    resident = Resident(network="telegram", channels=("here",), name="@a", secret="7:x")
    sandbox = await Sandbox.open([resident], now=lambda: NOW)
    person = {
        "id": 5,
        "type": "private",
        "first_name": "A",
        "accent_color_id": 0,
        "max_reaction_count": 0,
        "accepted_gift_types": {},
    }
    gifts = dict.fromkeys(
        ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels"), False
    )
    sandbox.faults.add(
        Rule(
            what="status",
            arg=200,
            path="getChat",
            body={"ok": True, "result": {**person, "accepted_gift_types": gifts}},
        )
    )
    with pytest.raises(Unauthorized, match="a person"):
        await installed()["telegram"].connect(access(channel("here", "telegram"), **sandbox.settings("here")))
    await sandbox.close()


def test_mastodon_s_messages_to_one_person_are_no_visibility(shown: Callable[..., object]) -> None:
    _, problems = shown(post("Hello", "on: {mastodon: {visibility: direct}}"))
    assert set(problems.values()) == {"unknown-value"}

"""What is told of an account besides what its network says: whose it is, its label, its rules, its age, its clock."""

from datetime import UTC, datetime, timedelta

import pytest

from amplify.domain.channel import Channel, LinkPolicy
from amplify.domain.rendition import Limits
from amplify.ports.examining import Observation, Rules, Standing
from amplify.ports.ledger import Account
from amplify.ports.noting import Deed
from amplify.ports.publisher import Identity
from amplify.services.observed import about_account, about_clock, about_ledger, about_rules, about_secret
from amplify.services.rules_read import note_rules_read, past
from amplify.testing.memory_ledger import MemoryLedger

NOW = datetime(2027, 5, 1, 8, tzinfo=UTC)
RULES = Rules(lines=("Be kind.", "One post an hour."), url="https://town.example/about")
SERVER = "https://town.example"


def channel(name: str = "mastodon-en") -> Channel:
    return Channel(name=name, network="mastodon", language="en", links=LinkPolicy.FULL)


def identity(id: str = "1@town", *, automated: bool = True, server: str = SERVER) -> Identity:
    return Identity(network="mastodon", id=id, name="@lamp@town", url=f"{server}/@lamp", automated=automated)


def account(name: str = "mastodon-en", id: str = "1@town", **more: object) -> Account:
    return Account(channel=name, id=id, name="@lamp@town", url=f"{SERVER}/@lamp", **more)


def of_account(who: Identity, *known: Account, server: str = SERVER) -> list[Observation]:
    channels = {one: channel(one) for one in ("mastodon-en", *(a.channel for a in known))}
    return list(about_account(channels["mastodon-en"], who, channels, {a.channel: a for a in known}, server))


def test_the_label_that_is_missing_is_wrong_and_the_command_is_named() -> None:
    (told,) = of_account(identity(automated=False))
    assert (told.topic, told.standing) == ("label", Standing.WRONG)
    assert "amplify channels set-label mastodon-en --by NAME" in told.advice
    (fine,) = of_account(identity())
    assert fine.standing is Standing.GOOD


def test_where_nobody_follows_no_label_is_asked_for() -> None:
    here = "http://127.0.0.1:4000"
    assert of_account(identity(automated=False, server=here), server=here)[0].standing is Standing.GOOD


def test_another_account_behind_a_channel_is_wrong() -> None:
    told, _ = of_account(identity("2@town"), account())
    assert (told.topic, told.standing) == ("account", Standing.WRONG)
    assert of_account(identity(), account(id=""))[0].topic == "label", "a channel that never connected is nobody's"


def test_a_second_voice_in_a_language_is_wrong() -> None:
    topics = [one.topic for one in of_account(identity(), account("another-en", "9@town"))]
    assert "account" not in topics, "the later one of two is silent"
    channels = {name: channel(name) for name in ("another-en", "mastodon-en")}
    known = {"another-en": account("another-en", "9@town")}
    told = list(about_account(channels["mastodon-en"], identity(), channels, known, SERVER))
    assert next((one.topic, one.standing) for one in told) == ("account", Standing.WRONG)


def test_a_channel_that_was_halted_or_throttled_says_so() -> None:
    (halted,) = about_ledger(account(halted="the token was refused"), NOW)
    assert (halted.standing, "the token was refused" in halted.told) == (Standing.WRONG, True)
    (waits,) = about_ledger(account(throttled_until=NOW + timedelta(minutes=3)), NOW)
    assert waits.standing is Standing.NOTE
    assert about_ledger(account(throttled_until=NOW), NOW) == about_ledger(None, NOW) == []


def test_rules_that_were_read_are_good_until_they_change() -> None:
    ledger = MemoryLedger()
    note_rules_read(ledger, "mastodon-en", RULES, by="editor", now=NOW)
    line = ledger.history()[-1]
    assert (line.event, line.detail["by"], line.detail["digest"]) == (Deed.RULES_READ, "editor", RULES.digest)
    read = past(ledger.history()).read["mastodon-en"]
    assert [one.standing for one in about_rules("mastodon-en", RULES, read)] == [Standing.GOOD]
    changed = Rules(lines=("Be kind.", "Two posts a day."))
    (told,) = about_rules("mastodon-en", changed, read)
    assert told.standing is Standing.NOTE
    assert told.told.endswith("new: “Two posts a day.”; gone: “One post an hour.”")
    assert "01 May 2027" in told.told
    (moved,) = about_rules("mastodon-en", Rules(lines=RULES.lines[::-1]), read)
    assert moved.told.endswith("they stand in another order")


def test_rules_that_nobody_has_read_are_asked_for_and_no_rules_are_not() -> None:
    (told,) = about_rules("mastodon-en", RULES, None)
    assert "--rules-read --by NAME" in told.advice
    (none,) = about_rules("mastodon-en", Rules(lines=(), url="https://town.example/about"), None)
    assert none.standing is Standing.GOOD
    assert list(about_rules("mastodon-en", None, None)) == []


def test_the_first_bind_tells_since_when_an_account_is_in_use() -> None:
    ledger = MemoryLedger()
    limits = Limits(text=500, unit="graphemes")
    for days, name in enumerate(("@lamp@town", "@lamp-two@town")):
        at = NOW + timedelta(days=days)
        ledger.bind("mastodon-en", id="1@town", name=name, url=SERVER, limits=limits, now=at)
    since = past(ledger.history()).bound["mastodon-en"]
    assert since == NOW
    assert [one.standing for one in about_secret(since, NOW + timedelta(days=364))] == [Standing.GOOD]
    assert [one.standing for one in about_secret(since, NOW + timedelta(days=366))] == [Standing.NOTE]
    assert list(about_secret(None, NOW)) == []


@pytest.mark.parametrize(
    ("seconds", "standing", "words"),
    [
        (0, "good", ""),
        (-29, "good", ""),
        (31, "note", "0 min 31 s behind"),
        (-31, "note", "0 min 31 s ahead of"),
        (299, "note", ""),
        (301, "wrong", "5 min 1 s behind"),
        (-86400, "wrong", "1440 min 0 s ahead of"),
    ],
)
def test_a_clock_that_is_off_is_told_and_then_wrong(seconds: int, standing: str, words: str) -> None:
    (told,) = about_clock(NOW + timedelta(seconds=seconds), NOW, NOW)
    assert (told.standing.value, words in told.told) == (standing, True), told.told


def test_a_server_that_answers_slowly_has_no_other_time() -> None:
    ended = NOW + timedelta(seconds=90)
    assert next(about_clock(NOW + timedelta(seconds=45), NOW, ended)).standing is Standing.GOOD
    assert list(about_clock(None, NOW, ended)) == []

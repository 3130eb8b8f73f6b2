"""amplify purge as people type it."""

from datetime import timedelta

import pytest

from amplify.bootstrap import open_app
from amplify.config.cache_folder import CACHE
from amplify.domain.delivery import Event
from amplify.domain.key import Key
from amplify.ports.ledger import Outcome
from amplify.testing.ledger_scenes import ACCOUNT, LEASE, NOON, begin, receipt

from .conftest import SECRETS, Town

KEY = "2027/morning@mastodon-en"
WORDS = "clean your lamps"


@pytest.fixture
def published(applied: Town) -> Town:
    """The post `morning` is public; `evening` waits."""
    for by in ("editor", "reviewer"):
        applied.json("approve", "morning", "--by", by, "--yes", "--note", "the lamps are counted")
    app = open_app(applied.root, environ=SECRETS)
    row = app.ledger.delivery(Key.parse(KEY))
    assert row is not None
    taken = app.ledger.claim(row, worker="first", account=ACCOUNT, lease_until=NOON + LEASE, now=NOON)
    app.ledger.record(begin(app.ledger, taken), Outcome(event=Event.CONFIRM, now=NOON, receipt=receipt()))
    app.close()
    applied.set_clock(NOON + timedelta(days=30))
    return applied


def on_disk(town: Town) -> bytes:
    return b"".join(path.read_bytes() for path in (town.root / "var").glob("amplify.db*"))


def test_words_are_erased_and_the_record_says_by_whom(published: Town):
    assert WORDS.encode() in on_disk(published)
    asked = published.amplify("purge", "--post", "morning", "--by", "editor", typed="n\n")
    assert (asked.code, "Erase the words of 1 delivery (morning) for good?" in asked.out) == (1, True)
    said = published.amplify("purge", "--post", "morning", "--by", "editor", "--yes")
    assert said.code == 0, said.err
    assert "The words of 1 delivery are erased" in said.out
    assert "posts/all.yaml: take the posts out there" in said.out
    (row,) = published.json("status", "--all", "--post", "morning")["deliveries"]
    assert (row["state"], row["reason"]) == ("published", "its words were erased by editor on 20 Jun 2027")
    assert row["url"] == "https://mastodon.example/@c/1101"
    assert published.json("verify")["ok"] is True


def test_nothing_is_left_on_the_disk_once_the_files_no_longer_have_it(published: Town):
    published.json("purge", "--post", "morning", "--by", "editor", "--yes")
    assert published.json("plan")["summary"]["published"] == 1
    start, _, _ = (published.root / "posts/all.yaml").read_text().partition("- id: morning")
    published.amplify("check")
    published.write("posts/all.yaml", start)
    published.json("apply")
    said = published.json("purge", "--post", "morning", "--by", "editor", "--yes")
    assert (said["erased"], said["erased_before"], said["revisions"], said["in_force"]) == ([], [KEY], [1], [])
    assert not list((published.root / CACHE).glob("*"))
    raw = on_disk(published)
    assert WORDS.encode() not in raw
    assert b"the lamps are counted" not in raw
    app = open_app(published.root, environ=SECRETS)
    first = app.ledger.revision(1)
    assert first is not None
    assert b"a lamp" in first.files["posts/all.yaml"]
    assert WORDS.encode() not in first.files["posts/all.yaml"]
    app.close()
    assert published.json("verify")["ok"] is True
    assert published.json("plan")["summary"]["published"] == 1


def test_what_waits_keeps_its_words(published: Town):
    said = published.amplify("purge", "--post", "evening", "--by", "editor", "--yes")
    assert (said.code, "3 deliveries still wait and keep theirs: evening." in said.out) == (1, True)
    said = published.json("purge", "--before", "D+40", "--by", "editor", "--yes")
    assert (said["erased"], len(said["waiting"])) == ([KEY], 3)
    assert {row["state"] for row in published.json("status", "--post", "evening", "--all")["deliveries"]} == {"planned"}
    previewed = published.json("preview", "evening")
    assert "a lamp" in previewed[0]["text"]


def test_a_day_is_where_the_campaign_is(published: Town):
    assert published.json("purge", "--before", "D", "--by", "editor", "--yes")["erased"] == []
    assert published.json("purge", "--before", "2027-05-22", "--by", "editor", "--yes")["erased"] == [KEY]


def test_one_delivery_is_erased_by_its_key(published: Town):
    assert published.json("purge", "--key", KEY, "--by", "editor", "--yes")["erased"] == [KEY]
    said = published.amplify("purge", "--key", KEY, "--by", "editor", "--yes")
    assert (said.code, "were erased before" in said.out) == (0, True)


def test_copies_from_before_are_named(published: Town):
    copy = published.json("backup")["file"]
    said = published.json("purge", "--post", "morning", "--by", "editor", "--yes")
    assert said["copies"] == [copy]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--by", "editor"), "say one of the three"),
        (("--post", "a", "--key", KEY, "--by", "editor"), "say one of the three"),
        (("--post", "nobody", "--by", "editor"), "knows no delivery of nobody"),
        (("--key", "morning", "--by", "editor"), "a key looks like"),
        (("--before", "yesterday", "--by", "editor"), "“yesterday” is no day"),
        (("--post", "morning", "--by", "nobody"), "is no coordinator"),
    ],
)
def test_what_cannot_be_meant_is_said(published: Town, words: tuple[str, ...], told: str):
    said = published.amplify("purge", *words)
    assert said.code != 0
    assert told in said.err.replace("\n", " ")
    assert WORDS.encode() in on_disk(published)

"""A poll as people meet it: shown before they say yes, told afterwards, and gone when its words are erased."""

from datetime import timedelta

import pytest

from protecting import protect

from .conftest import NOW, Town
from .test_cli_export import exported, publish

POSTS = """\
- id: ask
  kind: call
  at: D-2 09:00
  channels: [telegram-en, mastodon-en]
  text: {en: Where shall we meet?}
  poll: {options: {en: [At the river, At the windmill]}, lasts: 2d, several: true, hidden: true}
"""
KEY = "2027/ask@telegram-en"


@pytest.fixture
def asked(town: Town) -> Town:
    town.write("posts/all.yaml", POSTS)
    town.json("apply")
    return town


@pytest.fixture
def public(asked: Town) -> Town:
    asked.json("approve", "--all", "--by", "editor", "--yes")
    asked.json("approve", "--all", "--by", "reviewer", "--yes")
    publish(asked, KEY, "2027/ask@mastodon-en")
    return asked


def test_what_can_be_chosen_is_shown_before_anybody_says_yes(asked: Town):
    for said in (asked.amplify("preview"), asked.amplify("approve", "ask", "--by", "editor", typed="n\n")):
        words = " ".join((said.out + said.err).split())
        assert "poll, open for 2 days · several answers · counts are shown at the end:" in words
        assert "At the river" in words
        assert "At the windmill" in words


def test_a_yes_is_gone_when_an_option_changes(asked: Town):
    for by in ("editor", "reviewer"):
        asked.json("approve", "ask", "--by", by, "--yes")
    asked.change("posts/all.yaml", "windmill", "watermill")
    asked.json("apply")
    states = {row["state"] for row in asked.json("status", "--all")["deliveries"]}
    assert states == {"planned"}


def test_what_could_be_chosen_is_in_the_record(public: Town):
    _, told = exported(public)
    assert told[KEY]["poll"] == ["At the river", "At the windmill"]
    assert "<li>At the windmill</li>" in public.amplify("export", "--format", "html").out


def test_an_option_that_names_somebody_who_is_protected_since_is_not(public: Town):
    protect(public.root, ["Windmill"])
    _, told = exported(public, "--full")
    assert (told[KEY]["text"], told[KEY]["poll"]) == (None, [])
    assert "indmill" not in public.amplify("export", "--format", "html").out


def test_what_could_be_chosen_is_erased_with_the_words(public: Town):
    public.set_clock(NOW + timedelta(days=30))
    public.json("purge", "--post", "ask", "--by", "editor", "--yes")
    _, told = exported(public, "--full")
    assert (told[KEY]["text"], told[KEY]["poll"]) == (None, [])

"""Quotes and boosts as people are told of them: the words of the other post, never an empty box."""

import json

import pytest

from .conftest import POSTS, Town

AGAIN = """\
- id: reminder
  kind: statement
  at: D-1 09:00
  channels: [mastodon-en]
  quotes: morning
  pin: true
  text:
    en: |
      One day to go.
- id: morning-again
  kind: statement
  at: D-1 18:00
  channels: [mastodon-en]
  boosts: morning
"""
MORNING = "2027/morning@mastodon-en"
URL = "https://town.example/@lantern/113"


@pytest.fixture
def showing(town: Town) -> Town:
    town.write("posts/all.yaml", POSTS + AGAIN)
    return town


@pytest.fixture
def public(showing: Town) -> Town:
    """The first of them is public, and so is the boost."""
    showing.json("apply")
    for key, url in ((MORNING, URL), ("2027/morning-again@mastodon-en", "https://town.example/@lantern/114")):
        name = key.partition("/")[2].partition("@")[0]
        for who in ("editor", "reviewer"):
            showing.json("approve", name, "--by", who, "--yes")
        showing.lose_sight_of(key)
        showing.json("resolve", key, "--published", url, "--by", "editor")
    return showing


def test_a_preview_says_what_is_quoted_and_that_it_is_pinned(showing: Town):
    said = showing.amplify("preview", "reminder").out
    assert "quotes: “Two days to go, clean your lamps.” → morning, not public yet" in said
    assert "it stays on top" in said


def test_a_boost_shows_the_words_of_the_other_post_and_no_length(showing: Town):
    said = showing.amplify("preview", "morning-again").out
    assert "shows again: “Two days to go, clean your lamps.”" in said
    assert " of 500" not in said
    (told,) = showing.json("preview", "morning-again")
    assert told["shows"] == {"key": MORNING, "again": True, "text": "Two days to go, clean your lamps.", "url": ""}


def test_a_page_of_a_boost_alone_still_has_the_words_that_it_shows(showing: Town):
    page = showing.root / "page.html"
    assert showing.amplify("preview", "morning-again", "--html", str(page)).code == 0
    assert "Two days to go, clean your lamps." in page.read_text()


def test_who_is_asked_for_a_yes_sees_what_is_shown_again(showing: Town):
    showing.json("apply")
    said = showing.amplify("approve", "morning-again", "--by", "editor", typed="yes\n")
    assert "shows again: “Two days to go, clean your lamps.” → morning, not public yet" in said.out + said.err


def test_plan_and_status_say_what_a_boost_shows(showing: Town):
    assert "morning-again, shows morning again" in showing.amplify("plan").out
    showing.json("apply")
    assert "morning-again, shows morning again" in showing.amplify("status", "--all").out
    told = showing.json("status", "--all")
    assert told["shows_again"] == {"2027/morning-again@mastodon-en": "morning"}


def test_what_is_public_is_named_by_its_address(public: Town):
    assert f"→ {URL}" in public.amplify("preview", "reminder").out


def test_a_trace_of_a_boost_tells_of_the_post_that_it_shows(public: Town):
    said = public.amplify("trace", "2027/morning-again@mastodon-en").out
    assert f"Shows again {MORNING} (published)" in said
    assert URL in said
    (told,) = public.json("trace", "2027/morning-again@mastodon-en")["traces"]
    assert (told["shows"]["again"], told["shows"]["key"]) == (True, MORNING)


def test_the_record_names_what_a_boost_shows(public: Town):
    lines = [json.loads(line) for line in public.amplify("export").out.splitlines()]
    (boost,) = [line for line in lines if line.get("post") == "morning-again"]
    assert (boost["boosts"], boost["quotes"], boost["pinned"]) == (MORNING, None, False)
    assert "<dt>Shows again</dt>" in public.amplify("export", "--format", "html").out


def test_who_corrects_a_post_is_told_what_shows_it_again(public: Town):
    said = public.amplify("correct", "morning", "--by", "editor")
    assert "2027/morning-again@mastodon-en shows it again" in said.out

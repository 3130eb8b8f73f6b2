"""How Mastodon 4.6 reads a text: tags, links and mentions in it, how long it is, and its HTML.

Tags need the start of the text or white space before them: `(#tag)` is none.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from html import escape

from amplify.testing.wall import WallEntity

PER_URL = 23

_HASH = re.compile(r"(?:(?<=\s)|\A)[#＃]")
_SEPARATORS = "_·・\u200c"
_MENTION = re.compile(r"(?<![=/\w])@(?P<user>[a-z0-9_]+(?:[a-z0-9_.-]+[a-z0-9_]+)?)(?P<at>@[\w.-]+\w)?", re.IGNORECASE)
_URL = re.compile(
    r"(?<![a-z0-9@＠$#＃])https?://(?:[^\W_](?:[\w-]*\w)?\.)+(?:xn--[a-z0-9-]+|[^\W\d_]{2,})(?::\d+)?"
    r"(?:/[\w!*';:=+,.$/%#\[\]\-–~&|@()]*)?(?:\?[\w!?*'();:&=+$/%#\[\]\-.,~|@]*)?",
    re.IGNORECASE,
)
_NO_END = "!*';:,.$%[]–~&|@?("


def entities(text: str) -> tuple[WallEntity, ...]:
    """Tags, links and mentions in code points, in order; a link swallows what is inside it."""
    links = [WallEntity(kind="link", start=start, end=end, value=text[start:end]) for start, end in _urls(text)]
    others = [
        e for e in (*_tags(text), *_mentions(text)) if not any(u.start < e.end and e.start < u.end for u in links)
    ]
    return tuple(sorted((*links, *others), key=lambda entity: entity.start))


def length(text: str, warning: str, *, urls_in_full: bool) -> int:
    """Grapheme clusters of warning and text; a link counts 23, a mention without its server."""
    from ugrapheme import grapheme_len

    counted, last = "", 0
    for entity in entities(text):
        counted += text[last : entity.start]
        last = entity.end
        if entity.kind == "link" and not urls_in_full:
            counted += "x" * PER_URL
        elif entity.kind == "mention":
            counted += "@" + entity.value[1:].partition("@")[0]
        else:
            counted += text[entity.start : entity.end]
    return int(grapheme_len(warning + counted + text[last:]))


def to_html(text: str, tag_url: str) -> str:
    """The `content` of a status: everything escaped, paragraphs and line breaks kept."""
    drawn, last = "", 0
    for entity in entities(text):
        shown = escape(text[entity.start : entity.end])
        drawn += escape(text[last : entity.start])
        last = entity.end
        if entity.kind == "link":
            drawn += f'<a href="{shown}" target="_blank" rel="nofollow noopener">{shown}</a>'
        elif entity.kind == "tag":
            target = f"{tag_url}/{escape(entity.value.lower())}"
            drawn += f'<a href="{target}" class="mention hashtag" rel="tag">#<span>{shown[1:]}</span></a>'
        else:
            drawn += f'<span class="h-card">{shown}</span>'
    drawn += escape(text[last:])
    return "".join(f"<p>{part.replace(chr(10), '<br />')}</p>" for part in re.split(r"\n{2,}", drawn))


def _urls(text: str) -> Iterator[tuple[int, int]]:
    for found in _URL.finditer(text):
        url = found.group()
        while url[-1] in _NO_END or (url[-1] == ")" and url.count(")") > url.count("(")):
            url = url[:-1]
        yield found.start(), found.start() + len(url)


def _tags(text: str) -> Iterator[WallEntity]:
    for found in _HASH.finditer(text):
        start = found.end()
        end = start
        while end < len(text) and (_is_word(text[end]) or (end > start and text[end] in _SEPARATORS)):
            end += 1
        name = text[start:end].rstrip(_SEPARATORS.replace("_", ""))
        if any(unicodedata.category(sign)[0] == "L" for sign in name):
            yield WallEntity(kind="tag", start=found.start(), end=start + len(name), value=name)


def _mentions(text: str) -> Iterator[WallEntity]:
    for found in _MENTION.finditer(text):
        if found["at"]:
            yield WallEntity(kind="mention", start=found.start(), end=found.end(), value=found.group())


@cache
def _is_word(sign: str) -> bool:
    """Ruby's [[:word:]]: letters, marks, digits, connecting punctuation. Python's own class leaves marks out."""
    category = unicodedata.category(sign)
    return category[0] in "LM" or category in ("Nd", "Pc")

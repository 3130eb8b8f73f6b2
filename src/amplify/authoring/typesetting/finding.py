"""Where a text has hashtags and mentions: everywhere that any of the networks would find one.

Each network has rules of its own, and changes them. What one of them links is a sign for all; a letter too many in
its name is harmless, one too few would let another hashtag pass for ours.
"""

import re
import unicodedata
from collections.abc import Collection, Iterator

from amplify.authoring.urls import find_names, find_others, find_paths, find_urls

#: What may stand in a hashtag besides letters, digits and what joins them; the last begins the name of a channel.
_INNER = frozenset("\u00b7\u30fb\u200c\u200d@")
_JOINING = frozenset({"Mn", "Mc", "Me", "Pc"})
#: Behind these no network begins a sign.
_STICKY = frozenset({"Lu", "Ll", "Lt", "Lm", "Lo", "Nd"})
#: `$USD` is a hashtag for those who follow shares.
_CASHTAG = re.compile(r"\$[A-Z][A-Z0-9]{0,7}(?![A-Za-z0-9_$])|\$1INCH")
#: How a hashtag begins; looked for first, because most texts have none.
_SIGN = re.compile("[#＃$]")
#: What somebody may have meant for a hashtag.
_GLUED = re.compile(r"(?<=\w)[#＃](\w+)")
_AT = re.compile(r"[@＠]\w[\w.-]*(?:@[\w.-]+)?")
#: Behind the name of a server and a slash stands a page, not a mention; names are not that long.
_PAGE = re.compile(r"(?:^|[\s(“„«])(?:[\w-]+\.)+[a-z]{2,12}/$")
_LONGEST = 100


def find_tags(text: str) -> Iterator[tuple[int, int]]:
    """The sign and the name behind it."""
    if not _SIGN.search(text):
        return
    paths = list(find_paths(text))
    for found in re.finditer("[#＃]", text):
        start = end = found.start()
        while end + 1 < len(text) and _is_part(text[end + 1]):
            end += 1
        if any(letter.isalpha() for letter in text[start : end + 1]) and _begins(text, start, paths):
            yield start, end + 1
    yield from (found.span() for found in _CASHTAG.finditer(text) if _begins(text, found.start(), paths))


def find_glued(text: str, tags: Collection[str]) -> Iterator[tuple[int, int]]:
    """Those of the `tags` that stand right behind a letter, outside of addresses: they were meant, and are none."""
    found = [one for one in _GLUED.finditer(text) if one[1] in tags] if "#" in text or "＃" in text else []
    if not found:
        return
    addresses = [*find_urls(text), *find_names(text), *find_others(text)]
    yield from (one.span() for one in found if not any(start <= one.start() < end for start, end in addresses))


def find_mentions(text: str) -> Iterator[tuple[int, int]]:
    """The sign and the name behind it, with its server."""
    if "@" not in text and "＠" not in text:
        return
    paths = list(find_paths(text))
    for at in re.finditer("[@＠]", text):
        found = _AT.match(text, at.start())
        page = _PAGE.search(text[max(0, at.start() - _LONGEST) : at.start()])
        if found is not None and page is None and _begins(text, at.start(), paths):
            yield at.start(), at.start() + len(found[0].rstrip(".-"))


def _begins(text: str, at: int, paths: list[tuple[int, int]]) -> bool:
    """Whether a sign can begin there: not behind a letter, and not within an address."""
    sticks = unicodedata.category(text[at - 1]) in _STICKY if at else False
    return not sticks and not any(start <= at < end for start, end in paths)


def _is_part(letter: str) -> bool:
    return letter.isalnum() or letter in _INNER or unicodedata.category(letter) in _JOINING

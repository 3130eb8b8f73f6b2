"""Web addresses in text: where they are, and which of them no post may carry.

Trackers tell who has read what, and a shortener hides where a link goes: either can harm a reader in Belarus.
"""

import re
from collections.abc import Iterator
from urllib.parse import parse_qsl, urlsplit

from amplify.domain.loopback import on_this_machine

_URL = re.compile(r"(?<![^\W_])(?:https?://|www\.)(?:(?!\]\()[^\s<>\"“”„«»‹›|\\^`{}])+", re.IGNORECASE)
#: Bare names that networks turn into links: in Latin letters under any top-level domain (a capitalised word after
#: a dot begins a sentence), in Cyrillic letters under those that there are.
_NAME = re.compile(
    r"(?<![\w@/.-])"
    r"(?:(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?\.)+(?![A-Z][a-z])[A-Za-z]{2,}"
    r"|(?:[^\W_](?:[\w-]*[^\W_])?\.)+(?:бг|бел|дети|ею|католик|ком|мкд|мон|москва|онлайн|орг|рус|рф|сайт|срб|укр))"
    r"(?![\w@-])(?:[/?#][^\s<>\"“”„«»]*)?"
)
_TAIL = re.compile(r"[.,;:!?'’*…]+$")
_PAIRS = {")": "(", "]": "["}
_TRACKERS = frozenset({"fbclid", "gclid", "igshid", "igsh", "mc_eid", "msclkid", "yclid"})
_SHORTENERS = frozenset(
    {
        "bit.ly", "buff.ly", "clck.ru", "cutt.ly", "dlvr.it", "goo.gl", "is.gd", "lnkd.in", "ow.ly", "rb.gy",
        "rebrand.ly", "shorturl.at", "t.co", "t.ly", "tiny.cc", "tinyurl.com", "u.to", "v.gd", "vk.cc",
    }
)  # fmt: skip


class UnusableUrl(ValueError):
    """No post may carry this address; the message says why."""

    def __init__(self, message: str, *, code: str, hint: str) -> None:
        super().__init__(message)
        self.code = code
        self.hint = hint


def find_urls(text: str) -> Iterator[tuple[int, int]]:
    """Where bare addresses stand, without the punctuation that ends the sentence around them."""
    for found in _URL.finditer(text):
        url = _trimmed(found[0])
        if text[: found.start()].endswith("_"):
            url = url.rstrip("_")  # italics around it
        if not url.endswith("//"):
            yield found.start(), found.start() + len(url)


def find_names(text: str) -> Iterator[tuple[int, int]]:
    """Where names of servers stand that are no address, and become one all the same: `example.org`."""
    for found in _NAME.finditer(text):
        yield found.start(), found.start() + len(_trimmed(found[0]))


def check_url(url: str) -> None:
    """Raises UnusableUrl."""
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").removeprefix("www.")
    except ValueError:
        parts, host = urlsplit(""), ""
    if parts.scheme not in ("http", "https") or not host or re.search(r"\s", url):
        raise UnusableUrl(f"“{url}” is not a web address", code="not-a-url", hint="write all of it: https://…")
    if parts.username is not None:
        raise UnusableUrl(f"“{url}” carries a user name", code="not-a-url", hint="remove everything up to the `@`")
    if parts.scheme == "http" and not on_this_machine(url):
        raise UnusableUrl(f"“{url}” is not encrypted", code="link-not-https", hint="write https:// instead of http://")
    if host in _SHORTENERS:
        told = f"“{url}” is a shortened link: readers cannot see where it goes"
        raise UnusableUrl(told, code="short-link", hint="open it and write the address that it leads to")
    names = [name for name, _ in parse_qsl(parts.query, keep_blank_values=True)]
    trackers = [name for name in names if name.lower() in _TRACKERS or name.lower().startswith("utm_")]
    if trackers:
        told = f"“{url}” tracks readers (`{trackers[0]}`)"
        raise UnusableUrl(told, code="tracking-link", hint=f"remove {', '.join(f'`{name}=…`' for name in trackers)}")


def _trimmed(url: str) -> str:
    while True:
        shorter = _TAIL.sub("", url)
        if shorter and shorter[-1] in _PAIRS and shorter.count(shorter[-1]) > shorter.count(_PAIRS[shorter[-1]]):
            shorter = shorter[:-1]
        if shorter == url:
            return url
        url = shorter

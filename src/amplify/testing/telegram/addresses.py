"""Where Telegram sees web and e-mail addresses in plain text.

It starts from a dot and looks to both sides: the host around it, then what stands before the host (a scheme,
or a name and an @) and behind it (a port, a path). A bare host counts if its last part is a known top-level
domain.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator
from typing import NamedTuple

from amplify.testing.telegram.hosts import is_host

_EMAIL = re.compile(
    r"(?:[a-z0-9_-]{0,26}[.+]){0,10}[a-z0-9_-]{1,35}@(?:(?:[a-z0-9][a-z0-9_-]{0,28})?[a-z0-9]\.){1,6}[a-z]{2,8}",
    re.IGNORECASE | re.ASCII,
)
_TELEGRAMS_OWN = re.compile(r"://[a-z0-9_-]{1,253}", re.IGNORECASE | re.ASCII)
_OWN_SCHEME = re.compile(r"(?:tg|ton)\Z", re.IGNORECASE)
_SCHEME = re.compile(r"(?:https?|ftp|tonsite)://\Z", re.IGNORECASE)
_OTHER_SCHEMES = frozenset({"shttp", "tftp", "sftp"})
_NO_END = ".:;,('?!`"
_NOT_IN_NAMES = frozenset("\n/[]{}()'`<>\"@«»")
_NOT_IN_PATHS = frozenset('\n<>"«»')
_CLOSING = {")": "(", "]": "[", "}": "{"}
_HIGHEST_PORT = 65535


class Address(NamedTuple):
    type: str
    start: int
    end: int


def find_addresses(text: str) -> Iterator[Address]:
    """In order of appearance, Telegram's own schemes last."""
    yield from _around_dots(text)
    at = 0
    while len(text[at:].encode()) > 5 and (found := _TELEGRAMS_OWN.search(text, at)):  # noqa: PLR2004  as short as tg://x
        at = found.start() + 1
        if scheme := _OWN_SCHEME.search(text[: found.start()]):
            at = found.end()
            if text[at : at + 1] in ("/", "?", "#"):
                at = _after_path(text, at)
            yield Address("url", scheme.start(), at)


def _around_dots(text: str) -> Iterator[Address]:
    begin = 0
    while 0 <= (dot := text.find(".", begin)) < len(text) - 1:
        if text[dot + 1] == " ":
            begin = dot + 2
            continue
        start, end, good = _around(text, begin, dot)
        if good and end > dot + 1:
            yield from _judged(text, start, end)
        if good:
            end += len(text[end:]) - len(text[end:].lstrip("."))
        else:
            end = max(text.rfind(".", 0, end) + 1, dot + 1)
        begin = max(end, dot + 1)


def _around(text: str, begin: int, dot: int) -> tuple[int, int, bool]:
    """The stretch that may be an address, and whether what stands before it allows one."""
    start = _back(text, dot, begin, _is_of_host)
    end = _forward(text, dot, lambda sign: sign == "@" or _is_of_host(sign))
    named = "@" in text[dot:end]
    if named:
        start = _back(text, start, begin, _is_of_name)
    end = _after_port(text, end)
    if text[end : end + 1] in ("/", "?", "#"):
        end = _after_path(text, end)
    while end > dot + 1 and text[end - 1] == ".":
        end -= 1
    good = True
    if start > begin and text[start - 1] == "@":
        name = _back(text, start - 1, begin, _is_of_name)
        good = not named and name < start - 1
        start = name
    before = text[begin:start]
    if len(before.encode()) >= 6 and before.endswith("://"):  # noqa: PLR2004  as short as ftp://
        scheme = _SCHEME.search(before)
        word = before[_back(before, len(before) - 3, 0, _is_of_scheme) : -3].lower()
        return (
            (start - len(scheme[0]) if scheme else start),
            end,
            good and scheme is not None and word not in _OTHER_SCHEMES,
        )
    if before and (before[-1] in "/#@_" or unicodedata.category(before[-1])[0] in "LN"):
        good = False
    return start, end, good


def _judged(text: str, start: int, end: int) -> Iterator[Address]:
    written = text[start:end]
    if _EMAIL.fullmatch(written):
        yield Address("email", start, end)
    elif written.startswith("mailto:") and _EMAIL.fullmatch(written[7:]):
        yield Address("email", start + 7, end)
    else:
        scheme = re.match(r"(?:https?|ftp|tonsite)://", written, re.IGNORECASE)
        rest = written[scheme.end() :] if scheme else written
        host = re.split(r"[/?#]", rest, maxsplit=1)[0]
        path = rest[len(host) :]
        kept = path[: _closed(path)].rstrip(_NO_END)
        host = host.partition("@")[2] if "@" in host else host
        if is_host(host.rpartition(":")[0] or host, known=scheme is None):
            yield Address("url", start, end - len(path) + len(kept))


def _closed(path: str) -> int:
    """How long the path is up to the first bracket that nothing in it has opened."""
    open_ones = dict.fromkeys(_CLOSING.values(), 0)
    for place, sign in enumerate(path):
        if sign in open_ones:
            open_ones[sign] += 1
        elif sign in _CLOSING:
            open_ones[_CLOSING[sign]] -= 1
            if open_ones[_CLOSING[sign]] < 0:
                return place
    return len(path)


def _after_port(text: str, end: int) -> int:
    if text[end : end + 1] != ":":
        return end
    after = _forward(text, end + 1, lambda sign: sign in "0123456789")
    port = text[end + 1 : after].lstrip("0")
    return after if port and len(port) <= 5 and int(port) <= _HIGHEST_PORT else end  # noqa: PLR2004


def _after_path(text: str, at: int) -> int:
    end = _forward(text, at + 1, lambda sign: sign not in _NOT_IN_PATHS and _is_of_url(sign))
    while end > at + 1 and text[end - 1] in _NO_END:
        end -= 1
    return end if text[at] == "/" or end > at + 1 else at


def _back(text: str, at: int, begin: int, accepts: Callable[[str], bool]) -> int:
    while at > begin and accepts(text[at - 1]):
        at -= 1
    return at


def _forward(text: str, at: int, accepts: Callable[[str], bool]) -> int:
    while at < len(text) and accepts(text[at]):
        at += 1
    return at


def _is_of_url(sign: str) -> bool:
    if "\u2000" <= sign <= "\u206f":
        return sign in "\u200c\u200d" or "\u2010" <= sign <= "\u2015"
    return unicodedata.category(sign)[0] != "Z"


def _is_of_host(sign: str) -> bool:
    if sign < "\u00c0":
        return sign in ".-_~" or (sign.isascii() and sign.isalnum())
    return _is_of_url(sign)


def _is_of_name(sign: str) -> bool:
    return sign not in _NOT_IN_NAMES and _is_of_url(sign)


def _is_of_scheme(sign: str) -> bool:
    return sign in "+-" or sign.isalnum() if sign.isascii() else unicodedata.category(sign)[0] != "Z"

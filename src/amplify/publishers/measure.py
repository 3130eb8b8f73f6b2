"""How long a text is, in the units that networks count in.

Nobody counts `len()`: Mastodon and Bluesky count what a reader sees as one character (extended grapheme
clusters), Telegram's offsets are UTF-16 units, Bluesky's are UTF-8 bytes. Mastodon counts every URL with a
scheme as 23, short or long, and leaves the server out of a mention.
"""

import re

_URL = re.compile(
    r"(?<![A-Za-z0-9@＠$#＃])https?://(?:[^\W_](?:[\w-]*[^\W_])?\.)*[^\W_](?:[^\W_]|-+(?=[^\W_]))*"
    r"\.(?:xn--[a-z0-9-]+|[^\W\d_]{2,})(?![A-Za-z0-9_@+-])(?::\d+)?(?:[/?][^\s<>\"“”„«»]*)?",
    re.IGNORECASE,
)
_MENTION = re.compile(r"(?<![/\w])@([a-z0-9_]+(?:[a-z0-9_.-]+[a-z0-9_]+)?)@[\w.-]+\w", re.IGNORECASE)
_TRAILING = ".,;:!?'’…[]–—"


def graphemes(text: str) -> int:
    """What a reader counts as characters: a flag, a family or a letter with its accents is one."""
    from ugrapheme import grapheme_len

    return int(grapheme_len(text))


def utf16(text: str) -> int:
    """UTF-16 units: most emoji count two."""
    return len(text.encode("utf-16-le")) // 2


def utf8(text: str) -> int:
    """UTF-8 bytes."""
    return len(text.encode())


def as_mastodon(text: str, per_url: int) -> int:
    """Graphemes, with a URL as `per_url` of them and `@name@server` as `@name`."""
    return graphemes(_MENTION.sub(r"@\1", _URL.sub(lambda found: _discounted(found[0], per_url), text)))


def too_long(network: str, length: int, limit: int, unit: str = "character") -> str:
    """Empty, or by how much it is too long, in words."""
    if length <= limit:
        return ""
    over = length - limit
    return f"{over} {unit}{'' if over == 1 else 's'} too long for {network}: {length} of {limit}"


def _discounted(url: str, per_url: int) -> str:
    """The URL as so many letters, and what follows it: punctuation that ends the sentence is not part of it."""
    kept = url
    while kept and (kept[-1] in _TRAILING or (kept[-1] == ")" and kept.count(")") > kept.count("("))):
        kept = kept[:-1]
    return "x" * per_url + url[len(kept) :]

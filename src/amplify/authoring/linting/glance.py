"""A first glance at a text: most rules see by it that there is nothing for them to look at.

`check` asks every rule about every text of a campaign, so what each rule would compute again is computed once.
"""

import re
from functools import lru_cache

#: Rules look at one text after the other.
_KEPT = 64
_CYRILLIC, _LATIN = re.compile("[\u0400-\u052f]"), re.compile("[A-Za-z]")


@lru_cache(maxsize=_KEPT)
def folded(text: str) -> str:
    """Without capitals."""
    return text.casefold()


@lru_cache(maxsize=_KEPT)
def letters(text: str) -> frozenset[str]:
    """Every sign that is in it."""
    return frozenset(text)


@lru_cache(maxsize=_KEPT)
def furthest(text: str) -> str:
    """The sign that comes last in Unicode: emoji and signs that are dressed up stand behind all alphabets of ours."""
    return max(text, default="")


@lru_cache(maxsize=_KEPT)
def two_alphabets(text: str) -> bool:
    return bool(_CYRILLIC.search(text) and _LATIN.search(text))

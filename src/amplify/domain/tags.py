"""Hashtags: which of the wanted ones a rendition carries. The body is never cut to make room."""

import unicodedata
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache

from amplify.domain.richtext import RichText, SpanKind, marked, plain

#: No network takes a longer one.
LONGEST = 64
_APOSTROPHES = str.maketrans("'’‘`´", "ʼʼʼʼʼ")


def flaw(tag: str) -> str:
    """Why not every network would make a hashtag of `tag`, and what to do; empty where all of them would.

    Telegram ends a hashtag at the first accent that is a sign of its own; an apostrophe ends it nearly everywhere,
    but not the letter `ʼ`.
    """
    if (letters := tag.translate(_APOSTROPHES)) != tag:
        return f"an apostrophe ends a hashtag: write `{letters}`, with the letter ʼ"
    categories = [unicodedata.category(sign) for sign in tag]
    if not all(sign == "_" or kind[0] == "L" or kind == "Nd" for sign, kind in zip(tag, categories, strict=True)):
        return "letters, digits and `_` only, no spaces, no accents that stand by themselves"
    if not any(kind[0] == "L" for kind in categories):
        return "at least one letter has to be in it"
    return f"{LONGEST} letters at most" if len(tag) > LONGEST else ""


def expand(names: Iterable[str], sets: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """Sets and single tags as one list, in the order written, each tag once whatever its capitals.

    Raises ValueError naming the first that is neither a set nor a tag of a set.
    """
    known = {tag for tags in sets.values() for tag in tags}
    chosen: dict[str, str] = {}
    for name in names:
        if name not in sets and name not in known:
            raise ValueError(name)
        for tag in sets.get(name, (name,)):
            chosen.setdefault(tag.casefold(), tag)
    return tuple(chosen.values())


def fit(tags: tuple[str, ...], cap: int, fits: Callable[[tuple[str, ...]], bool]) -> tuple[str, ...]:
    """The tags to place: in order, at most `cap`, each kept only if the text still `fits` with it."""
    if fits(tags[:cap]):
        return tags[:cap]
    placed: tuple[str, ...] = ()
    for tag in tags:
        if len(placed) < cap and fits((*placed, tag)):
            placed = (*placed, tag)
    return placed


@lru_cache(maxsize=256)
def line(tags: tuple[str, ...]) -> RichText:
    """The tags as one line: `#One #Two`."""
    joined = RichText()
    for tag in tags:
        joined = joined + plain(" " if joined.text else "") + marked(f"#{tag}", SpanKind.TAG, tag)
    return joined

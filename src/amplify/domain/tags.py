"""Hashtags: which of the wanted ones a rendition carries. The body is never cut to make room."""

from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache

from amplify.domain.richtext import RichText, SpanKind, marked, plain


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

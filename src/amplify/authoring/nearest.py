"""“Did you mean …?”: the nearest known word, or the list of them."""

from collections.abc import Iterable
from difflib import get_close_matches

_FEW = 12


def nearest(word: str, known: Iterable[str]) -> str:
    """A hint for a word that is not known."""
    words = sorted(set(known))
    by_folded = {name.casefold(): name for name in reversed(words)}
    found = get_close_matches(word.casefold(), by_folded, n=1, cutoff=0.6)
    if found:
        return f"did you mean `{by_folded[found[0]]}`?"
    if not words:
        return ""
    return f"known here: {', '.join(words[:_FEW])}{' …' if len(words) > _FEW else ''}"

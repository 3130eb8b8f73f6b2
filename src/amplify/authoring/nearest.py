"""“Did you mean …?”: the nearest known word or time zone, or the list of them."""

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


def nearest_zone(name: str) -> str:
    """A hint for a zone that there is not. People know the town, not the name of its zone."""
    from zoneinfo import available_timezones

    def folded(word: str) -> str:
        return word.casefold().replace(" ", "_")

    zones = sorted(available_timezones())
    known = {folded(zone.rpartition("/")[2]): zone for zone in zones} | {folded(zone): zone for zone in zones}
    town = folded(name.rpartition("/")[2])
    found = get_close_matches(folded(name), known, n=1) or get_close_matches(town, known, n=1)
    return f"did you mean `{known[found[0]]}`?" if found else "write a place such as Europe/Minsk"

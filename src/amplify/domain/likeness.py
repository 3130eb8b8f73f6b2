"""Texts that are almost the same, found among many without comparing each with each.

Two texts are alike when nine tenths of their rows of three words are the same ones. Then they share one of the rarest
tenth of either's rows, so only texts that do are compared.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from math import ceil

#: How much of all rows of words two texts have in common.
_ALIKE = 0.9
#: Shorter texts are like others by chance.
_FEWEST = 8
#: Of so many texts with the same rare words, the first that were found stand for all.
_MOST = 12


def alike(texts: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """Of texts as words, by name: each that is like an earlier one → the first that it is like."""
    rows = {name: _rows(words) for name, words in texts.items() if len(words) >= _FEWEST}
    known = Counter(row for own in rows.values() for row in own)
    like: dict[str, str] = {}
    seen: dict[int, list[str]] = defaultdict(list)
    for name, own in rows.items():
        rarest = sorted(sorted(own), key=known.__getitem__)[: len(own) - ceil(_ALIKE * len(own)) + 1]
        shared = [row for row in rarest if known[row] > 1]
        others = dict.fromkeys(other for row in shared for other in seen[row])
        first = next((other for other in others if _share(own, rows[other]) >= _ALIKE), None)
        if first is not None:
            like[name] = first
            continue
        for row in shared:
            if len(seen[row]) < _MOST:
                seen[row].append(name)
    return like


def _rows(words: Sequence[str]) -> frozenset[int]:
    """Every three words in a row, as numbers."""
    return frozenset(map(hash, zip(words, words[1:], words[2:], strict=False)))


def _share(one: frozenset[int], other: frozenset[int]) -> float:
    """What they have in common, of all that either has."""
    common = len(one & other)
    return common / (len(one) + len(other) - common)

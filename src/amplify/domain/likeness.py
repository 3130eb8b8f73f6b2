"""Texts that are almost the same, found among many without comparing each with each.

Two texts are alike when four fifths of their pairs of neighbouring words are the same ones: all words but one in twenty,
in the same order. Then they share one of the rarest fifth of either's pairs, so only texts that do are compared.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from itertools import pairwise
from math import ceil
from zlib import crc32

#: How much of all pairs of words two texts have in common.
ALIKE = 0.8
#: Shorter texts are like others by chance.
_FEWEST = 8
#: Of so many texts with the same rare words, the first that were found stand for all.
_MOST = 12


def alike(texts: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """Of texts as words, by name: each that is like an earlier one → the first that it is like."""
    pairs = {name: pairs_in(words) for name, words in texts.items() if len(words) >= _FEWEST}
    place = {name: number for number, name in enumerate(pairs)}
    known = Counter(pair for own in pairs.values() for pair in own)
    like: dict[str, str] = {}
    seen: dict[int, list[str]] = defaultdict(list)
    for name, own in pairs.items():
        rarest = sorted(sorted(own), key=known.__getitem__)[: len(own) - ceil(ALIKE * len(own)) + 1]
        shared = [pair for pair in rarest if known[pair] > 1]
        others = sorted({other for pair in shared for other in seen[pair]}, key=place.__getitem__)
        first = next((other for other in others if _share(own, pairs[other]) >= ALIKE), None)
        if first is not None:
            like[name] = first
            continue
        for pair in shared:
            if len(seen[pair]) < _MOST:
                seen[pair].append(name)
    return like


def pairs_in(words: Sequence[str]) -> frozenset[int]:
    """Every two neighbouring words, as a number that is the same in every run."""
    return frozenset(crc32(f"{one} {other}".encode()) for one, other in pairwise(words))


def _share(one: frozenset[int], other: frozenset[int]) -> float:
    """What they have in common, of all that either has."""
    common = len(one & other)
    return common / (len(one) + len(other) - common)

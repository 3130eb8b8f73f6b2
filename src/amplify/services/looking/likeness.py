"""Which files have texts that are almost the same, as `domain.likeness` has it, without comparing each with each.

Put all pairs of words in some order: the first few pairs that two such texts share are among the first few of either.
The order of size is at hand, and there two shared pairs make a suspicion. What very many texts begin with in that order,
such as a line that all of them end with, is put last, and those texts are looked at again; in the end, by rarity.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from functools import cache
from itertools import chain, filterfalse, islice
from math import ceil
from typing import TypeAlias

from amplify.domain.likeness import ALIKE
from amplify.services.looking.groups import Groups

#: So many texts with the same pair are a crowd.
_CROWD = 24
_ROUNDS = 3
#: How many texts show what is common, and how often it then stands there.
_SAMPLE, _OFTEN = 200, 3

_Text: TypeAlias = tuple[int, Sequence[int]]


def join_alike(files: Sequence[Sequence[Sequence[int]]], groups: Groups, apart: Collection[int] = ()) -> None:
    """`files` are the texts of each, as pairs in order of size; those that are `apart` are not like one another."""
    texts: list[_Text] = [(number, pairs) for number, file in enumerate(files) for pairs in file]
    old = [text for text in texts if text[0] in apart]
    new = [text for text in texts if text[0] not in apart]
    _against(old, new, groups)
    common: set[int] = set()
    for _ in range(_ROUNDS):
        new = _by_order(new, common, groups)
    _by_rarity(new, groups)


def _against(old: Sequence[_Text], new: Sequence[_Text], groups: Groups) -> None:
    """A few new texts with many old ones; what stands in several of the new and of a sample comes last in order."""
    some = chain(new, old[:: len(old) // _SAMPLE + 1])
    common = {
        pair for pair, times in Counter(chain.from_iterable(pairs for _, pairs in some)).items() if times > _OFTEN
    }
    begin: dict[int, list[int]] = defaultdict(list)
    for place, (_, pairs) in enumerate(new):
        for pair in _start(pairs, common):
            begin[pair].append(place)
    own = [frozenset(pairs) for _, pairs in new]
    short = [place for place, pairs in enumerate(own) if len(pairs) == 1]
    for number, pairs in old if new else ():
        near = [begin[pair] for pair in _start(pairs, common) if pair in begin]
        if len(near) > 1 or short:
            shared = Counter(chain(short, short, *near))
            for place in (place for place, times in shared.items() if times > 1):
                both = len(own[place].intersection(pairs))
                if both >= ALIKE * (len(own[place]) + len(pairs) - both):
                    groups.join((number, new[place][0]))


def _by_order(texts: Sequence[_Text], common: set[int], groups: Groups) -> list[_Text]:
    """Join what is alike, in the order of size with what is `common` last; those in a crowd are left, and what makes it."""
    starts = [_start(pairs, common) for _, pairs in texts]
    places: dict[int, list[int]] = defaultdict(list)
    for place, start in enumerate(starts):
        for pair in start:
            places[pair].append(place)
    common.update(pair for pair, there in places.items() if len(there) > _CROWD)
    left = []
    for place, (text, start) in enumerate(zip(texts, starts, strict=True)):
        if len(text[1]) == 1 or not common.isdisjoint(start):
            left.append(text)
        near = [there for pair in start if 1 < len(there := places[pair]) <= _CROWD]
        if len(near) > 1:
            for other, times in Counter(chain.from_iterable(near)).items():
                if times > 1 and other < place:
                    _join_if_alike(text, texts[other], groups)
    return left


def _start(pairs: Sequence[int], common: Collection[int]) -> Sequence[int]:
    length = _few(pairs) + 1
    if not common:
        return pairs[:length]
    rare = list(islice(filterfalse(common.__contains__, pairs), length))
    return rare if len(rare) == length else [*rare, *filter(common.__contains__, pairs)][:length]


def _by_rarity(texts: Sequence[_Text], groups: Groups) -> None:
    known = Counter(chain.from_iterable(pairs for _, pairs in texts))
    seen: dict[int, list[tuple[int, Sequence[int], int]]] = defaultdict(list)
    for number, pairs in texts:
        outline, few = _outline(pairs), _few(pairs)
        rare = [pair for pair in sorted(pairs, key=lambda pair: (known[pair], pair))[:few] if known[pair] > 1]
        for pair in rare:
            for other, others, outlines in seen[pair]:
                if (outline & ~outlines).bit_count() < few:
                    _join_if_alike((number, pairs), (other, others), groups)
        for pair in rare:
            seen[pair].append((number, pairs, outline))


def _join_if_alike(one: _Text, other: _Text, groups: Groups) -> None:
    if groups.of(one[0]) == groups.of(other[0]):
        return
    own, others = frozenset(one[1]), frozenset(other[1])
    if len(own & others) >= ALIKE * len(own | others):
        groups.join((one[0], other[0]))


def _few(pairs: Sequence[int]) -> int:
    return _few_of(len(pairs))


@cache
def _few_of(length: int) -> int:
    """How many of so many pairs may be others, and one more."""
    return length - ceil(ALIKE * length) + 1


def _outline(pairs: Iterable[int]) -> int:
    """Bits for a first look: of texts that are alike, only few differ."""
    outline = 0
    for pair in pairs:
        outline |= 1 << (pair & 127)
    return outline

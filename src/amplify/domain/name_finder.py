"""Finds names in texts, in any alphabet, case and order. It says where and whose, never which name.

A surname that is an ordinary word would hold half of a campaign: a surname counts beside the first name or an
initial, alone only where the list says so.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from html import unescape
from typing import TypeAlias
from urllib.parse import unquote

from amplify.domain.alphabets import Word, parted, spellings, words
from amplify.domain.inflection import Stem, joined, roots, stems
from amplify.domain.sounds import Row, readings, row_of, within

#: So many words may stand between a first name and a surname: another name, two initials, `and his brother`.
_BETWEEN = 2
_REMEMBERED = 65536
_LONG_ENOUGH = 6
#: Two names of so many sounds, written as one, are no ordinary word by chance.
_NO_WORD = 9
_LEADS = frozenset("яюеёєїйijy")
#: Sounds that no system of writing disagrees about: what is looked for first, because it is quick.
_FIRM = frozenset("bpmnlr")


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """`of` says whose it is. One word alone is a name that needs no other. `alone`: the surname needs no first name."""

    of: int
    words: tuple[str, ...] = field(repr=False)
    alone: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """Whose name stands in `text[start:end]`; nowhere in particular where the text had to be decoded first."""

    of: int
    start: int = -1
    end: int = -1


#: A word's parts in names: (number of the name, whether it is a first name).
_Parts: TypeAlias = frozenset[tuple[int, bool]]


@dataclass(frozen=True, slots=True)
class _Joined:
    number: int
    rows: tuple[tuple[str, Row], ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Finder:
    """Looks words up by their sounds; remembers what it has looked up."""

    _names: Sequence[Name] = field(repr=False)
    _parts_of: Callable[[str], _Parts] = field(repr=False)
    _inside: Callable[[str], frozenset[int]] = field(repr=False)
    _initials: Sequence[frozenset[str]] = field(repr=False)

    @classmethod
    def of(cls, names: Iterable[Name]) -> "Finder":
        listed = tuple(names)
        known: dict[Stem, set[tuple[int, bool]]] = {}
        for number, name in enumerate(listed):
            givens, surnames = _divided(name)
            for word, given in [*((one, True) for one in givens), *((one, False) for one in surnames)]:
                for stem in stems(word, given=given):
                    known.setdefault(stem, set()).add((number, given))
        together = [_together(number, name) for number, name in enumerate(listed)]
        alone = [_alone(number, name) for number, name in enumerate(listed) if name.alone]
        return cls(
            listed,
            lru_cache(maxsize=_REMEMBERED)(lambda word: _look_up(word, known)),
            lru_cache(maxsize=_REMEMBERED)(lambda word: _look_inside(word, together, alone)),
            [frozenset(sounds for word in _divided(name)[0] for sounds in _first(word)) for name in listed],
        )

    def find(self, text: str) -> list[Hit]:
        """Every name in the text, however it is written, in the order of the list."""
        if not self._names:
            return []
        hits = set(self._seen(text))
        for decoded in {unquote(text), unescape(text)} - {text}:
            plain = {hit.of for hit in hits}
            hits |= {Hit(of=hit.of) for hit in self._seen(decoded) if hit.of not in plain}
        return sorted(hits, key=lambda hit: (hit.of, hit.start))

    def _seen(self, text: str) -> Iterator[Hit]:
        ways = [words(text)]
        if "_" in text:
            ways.append(words(text, underscores=False))
        for some in ways:
            yield from self._in_words(some)
            apart = parted(some)
            if len(apart) != len(some):
                yield from self._in_words(apart)
            for word in some:
                if len(word.letters) >= _LONG_ENOUGH:
                    for number in self._inside(f"{'#' if word.sticks else ''}{word.letters}"):
                        yield Hit(of=self._names[number].of, start=word.start, end=word.end)

    def _in_words(self, some: Sequence[Word]) -> Iterator[Hit]:
        parts = [self._parts_of(word.letters) for word in some]
        for at, found in enumerate(parts):
            for number, given in found:
                if not given:
                    yield from self._with_first_name(number, at, some, parts)

    def _with_first_name(self, number: int, at: int, some: Sequence[Word], parts: Sequence[_Parts]) -> Iterator[Hit]:
        name, surname = self._names[number], some[at]
        if name.alone or len(name.words) == 1:
            yield Hit(of=name.of, start=surname.start, end=surname.end)
            return
        for other in range(max(0, at - _BETWEEN - 1), min(len(some), at + _BETWEEN + 2)):
            word = some[other]
            if other == at or word.sentence != surname.sentence:
                continue
            apart = abs(other - at) - 1
            is_first = (number, True) in parts[other] and (not apart or _of_one_case(word, surname))
            if is_first or self._is_initial(number, other, at, some):
                yield Hit(of=name.of, start=min(word.start, surname.start), end=max(word.end, surname.end))

    def _is_initial(self, number: int, other: int, at: int, some: Sequence[Word]) -> bool:
        """`J. Surname`, `Surname J. P.`, `JSurname`; a small word of one letter is none."""
        low, high = min(other, at), max(other, at)
        between = [some[one] for one in range(low, high + 1) if one != at]
        if not all(_may_be_initial(word, some[at]) for word in between):
            return False
        return not self._initials[number].isdisjoint(_first(some[other].letters))


def _divided(name: Name) -> tuple[Sequence[str], Sequence[str]]:
    """First names and surnames: of a double one, each of both."""
    *first, last = name.words
    return [one.letters for word in first[:1] for one in words(word)], [one.letters for one in words(last)]


def _together(number: int, name: Name) -> _Joined:
    givens, surnames = _divided(name)
    pairs = [
        (one, two) for given in givens for surname in surnames for one, two in ((given, surname), (surname, given))
    ]
    return _Joined(number, tuple((_firm(row), row) for one, two in pairs for row in joined(one, two)))


def _alone(number: int, name: Name) -> _Joined:
    rows = [row_of(spelling.rstrip("аяaыіи")) for surname in _divided(name)[1] for spelling in spellings(surname)]
    return _Joined(number, tuple((_firm(row), row) for row in rows if len(row) >= _LONG_ENOUGH - 1))


def _look_up(word: str, known: Mapping[Stem, set[tuple[int, bool]]]) -> _Parts:
    said = {sounds for spelling in spellings(word) for sounds in readings(row_of(spelling))}
    return frozenset(part for sounds in said for root in roots(sounds) for part in known.get(root, ()))


def _look_inside(word: str, together: Sequence[_Joined], alone: Sequence[_Joined]) -> frozenset[int]:
    """The names that are written into one word; of surnames alone only where it is a hashtag, a handle or an address."""
    letters, found = word.removeprefix("#"), set[int]()
    for spelling in spellings(letters):
        row = row_of(spelling)
        firm = _firm(row)
        is_sign = letters != word
        for each in (*together, *(alone if is_sign else ())):
            sought = (one for sure, one in each.rows if sure in firm and (is_sign or len(one) >= _NO_WORD))
            if any(within(row, one) for one in sought):
                found.add(each.number)
    return frozenset(found)


def _firm(row: Row) -> str:
    """What every reading of a row has in common."""
    return "".join(sound for sounds in row if len(sounds) == 1 for sound in sounds[0] if sound in _FIRM)


def _first(word: str) -> Iterator[str]:
    """How it begins; what leads to a vowel (`Ya`, `Ja`, `Я`) may stand alone as an initial."""
    for spelling in spellings(word):
        yield from (said[:1] for said in readings(row_of(spelling)) if said)
        if spelling[0] in _LEADS:
            yield "i"


def _may_be_initial(word: Word, surname: Word) -> bool:
    if len(word.letters) > len("Dz"):
        return False
    if word.dotted and word.letters[0].isupper():
        return True
    return (
        len(word.letters) == 1
        and word.letters.isupper()
        and surname.letters[0].isupper()
        and (surname.sticks or word.letters not in "AIOАІОЯИУВСКЗЎ")
    )


def _of_one_case(one: Word, other: Word) -> bool:
    """Two words that belong together, not a name and an ordinary word beside it."""
    return one.letters[0].isupper() is other.letters[0].isupper()

"""What becomes of a name in a sentence: cases, feminine forms, families, in Slavic languages, German and Lithuanian.

Everything here is spelled in sounds (`sounds.py`): endings that look alike in many languages are few there.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from amplify.domain.alphabets import spellings
from amplify.domain.sounds import VOWELS, Row, readings, row_of

#: Slavic cases; -s of German and English; Lithuanian cases, wives (-ienė) and daughters (-aitė, -ytė, -utė).
ENDINGS = (
    *("", "a", "i", "u", "am", "im", "aha", "amu", "ah", "ih", "ami", "imi", "av", "avi"),
    *("s", "as", "is", "us", "avs", "ams", "asa", "isa", "amis", "imis"),
    *("ana", "anas", "ata", "atas", "ita", "itas", "uta", "utas"),
)
#: How such women's names end in writing, and in sounds.
_OF_WOMEN = {"ienė": "ana", "iene": "ana", "aitė": "ata", "aite": "ata", "ytė": "ita", "yte": "ita", "utė": "uta"}
_OF_MEN = ("as", "is", "us")
_SHORTEST, _SHORTEST_GIVEN, _LITHUANIAN = 3, 2, 4
#: `к` before the ending of a dative: Ганка, Ганцы; and `г`, `х`.
_SOFTENED = {"k": "c", "h": "s"}
#: A vowel that falls out before an ending: Коваленок, Коваленка.
_FLEETING = frozenset("kclrn")


class Grows(StrEnum):
    """Which endings a stem takes."""

    ANY = "any"
    ONLY_WITH = "only with"
    NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Stem:
    sounds: str
    grows: Grows = Grows.ANY


def stems(word: str, *, given: bool) -> frozenset[Stem]:
    """All that the word can be recognised by; `given`: a first name, which stands beside a surname anyway."""
    return frozenset(
        stem
        for spelling in spellings(word)
        for said in readings(row_of(spelling))
        for stem in _stems(said, spelling, given=given)
    )


def roots(sounds: str) -> Iterator[Stem]:
    """The stems that a word of a text may have been made of."""
    yield Stem(sounds=sounds, grows=Grows.NONE)
    if sounds.endswith("c"):  # `Licht` with an `s` sounds like that
        yield Stem(sounds=f"{sounds[:-1]}t", grows=Grows.ONLY_WITH)
        yield Stem(sounds=f"{sounds[:-1]}t")
    for ending in ENDINGS:
        if sounds.endswith(ending):
            root = sounds.removesuffix(ending)
            yield Stem(sounds=root)
            if ending:
                yield Stem(sounds=root, grows=Grows.ONLY_WITH)


def joined(first: str, second: str) -> Iterator[Row]:
    """Both words written as one, as in hashtags, the first one in any case."""
    for one in spellings(first):
        for two in spellings(second):
            end = row_of(_bare(two))
            yield row_of(one + _bare(two))
            yield (*row_of(_bare(one)), ENDINGS, *end)


def _stems(said: str, spelling: str, *, given: bool) -> Iterator[Stem]:
    yield Stem(sounds=said, grows=Grows.NONE)
    ends_open = said.endswith(tuple(VOWELS))
    root = said[:-1] if ends_open else said
    if len(root) < (_SHORTEST_GIVEN if given else _SHORTEST):
        return
    yield Stem(sounds=root)
    if ends_open and root[-1] in _SOFTENED:
        yield Stem(sounds=root[:-1] + _SOFTENED[root[-1]], grows=Grows.ONLY_WITH)
    if not ends_open and root[-2:-1] in VOWELS and root[-1] in _FLEETING and len(root) > _LITHUANIAN:
        yield Stem(sounds=root[:-2] + root[-1], grows=Grows.ONLY_WITH)
    for written, sounds in _OF_WOMEN.items():
        if spelling.endswith(written) and len(said) - len(sounds) >= _LITHUANIAN:
            yield Stem(sounds=said.removesuffix(sounds))
    least = _SHORTEST_GIVEN if given and spelling.isascii() else _LITHUANIAN
    for sounds in _OF_MEN:
        if said.endswith(sounds) and len(said) - len(sounds) >= least:
            yield Stem(sounds=said.removesuffix(sounds))


def _bare(word: str) -> str:
    """Without the vowels that cases change."""
    bare = word.rstrip("аоеэёяуюыиійїaeiouyjąęóьъ")
    return bare if len(bare) >= _SHORTEST_GIVEN else word

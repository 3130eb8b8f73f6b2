"""The words around numbers, dates and quotations in each language: drafts, for native readers to look at.

docs/languages.md shows them all. What a language lacks here is an error where a text needs it, never English. A
spelling such as be-tarask has the words of its language, but for those that it spells otherwise.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import TypeVar

from amplify.domain.figure import Qualifier
from amplify.ports.author import UnusableText

_T = TypeVar("_T")
_Q = Qualifier

#: Before the number.
QUALIFIERS: Mapping[Qualifier, Mapping[str, str]] = MappingProxyType(
    {
        _Q.MORE_THAN: {
            "en": "more than", "de": "mehr als", "be": "больш за", "ru": "более", "uk": "понад", "pl": "ponad",
            "lt": "daugiau kaip",
        },
        _Q.AT_LEAST: {
            "en": "at least", "de": "mindestens", "be": "не менш за", "be-tarask": "ня менш за", "ru": "не менее",
            "uk": "щонайменше", "pl": "co najmniej", "lt": "ne mažiau kaip",
        },
        _Q.ALMOST: {
            "en": "almost", "de": "fast", "be": "амаль", "ru": "почти", "uk": "майже", "pl": "prawie", "lt": "beveik",
        },
        _Q.ABOUT: {
            "en": "about", "de": "rund", "be": "каля", "ru": "около", "uk": "близько", "pl": "około", "lt": "apie",
        },
        _Q.UP_TO: {"en": "up to", "de": "bis zu", "be": "да", "ru": "до", "uk": "до", "pl": "do", "lt": "iki"},
    }
)  # fmt: skip

#: Qualifiers behind which the counted word stands in another case: more than 1501 is “более 1501 политзаключённого”.
CHANGING: Mapping[str, frozenset[Qualifier]] = MappingProxyType(
    {
        "en": frozenset(),
        "de": frozenset({_Q.UP_TO}),
        "be": frozenset({_Q.MORE_THAN, _Q.AT_LEAST, _Q.ABOUT, _Q.UP_TO}),
        "ru": frozenset({_Q.MORE_THAN, _Q.AT_LEAST, _Q.ABOUT, _Q.UP_TO}),
        "uk": frozenset({_Q.MORE_THAN, _Q.ABOUT, _Q.UP_TO}),
        "pl": frozenset({_Q.MORE_THAN, _Q.ABOUT, _Q.UP_TO}),
        "lt": frozenset({_Q.ABOUT, _Q.UP_TO}),
    }
)

#: Within brackets, behind a number.
AS_OF: Mapping[str, str] = MappingProxyType(
    {
        "en": "as of {}", "de": "Stand {}", "be": "на {}", "ru": "на {}", "uk": "станом на {}", "pl": "stan na {}",
        "lt": "{} duomenimis",
    }
)  # fmt: skip

#: A line of its own.
CREDIT: Mapping[str, str] = MappingProxyType(
    {
        "en": "As of {}. Source: {}", "de": "Stand: {}. Quelle: {}", "be": "На {}. Крыніца: {}", "ru": "На {}. Источник: {}",
        "uk": "Станом на {}. Джерело: {}", "pl": "Stan na {}. Źródło: {}", "lt": "{} duomenimis. Šaltinis: {}",
    }
)  # fmt: skip

#: A range as somebody says it aloud.
SPOKEN_RANGES: Mapping[Qualifier, Mapping[str, str]] = MappingProxyType(
    {
        _Q.EXACT: {
            "en": "from {} to {}", "de": "von {} bis {}", "be": "ад {} да {}", "ru": "от {} до {}", "uk": "від {} до {}",
            "pl": "od {} do {}", "lt": "nuo {} iki {}",
        },
        _Q.ABOUT: {
            "en": "about {} to {}", "de": "rund {} bis {}", "be": "прыкладна ад {} да {}", "ru": "примерно от {} до {}",
            "uk": "приблизно від {} до {}", "pl": "w przybliżeniu od {} do {}", "lt": "maždaug nuo {} iki {}",
        },
    }
)  # fmt: skip

#: Around a quotation.
QUOTES: Mapping[str, str] = MappingProxyType(
    {"en": "“{}”", "de": "„{}“", "be": "«{}»", "ru": "«{}»", "uk": "«{}»", "pl": "„{}”", "lt": "„{}“"}
)


def in_words_of(language: str, words: Mapping[str, _T], what: str) -> _T:
    """The words of the spelling, else of the language. Raises UnusableText."""
    for written in (language, language.split("-", maxsplit=1)[0]):
        if written in words:
            return words[written]
    raise lacking(language, what)


def lacking(language: str, what: str) -> UnusableText:
    told = f"amplify has no words for {what} in `{language}`"
    return UnusableText(told, code="missing-language", hint="write them into the text yourself")

"""Numbers, dates and the words around them in each language: plain tables, so that CLDR can replace them."""

from collections.abc import Mapping
from datetime import date, time
from types import MappingProxyType

from amplify.domain.figure import Qualifier
from amplify.ports.author import UnusableText

_NO_BREAK_SPACE = "\u00a0"
_GROUPS: Mapping[str, str] = MappingProxyType({"en": ",", "de": "."})

_MONTHS: Mapping[str, str] = MappingProxyType(
    {
        "en": "January February March April May June July August September October November December",
        "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
        "be": "студзеня лютага сакавіка красавіка мая чэрвеня ліпеня жніўня верасня кастрычніка лістапада снежня",
        "ru": "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
    }
)

_QUALIFIERS: Mapping[Qualifier, Mapping[str, str]] = MappingProxyType(
    {
        Qualifier.MORE_THAN: {
            "en": "more than", "be": "больш за", "ru": "более", "de": "mehr als",
            "pl": "ponad", "uk": "понад", "lt": "daugiau kaip",
        },
        Qualifier.AT_LEAST: {
            "en": "at least", "be": "не менш за", "ru": "не менее", "de": "mindestens",
            "pl": "co najmniej", "uk": "щонайменше", "lt": "ne mažiau kaip",
        },
        Qualifier.ALMOST: {
            "en": "almost", "be": "амаль", "ru": "почти", "de": "fast", "pl": "prawie", "uk": "майже", "lt": "beveik",
        },
        Qualifier.ABOUT: {
            "en": "about", "be": "каля", "ru": "около", "de": "rund", "pl": "około", "uk": "близько", "lt": "apie",
        },
        Qualifier.UP_TO: {"en": "up to", "be": "да", "ru": "до", "de": "bis zu"},
    }
)  # fmt: skip

#: What stands behind an hour.
_CLOCK: Mapping[str, str] = MappingProxyType({"de": " Uhr"})

_AS_OF: Mapping[str, str] = MappingProxyType({"en": "as of", "de": "Stand", "be": "на", "ru": "на"})


def number(value: int, language: str) -> str:
    """With a mark between thousands: 39,978 or 39.978 or 39 978 (no-break space)."""
    return f"{value:,}".replace(",", _GROUPS.get(_base(language), _NO_BREAK_SPACE))


def day(on: date, language: str) -> str:
    """As words, because 05.06. is two days. Raises UnusableText."""
    month = _found(_MONTHS, language, "dates").split()[on.month - 1]
    return f"{on.day}{'.' if _base(language) == 'de' else ''} {month} {on.year}"


def hours(begins: time, ends: time | None, language: str) -> str:
    """`18:00`, or `18:00–20:00`."""
    ending = f"–{ends:%H:%M}" if ends is not None else ""
    return f"{begins:%H:%M}{ending}{_CLOCK.get(_base(language), '')}"


def qualified(qualifier: Qualifier, printed: str, language: str) -> str:
    """`more than 1,500`. Raises UnusableText."""
    if qualifier is Qualifier.EXACT:
        return printed
    return f"{_found(_QUALIFIERS[qualifier], language, f'“{qualifier}”')} {printed}"


def as_of(on: date, language: str) -> str:
    """`as of 21 May 2023`. Raises UnusableText."""
    return f"{_found(_AS_OF, language, 'dates')} {day(on, language)}"


def _found(words: Mapping[str, str], language: str, what: str) -> str:
    try:
        return words[_base(language)]
    except KeyError:
        told = f"amplify has no words for {what} in `{language}`"
        raise UnusableText(told, code="missing-language", hint="write them into the text yourself") from None


def _base(language: str) -> str:
    return language.split("-", maxsplit=1)[0]

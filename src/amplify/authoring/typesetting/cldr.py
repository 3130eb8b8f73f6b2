"""What CLDR, the Unicode Consortium's data about languages, says of a language, as Babel carries it.

Babel is loaded when the first number or date is printed. It leaves out two things that CLDR has: from how many digits
on thousands are marked, and which plural a range takes. Those are here, and held against ICU by the tests.
"""

from collections.abc import Callable, Mapping
from datetime import date
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from babel import Locale

#: More numbers and days than a campaign prints in all its languages.
_REMEMBERED = 8192
#: `en` alone is American to Babel: May 21, 2023.
_MEANT: Mapping[str, str] = MappingProxyType({"en": "en-GB"})
#: Where four digits stay together: 1501, and 39 978.
_LATE_GROUPS = frozenset(["be", "bg", "es", "et", "hu", "hy", "ia", "ie", "it", "ka", "lv", "pl", "sl", "sq"])
_THREE, _FOUR = 1000, 10_000
#: The whole numbers among which every plural of a language turns up; a million is one of its own in some.
_COUNTED = (*range(1, 201), 0, 1_000_000)
#: Where the plural of a range is that of its end.
_BY_THE_END = frozenset(["be", "de", "lt", "pl", "ru", "uk"])
_ANY = "other"


@lru_cache(maxsize=_REMEMBERED)
def grouped(value: int, language: str) -> str | None:
    """39,978 or 39.978 or 39 978, with the space that does not break; None where CLDR does not know the language."""
    from babel.numbers import format_decimal

    locale = _locale(language)
    if locale is None:
        return None
    least = _FOUR if locale.language in _LATE_GROUPS else _THREE
    return format_decimal(value, locale=locale, group_separator=abs(value) >= least)


@lru_cache(maxsize=_REMEMBERED)
def long_day(on: date, language: str) -> str | None:
    """21 May 2023, or None."""
    from babel.dates import format_date

    locale = _locale(language)
    return format_date(on, "long", locale=locale) if locale is not None else None


def plural(value: int, language: str) -> str | None:
    """`one`, `few`, `many`, `other` and so on, or None."""
    rule = _rule(language)
    return rule(value) if rule is not None else None


def plural_of_range(low: int, high: int, language: str) -> str | None:
    """The same of a range; None also where nobody has told us how that language does it."""
    base = language.split("-", maxsplit=1)[0]
    if base == "en" and low != high:
        return _ANY
    return plural(high, language) if base in _BY_THE_END or low == high else None


@lru_cache(maxsize=64)
def plurals(language: str) -> Mapping[str, int]:
    """The plurals that whole numbers take, each with the first number that takes it; nothing for unknown languages."""
    rule = _rule(language)
    found: dict[str, int] = {}
    for count in _COUNTED if rule is not None else ():
        found.setdefault(str(plural(count, language)), count)
    return MappingProxyType(found)


@lru_cache(maxsize=64)
def every_plural(language: str) -> frozenset[str]:
    """Those of fractions too."""
    locale = _locale(language)
    return frozenset({_ANY, *locale.plural_form.tags}) if locale is not None else frozenset()


def _rule(language: str) -> Callable[[int], str] | None:
    locale = _locale(language)
    return locale.plural_form if locale is not None else None


@lru_cache(maxsize=64)
def _locale(language: str) -> "Locale | None":
    """Of the language as written, else with fewer and fewer of its subtags."""
    from babel import Locale, UnknownLocaleError

    wanted = _MEANT.get(language, language)
    while wanted:
        try:
            return Locale.parse(wanted, sep="-")
        except (UnknownLocaleError, ValueError):
            wanted = wanted.rpartition("-")[0]
    return None

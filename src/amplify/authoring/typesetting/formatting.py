"""Numbers, ranges, dates and hours as each language writes them: CLDR's patterns, our words around them."""

from datetime import date, time

from amplify.authoring.typesetting import wording
from amplify.authoring.typesetting.cldr import grouped, long_day
from amplify.domain.figure import Qualifier
from amplify.ports.author import UnusableText

_NO_BREAK_SPACE = "\u00a0"
#: What stands behind an hour.
_CLOCK = {"de": " Uhr"}


def number(value: int, language: str) -> str:
    """39,978 or 39.978 or 39 978 (with a space that does not break); the last where CLDR does not know the language."""
    printed = grouped(value, language)
    return f"{value:,}".replace(",", _NO_BREAK_SPACE) if printed is None else printed


def between(low: int, high: int, language: str) -> str:
    """`143,600–171,900`."""
    return f"{number(low, language)}–{number(high, language)}"


def between_aloud(low: int, high: int, qualifier: Qualifier, language: str) -> str:
    """`from 143,600 to 171,900`: many voices swallow the dash. Raises UnusableText."""
    if qualifier not in wording.SPOKEN_RANGES:
        told = f"amplify cannot say a range with “{qualifier}” aloud"
        raise UnusableText(told, code="qualified-range", hint="a range is `exact` or `about`: correct `qualifier`")
    pattern = wording.in_words_of(language, wording.SPOKEN_RANGES[qualifier], "a range")
    return pattern.format(number(low, language), number(high, language))


def day(on: date, language: str) -> str:
    """As words, because 05.06. is two days. Raises UnusableText."""
    printed = long_day(on, language)
    if printed is None:
        raise wording.lacking(language, "dates")
    return printed


def hours(begins: time, ends: time | None, language: str) -> str:
    """`18:00`, or `18:00–20:00`."""
    ending = f"–{ends:%H:%M}" if ends is not None else ""
    return f"{begins:%H:%M}{ending}{_CLOCK.get(language.split('-', maxsplit=1)[0], '')}"


def qualified(qualifier: Qualifier, printed: str, language: str) -> str:
    """`more than 1,500`. Raises UnusableText."""
    if qualifier is Qualifier.EXACT:
        return printed
    return f"{wording.in_words_of(language, wording.QUALIFIERS[qualifier], f'“{qualifier}”')} {printed}"


def as_of(on: date, language: str) -> str:
    """`as of 21 May 2023`. Raises UnusableText."""
    return wording.in_words_of(language, wording.AS_OF, "dates").format(day(on, language))


def credit(on: date, source: str, language: str) -> str:
    """`As of 21 May 2023. Source: Viasna`. Raises UnusableText."""
    pattern, printed = wording.in_words_of(language, wording.CREDIT, "a source"), day(on, language)
    if printed.endswith("."):
        pattern = pattern.replace("{}.", "{}", 1)
    return pattern.format(printed, source)


def quoted(words: str, language: str) -> str:
    """Within the marks that the language puts around what somebody says. Raises UnusableText."""
    return wording.in_words_of(language, wording.QUOTES, "quotation marks").format(words)

"""Words and digits for days: “today” on another day than the campaign's, and dates that can be read in two ways."""

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType

from amplify.authoring.linting.glance import folded, letters
from amplify.authoring.linting.rule import Remark
from amplify.domain.languages import base_of
from amplify.domain.lint import Subject

#: By language: words that are true on the day, the day before, the day after.
_WORDS: Mapping[str, tuple[str, str, str]] = MappingProxyType(
    {
        "en": ("today|on this day", "tomorrow", "yesterday"),
        "de": ("heute|an diesem tag", "(?<!am )(?<!guten )morgen(?= |,)", "gestern"),
        "be": ("сёння|сягоння|[уў] гэты дзень", "заўтра", "[уў]чора"),
        "ru": ("сегодня|в этот день", "завтра", "вчера"),
        "uk": ("сьогодні|цього дня|[ув] цей день", "завтра", "[ув]чора"),
        "pl": ("dziś|dzisiaj|w tym dniu|tego dnia", "jutro", "wczoraj"),
        "lt": ("šiandien|šią dieną", "rytoj", "vakar"),
    }
)
_ON = ((0, "on the campaign's day"), (1, "on the day before the campaign's"), (-1, "on the day after the campaign's"))
_SEARCHED = MappingProxyType(
    {language: tuple(re.compile(rf"(?:{words})(?!\w)") for words in by_day) for language, by_day in _WORDS.items()}
)
_DIGITS = re.compile(r"(?<![\w.,/])\d{1,2}([./])\d{1,2}\1(?:\d{4}|\d{2})(?!\w|[.,/]\d)")

_TEN = frozenset("0123456789")


def day_words(subject: Subject) -> Iterator[Remark]:
    """Nothing but the calendar is known: a “today” that means the day of the post may stand, which is why it is told only."""
    for (days_left, then), search in zip(_ON, _SEARCHED.get(base_of(subject.language), ()), strict=False):
        found = _in(subject.text, search) if subject.wanted.days_left != days_left else None
        if found and not _excused(subject, found):
            told = f"“{found}” stands here, and this does not go out {then}, for which followers take it"
            yield Remark(message=told, hint="name the day, or move the post", quote=found)


def _in(text: str, search: re.Pattern[str]) -> str:
    """The first of the words, as it stands there."""
    for found in search.finditer(folded(text)):
        if not text[: found.start()][-1:].isalnum():
            return text[found.start() : found.end()]
    return ""


def _excused(subject: Subject, word: str) -> bool:
    """What an excerpt says of its day is looked at where it is quoted."""
    dated = [excerpt for name in subject.excerpts if (excerpt := subject.written.excerpts[name]).valid_on]
    return any(word in words for one in dated for words in (one.corrected, *one.translations.values()))


def numeric_date(subject: Subject) -> Iterator[Remark]:
    text = subject.layout.text
    for found in _DIGITS.finditer(text) if letters(text) & _TEN else ():
        told = f"“{found[0]}” is read in different ways in different countries"
        yield Remark(message=told, hint="write the month as a word, and all of the year", quote=found[0])

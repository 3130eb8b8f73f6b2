"""docs/languages.md shows to native readers every word that amplify has, and what it prints."""

import re
from datetime import date

import pytest

from amplify.authoring.linting.terms import TERMS
from amplify.authoring.typesetting import card_words, cldr, formatting, wording
from amplify.domain.figure import Qualifier
from docs.pages import ROOT

PAGE = (ROOT / "docs" / "languages.md").read_text(encoding="utf-8")
EIGHT = ["en", "de", "be", "be-tarask", "ru", "uk", "pl", "lt"]
COUNTED = [1, 2, 5, 11, 21, 22, 1501, 39978]


def rows(heading: str) -> list[list[str]]:
    """The cells of the tables below a heading, without their heads."""
    section = PAGE.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]
    lines = [line for line in section.splitlines() if line.startswith("| `")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


def plain(text: str) -> str:
    return re.sub(r"\s", " ", text)


@pytest.mark.parametrize("language", EIGHT)
def test_numbers_and_days_are_printed_as_the_page_shows(language: str) -> None:
    (row,) = [row for row in rows("Numbers, ranges, days") if row[0] == f"`{language}`"]
    numbers = " and ".join(formatting.number(value, language) for value in (1501, 39978))
    range_, day = formatting.between(143600, 171900, language), formatting.day(date(2023, 5, 21), language)
    assert row[1:] == [plain(numbers), plain(range_), plain(day)]


@pytest.mark.parametrize("language", EIGHT)
def test_every_qualifier_is_on_the_page_with_its_mark(language: str) -> None:
    (row,) = [row for row in rows("Words before a number") if row[0] == f"`{language}`"]
    order = [Qualifier.MORE_THAN, Qualifier.AT_LEAST, Qualifier.ALMOST, Qualifier.ABOUT, Qualifier.UP_TO]
    changing = wording.CHANGING[language.partition("-")[0]]
    words = [wording.in_words_of(language, wording.QUALIFIERS[one], "") + "*" * (one in changing) for one in order]
    assert row[1:] == words


@pytest.mark.parametrize("language", [one for one in EIGHT if "-" not in one])
def test_every_pattern_is_on_the_page(language: str) -> None:
    (row,) = [row for row in rows("Day, source, range") if row[0] == f"`{language}`"]
    spoken = wording.SPOKEN_RANGES
    patterns = [
        wording.AS_OF,
        wording.CREDIT,
        spoken[Qualifier.EXACT],
        spoken[Qualifier.ABOUT],
        wording.QUOTES,
    ]
    assert row[1:] == [pattern[language].replace("{}", "…") for pattern in patterns]


@pytest.mark.parametrize("language", [one for one in EIGHT if "-" not in one])
def test_every_word_of_a_card_is_on_the_page_and_every_plural_has_one(language: str) -> None:
    (row,) = [row for row in rows("On cards") if row[0] == f"`{language}`"]
    days = card_words.DAYS_UNTIL[language]
    assert set(cldr.plurals(language)) <= set(days)
    said = ["; ".join(dict.fromkeys(days.values())), card_words.LOCAL_TIME[language], card_words.ANNOUNCED_BY[language]]
    assert row[1:] == [words.replace("{}", "…") for words in said]


def test_the_forms_of_numbers_are_those_of_cldr() -> None:
    order = ["one", "few", "many", "other"]
    for languages, *cells in rows("Sentences that count"):
        for language in re.findall(r"`([\w-]+)`", languages):
            shown = {
                int(number): form
                for form, cell in zip(order, cells, strict=True)
                for number in re.findall(r"\d+", cell)
            }
            assert shown == {value: cldr.plural(value, language) for value in COUNTED}


def test_every_word_that_is_not_used_is_on_the_page() -> None:
    shown: dict[str, dict[str, str]] = {}
    for language, wrong, right in rows("Words that are not used"):
        wrongs, rights = wrong.split(", "), right.split(", ")
        rights = rights if len(rights) == len(wrongs) else rights * len(wrongs)
        shown.setdefault(language.strip("`"), {}).update(zip(wrongs, rights, strict=True))
    assert shown == {language: dict(words) for language, words in TERMS.items()}


def test_what_the_page_shows_is_all_in_it() -> None:
    assert [row[0] for row in rows("Numbers, ranges, days")] == [f"`{language}`" for language in EIGHT]

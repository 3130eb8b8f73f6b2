"""Numbers, ranges, days and plurals in the campaign's languages, judged by ICU: as it was noted, and as Node has it here.

`intl.json` is what `intl.mjs` printed; it says with which version.
"""

import json
import subprocess
import unicodedata
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from babel.localedata import locale_identifiers

from amplify.authoring.typesetting import cldr, formatting

HERE = Path(__file__).parent
NOTED = json.loads((HERE / "intl.json").read_text(encoding="utf-8"))
#: The judge takes be-tarask for be. It is, but for these; CLDR has them as drafts, and ICU leaves drafts out.
TARASK = {"мая": "траўня", "верасня": "верасьня", "снежня": "сьнежня"}
NARROW = "\u202f"
LANGUAGES = [*NOTED["languages"], "be-tarask"]
SHOWN = ["1", "2", "5", "11", "21", "22", "1501", "39978"]


@pytest.fixture(scope="session")
def here(node):
    """What ICU says on this machine."""
    known = sorted({name.split("_")[0] for name in locale_identifiers()})
    return json.loads(subprocess.run([node, HERE / "intl.mjs", *known], check=True, capture_output=True).stdout)


def judge(said, language):
    if language != "be-tarask":
        return said["languages"][language]
    days = said["languages"]["be"]["days"]
    return said["languages"]["be"] | {"days": {day: _respelled(words) for day, words in days.items()}}


def _respelled(words):
    return " ".join(TARASK.get(word, word) for word in words.split(" "))


def ours(language):
    """The same table, made by us."""
    judged = NOTED["languages"]["be"]
    numbers, pairs = ([[int(one) for one in key.split("-")] for key in judged[what]] for what in ("numbers", "ranges"))
    return {
        "numbers": {str(value): formatting.number(value, language) for (value,) in numbers},
        "plurals": {str(value): cldr.plural(value, language) for (value,) in numbers},
        "ranges": {f"{low}-{high}": formatting.between(low, high, language) for low, high in pairs},
        "range_plurals": {f"{low}-{high}": cldr.plural_of_range(low, high, language) for low, high in pairs},
        "days": {day: _plain(formatting.day(date.fromisoformat(day), language)) for day in judged["days"]},
    }


def _plain(day):
    """Node prints a plain space for the narrow one in days, for the sake of old web pages; CLDR has the narrow one."""
    return day.replace(NARROW, " ")


@cache
def late_with_us():
    known = {name.split("_")[0] for name in locale_identifiers()}
    return {one for one in known if cldr.grouped(1501, one) == "1501" and cldr.grouped(39978, one) != "39978"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_prints_what_icu_has_printed(language):
    assert ours(language) == judge(NOTED, language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_and_what_it_prints_here(language, here):
    assert ours(language) == judge(here, language)


def test_thousands_are_marked_late_where_icu_marks_them_late(here):
    assert late_with_us() == set(NOTED["late"]) == set(here["late"])


def test_a_year_is_not_torn_from_its_sign():
    may = date(2023, 5, 21)
    assert formatting.day(may, "be") == f"21 мая 2023{NARROW}г."
    assert formatting.day(may, "be-tarask") == f"21 траўня 2023{NARROW}г."
    assert formatting.day(may, "ru") == f"21 мая 2023{NARROW}г."
    assert formatting.day(may, "uk") == f"21 травня 2023{NARROW}р."


def test_the_numbers_that_were_asked_for_are_among_them():
    assert all(set(SHOWN) <= table["numbers"].keys() for table in NOTED["languages"].values())


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_printed_is_composed_and_keeps_its_spaces(language):
    printed = [
        *ours(language)["numbers"].values(),
        *ours(language)["ranges"].values(),
        *ours(language)["days"].values(),
    ]
    assert [words for words in printed if words != unicodedata.normalize("NFC", words)] == []
    assert not any(" " in formatting.number(value, language) for value in (1501, 39978, 1234567))

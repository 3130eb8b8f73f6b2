"""What holds for every name and every text, tried with names that are made of syllables by chance."""

import unicodedata

from hypothesis import example, given, settings
from hypothesis import strategies as st

from amplify.domain.name_finder import Finder, Name
from amplify.domain.protected import Register
from amplify.domain.sounds import readings, row_of
from unit.domain.invented import FOUND
from unit.domain.rewriting import BELARUSIAN, RUSSIAN, UKRAINIAN, rewritten

_CONSONANTS = "бвгдзклмнпрстфхцчш"


def names(vowels: str, ends: list[str]) -> st.SearchStrategy[str]:
    syllable = st.tuples(st.sampled_from(_CONSONANTS), st.sampled_from(vowels)).map("".join)
    return st.tuples(st.lists(syllable, min_size=2, max_size=4), st.sampled_from(ends)).map(
        lambda made: _with_end("".join(made[0]).capitalize(), made[1])
    )


def _with_end(stem: str, end: str) -> str:
    """No vowel meets another."""
    return stem + end if end[0] in _CONSONANTS else stem[:-1] + end


RU = names("аеиоуыюя", ["ов", "ская", "чук", "енко", "ич", "ин"])
BE = names("аеіоуыюя", ["аў", "ская", "чук", "енка", "іч", "ін", "ец"])
UK = names("аеиоуіюя", ["ів", "ська", "чук", "енко", "ич", "юк"])


def finder_of(*words: str) -> Finder:
    return Finder.of([Name(of=1, words=words)])


@settings(max_examples=150)
@given(RU, RU, st.sampled_from(sorted(RUSSIAN)))
def test_a_russian_name_is_found_in_every_system_and_back(first: str, last: str, system: str):
    one, two = rewritten(first, RUSSIAN[system]), rewritten(last, RUSSIAN[system])
    assert finder_of(first, last).find(f"{two} {one}")
    assert finder_of(one, two).find(f"{first} {last}")


@settings(max_examples=150)
@given(BE, BE, st.sampled_from(sorted(BELARUSIAN)))
def test_a_belarusian_name_is_found_in_every_system_and_back(first: str, last: str, system: str):
    one, two = rewritten(first, BELARUSIAN[system]), rewritten(last, BELARUSIAN[system])
    assert finder_of(first, last).find(f"{one} {two}")
    assert finder_of(one, two).find(f"{last} {first}")


@settings(max_examples=100)
@given(UK, UK, st.sampled_from(sorted(UKRAINIAN)))
def test_a_ukrainian_name_is_found_in_every_system_and_back(first: str, last: str, system: str):
    one, two = rewritten(first, UKRAINIAN[system]), rewritten(last, UKRAINIAN[system])
    assert finder_of(first, last).find(f"{one} {two}")
    assert finder_of(one, two).find(f"{last} {first}")


@settings(max_examples=100)
@given(BE, BE, st.sampled_from(sorted(BELARUSIAN)), st.sampled_from(sorted(BELARUSIAN)))
def test_one_system_is_found_by_another(first: str, last: str, here: str, there: str):
    listed = [rewritten(word, BELARUSIAN[here]) for word in (first, last)]
    assert finder_of(*listed).find(" ".join(rewritten(word, BELARUSIAN[there]) for word in (first, last)))


WRITTEN = st.sampled_from([(name, text) for name, many in FOUND.items() for text in many])


@given(
    WRITTEN, st.sampled_from(["upper", "lower", "title", "swapcase"]), st.sampled_from(["NFC", "NFD", "NFKC", "NFKD"])
)
def test_neither_case_nor_the_composition_of_letters_counts(pair: tuple[str, str], case: str, form: str):
    name, text = pair
    last, comma, first = name.partition(",")
    words = f"{first} {last}".split() if comma else last.split()
    assert finder_of(*words).find(unicodedata.normalize(form, getattr(text, case)()))


@given(st.text(max_size=200))
@example("\ufb03 \U0001d400 \u0301\u0301 a\u0308")
def test_no_text_is_too_strange(text: str):
    finder = finder_of("Яраслава", "Ліхтароўская")
    register = Register(there=True, entries=1, finder=finder)
    assert [hit for hit in finder.find(text) if not 0 <= hit.start < hit.end <= len(text)] == []
    assert register.masked(text) == text or finder.find(text)
    assert readings(row_of(text.lower()))


@given(WRITTEN, st.text(max_size=40), st.text(max_size=40))
def test_what_is_covered_is_not_found_again(pair: tuple[str, str], before: str, behind: str):
    name, text = pair
    last, comma, first = name.partition(",")
    finder = finder_of(*(f"{first} {last}".split() if comma else last.split()))
    covered = Register(there=True, entries=1, finder=finder).masked(f"{before} {text} {behind}")
    assert finder.find(covered) == []
    assert text not in covered
    assert "protected entry 1" in covered

"""A name is found however it is written, and an ordinary word is not taken for one. All persons are invented."""

import pytest

from amplify.domain.name_finder import Finder, Name
from unit.domain.invented import FOUND, HIDDEN, NOT_FOUND

PAIRS = [(name, written) for name, many in FOUND.items() for written in many]


def name_of(written: str, of: int = 1, *, alone: bool = False) -> Name:
    last, comma, first = written.partition(",")
    return Name(of=of, words=tuple(f"{first} {last}".split() if comma else last.split()), alone=alone)


def finder(*names: str, alone: bool = False) -> Finder:
    return Finder.of(name_of(name, number, alone=alone) for number, name in enumerate(names, start=1))


@pytest.fixture(scope="module")
def known() -> dict[str, Finder]:
    return {name: finder(name) for name in FOUND}


@pytest.mark.parametrize(("name", "written"), PAIRS, ids=[written for _, written in PAIRS])
def test_every_way_to_write_a_name_is_that_name(known, name, written):
    assert known[name].find(f"Today we think of {written}, and of all others.")


@pytest.mark.parametrize("written", HIDDEN)
def test_a_name_is_found_whatever_was_done_to_it(known, written):
    assert known["Яраслава Ліхтароўская"].find(f"See {written} now")


NEAR = [(name, text) for name, many in NOT_FOUND.items() for text in many]


@pytest.mark.parametrize(("name", "text"), NEAR, ids=[text for _, text in NEAR])
def test_what_only_comes_near_is_let_through(known, name, text):
    assert known[name].find(text) == []


def test_the_tables_are_as_long_as_they_should_be():
    assert len(PAIRS) + len(HIDDEN) > 200
    assert len(NEAR) > 200

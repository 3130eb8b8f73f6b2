"""config/sources.yaml: where new numbers are looked up, and what is wrong with how it is written."""

from datetime import timedelta

import pytest

FILE = "config/sources.yaml"
LIST = """\
lamps-list:
  figure: lamps
  kind: csv
  url: https://counts.example/list.csv
  every: 2d
  rows: {min: 5000, max: 15000}
  read: {where: {status: lit}, columns: [id, status]}
"""
FIGURES = """\
lamps: {label: {en: Lamps}, value: 7, as_of: 2027-05-01, source: {name: The count}}
"""


@pytest.fixture
def sources(read):
    def reading(text):
        written = read({FILE: text, "config/figures.yaml": FIGURES})
        return written.sources, [p for p in written.problems if p.place.file == FILE]

    return reading


def test_a_recipe_says_what_to_count_and_whom_to_ask(sources):
    found, problems = sources(LIST)
    assert problems == []
    recipe = found["lamps-list"]
    assert (recipe.figure, recipe.kind, recipe.every, recipe.enabled) == ("lamps", "csv", timedelta(days=2), True)
    assert recipe.hosts == {"counts.example"}
    assert (recipe.least, recipe.most) == (5000, 15000)
    assert recipe.options == {"where": {"status": "lit"}, "columns": ("id", "status")}


def test_a_reminder_needs_no_more_than_the_page(sources):
    found, problems = sources("look: {figure: lamps, kind: by-hand, url: 'https://counts.example/', every: 31d}")
    assert problems == []
    assert found["look"].options == {}


@pytest.mark.parametrize(
    ("was", "now", "told"),
    [
        ("figure: lamps", "figure: lamp", "there is no figure `lamp`"),
        ("kind: csv", "kind: cvs", "“cvs” is not a kind of source"),
        ("columns:", "colums:", "`colums` is nothing that a source of kind csv is told"),
        ("every: 2d", "every: 5m", "is not between 1h and 366d"),
        ("https://counts", "http://counts", "begins with https://"),
        ("{status: lit}", "lit", "`read: {where: …}` is missing or wrong"),
        ("  every", "  hosts: [other.example]\n  every", "leads to counts.example, which is not among its `hosts`"),
        ("lamps-list", "Lamps list", "is not a name for a source"),
        ("min: 5000", "min: 5.000", "can be read as 5000 or as 5.000"),
    ],
)
def test_a_recipe_that_cannot_be_followed_is_told_and_left_out(sources, was, now, told):
    found, problems = sources(LIST.replace(was, now))
    assert found == {}
    assert told in str(problems[0])
    assert problems[0].hint


def test_what_a_kind_must_be_told_is_asked_for(sources):
    _, problems = sources("said: {figure: lamps, kind: text, url: 'https://counts.example/'}")
    assert "`read: {sentence: …}` is missing" in str(problems[0])

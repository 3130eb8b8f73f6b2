"""What each kind of source reads off a page, and what it refuses to read."""

from datetime import UTC, date, datetime

import pytest

from amplify.domain.recipe import Recipe, Unusable, vouch
from amplify.figure_sources.csv_rows import CSV
from amplify.figure_sources.html_table import HTML_TABLE
from amplify.figure_sources.json_value import JSON
from amplify.figure_sources.numbers import whole_number
from amplify.figure_sources.registry import installed
from amplify.figure_sources.text_pattern import TEXT
from amplify.ports.figure_source import Page

ACTIVE = {"where": {"status": "active"}}
LIST = "id,name,status\n1,One,active\n2,Two,former\n3,Three,np\n4,Four,active\n"
TABLE = (
    "<p>5 in all</p><table id='nav'><tr><td>x</td></tr></table><table id='list'><tr><th>Name</th><th>Status</th></tr>"
    "<tr><td>One</td><td> active </td></tr><tr><td>Two</td><td>former</td></tr></table>"
)


def page(text, kind="text/csv"):
    return Page(url="https://counts.example/list", kind=kind, text=text, at=datetime(2027, 4, 1, tzinfo=UTC), digest="")


def refused(source, text, options, kind="text/csv"):
    with pytest.raises(Unusable) as told:
        source.count(page(text, kind), options)
    return str(told.value)


def test_a_list_counts_the_rows_that_are_meant_and_says_of_how_many():
    counted = CSV.count(page(LIST), {**ACTIVE, "columns": ("id", "name")})
    assert (counted.value, counted.rows, counted.what) == (2, 4, "2 rows with status=active, of 4")


def test_a_list_with_a_mark_in_front_and_semicolons_is_the_same_list():
    counted = CSV.count(page("\ufeff" + LIST.replace(",", ";")), {**ACTIVE, "delimiter": ";"})
    assert counted.value == 2


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "the list is empty"),
        ("<!doctype html><p>wait", "a web page came"),
        ("id,name\n1,One\n", "no column “status”; it has id, name"),
        ("id,status\n1,active,more\n", "row 1 has 3 columns"),
    ],
)
def test_a_list_that_is_another_list_is_refused(text, told):
    assert told in refused(CSV, text, ACTIVE)


def test_one_table_of_a_page_is_counted_by_its_id():
    counted = HTML_TABLE.count(page(TABLE, "text/html"), {"table": "list", **ACTIVE})
    assert (counted.value, counted.rows) == (1, 2)
    assert "no tables with the id “other”" in refused(HTML_TABLE, TABLE, {"table": "other"}, "text/html")


def test_a_document_gives_a_number_or_the_length_of_a_list():
    document = '{"meta": {"total": 1131, "share": 0.5}, "data": [{"status": "active"}, {"status": "np"}]}'
    assert JSON.count(page(document), {"path": "meta.total"}).value == 1131
    assert JSON.count(page(document), {"path": "data", **ACTIVE}).value == 1
    assert "not a whole number" in refused(JSON, document, {"path": "meta.share"})
    assert "has no `meta.sum`" in refused(JSON, document, {"path": "meta.sum"})
    assert "is not JSON" in refused(JSON, "[" * 100_000, {"path": "a"})


def test_a_sentence_gives_its_number_and_its_day():
    text = "<script>there were 5 political prisoners</script><p>As of 2023-05-31,\n there were <b>1&nbsp;496</b> political prisoners"
    options = {"sentence": "As of {as_of}, there were {value} political prisoners", "thousands": " "}
    counted = TEXT.count(page(text, "text/html"), options)
    assert (counted.value, counted.as_of) == (1496, date(2023, 5, 31))


def test_a_separator_that_nobody_declared_is_refused_with_both_readings():
    told = refused(TEXT, "persecuted: 4.649*", {"sentence": "persecuted: {value}"}, "text/plain")
    assert "“4.649” can be read as 4649 or as 4.649" in told


def test_a_sentence_that_says_two_numbers_says_none():
    told = refused(TEXT, "held: 5 men. held: 7 men.", {"sentence": "held: {value} men"}, "text/plain")
    assert told == "the page says 5 and 7 in the same words"


@pytest.mark.parametrize(
    ("written", "group", "number"), [("1496", "", 1496), ("4.649", ".", 4649), ("39\u00a0978", " ", 39978)]
)
def test_numbers_are_read_as_the_recipe_says(written, group, number):
    assert whole_number(written, group) == number


@pytest.mark.parametrize("written", ["143.6", "1,49", "one", "1e3", "-5", "١٢"])
def test_what_is_no_count_is_refused(written):
    with pytest.raises(Unusable):
        whole_number(written, ".")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("id,status\n1,former\n2,np\n", "0 was counted"),
        ("id,status\n1,active\n2,active\n", "all 2 rows were counted"),
        ("id,status\n1,active\n2,np\n3,np\n4,np\n", "has 4 rows, and `rows: {max: …}` says at most 3"),
        ("id,status\n1,active\n", "has 1 rows, and `rows: {min: …}` says at least 2"),
    ],
)
def test_a_count_that_cannot_be_meant_is_not_vouched_for(text, told):
    recipe = Recipe(name="n", figure="f", kind="csv", url="https://counts.example/", least=2, most=3, options=ACTIVE)
    with pytest.raises(Unusable) as why:
        vouch(CSV.count(page(text), ACTIVE), recipe)
    assert told in str(why.value)


def test_every_kind_is_installed_and_says_what_its_recipe_lacks():
    kinds = installed()
    assert set(kinds) == {"by-hand", "csv", "html-table", "json", "text"}
    missing = {name: set(kind.problems({})) for name, kind in kinds.items()}
    assert missing == {"by-hand": set(), "csv": set(), "html-table": {"table"}, "json": {"path"}, "text": {"sentence"}}

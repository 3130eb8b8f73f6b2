"""What is doubtful about a number: what refuses it, and what only asks for a second person."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from amplify.domain.doubt import baseline, doubts, people_needed, untrue_since
from amplify.domain.figure import Bounds, Figure, Kind, Qualifier, Source, Version, version_id

VIASNA = Source(name="Viasna", url="https://spring96.org/en/news/111863")
TODAY = date(2027, 5, 14)


def version(value: int | None, as_of: str, **more: Any) -> Version:
    return Version(**{"value": value, "as_of": date.fromisoformat(as_of), "source": VIASNA, **more})


def figure(*versions: Version, id: str = "held", **more: Any) -> Figure:
    """The last version is in force."""
    first, *later = versions
    made = Figure(id=id, label={"en": "Held"}, as_of=first.as_of, value=first.value, source=first.source)
    made = replace(made.replaced(first), history=())
    for one in later:
        made = made.replaced(one)
    return replace(made, **more)


def codes(one: Figure, *others: Figure, today: date = TODAY) -> list[tuple[str, bool]]:
    return [(doubt.code, doubt.refuses) for doubt in doubts(one, others, today=today)]


def test_the_real_release_of_123_people_in_a_day_asks_for_a_second_person():
    one = figure(version(1254, "2025-12-12"), version(1131, "2025-12-13"))
    (doubt,) = doubts(one, today=TODAY)
    assert not doubt.refuses
    assert "1131 (2025-12-13) after 1254 (2025-12-12): 123 less, 9.8 %; up to 5 % at once is usual" in doubt.message
    assert people_needed(one, 1, [doubt]) == 2


@pytest.mark.parametrize(
    ("kind", "limits", "before", "now", "found"),
    [
        (Kind.STOCK, Bounds(), 1000, 1050, []),
        (Kind.STOCK, Bounds(), 1000, 1051, [("jump", False)]),
        (Kind.STOCK, Bounds(), 1000, 949, [("jump", False)]),
        (Kind.STOCK, Bounds(max_rise_pct=20), 1000, 1200, []),
        (Kind.STOCK, Bounds(min=800), 810, 799, [("below-min", True)]),
        (Kind.STOCK, Bounds(max=3000), 2990, 3001, [("above-max", True)]),
        (Kind.STOCK, Bounds(), 1000, 0, [("below-min", True), ("jump", False)]),
        (Kind.STOCK, Bounds(min=0, max_drop_pct=100), 3, 0, []),
        (Kind.CUMULATIVE, Bounds(), 4649, 4648, [("falls", True)]),
        (Kind.CUMULATIVE, Bounds(), 4000, 4600, []),
        (Kind.CUMULATIVE, Bounds(), 4000, 4601, [("jump", False)]),
        (Kind.CUMULATIVE, Bounds(monotone=False), 4649, 4648, []),
        (Kind.CUMULATIVE, Bounds(max_step=3), 22, 25, []),
        (Kind.CUMULATIVE, Bounds(max_step=3), 22, 26, [("jump", False)]),
        (Kind.ESTIMATE, Bounds(), 100, 900, [("period-missing", True)]),
    ],
)
def test_what_is_likely_depends_on_the_kind_and_the_limits(
    kind: Kind, limits: Bounds, before: int, now: int, found: list[tuple[str, bool]]
):
    one = figure(version(before, "2027-04-30"), version(now, "2027-05-10"), kind=kind, limits=limits)
    assert codes(one) == found


def test_a_total_that_was_about_something_may_fall_once_a_second_person_has_looked():
    about = version(2800, "2027-04-30", qualifier=Qualifier.ABOUT)
    assert codes(figure(about, version(2790, "2027-05-10"), kind=Kind.CUMULATIVE)) == [("falls", False)]


def test_a_correction_may_fall_and_is_measured_by_what_was_right_before():
    right, wrong = version(1490, "2027-04-01"), version(14960, "2027-05-01")
    seen = figure(right, wrong)
    mended = seen.replaced(version(1496, "2027-05-01", corrects=version_id(seen)))
    assert codes(replace(mended, kind=Kind.CUMULATIVE)) == []
    assert baseline(mended) == right
    assert ("unknown-version", True) in codes(replace(mended, corrects="held:2027-05-01:00000000"))


@pytest.mark.parametrize(
    ("qualifier", "exact", "true"),
    [
        (Qualifier.MORE_THAN, 1496, False),
        (Qualifier.MORE_THAN, 1500, False),
        (Qualifier.MORE_THAN, 1501, True),
        (Qualifier.AT_LEAST, 1500, True),
        (Qualifier.AT_LEAST, 1499, False),
        (Qualifier.ALMOST, 1496, True),
        (Qualifier.ALMOST, 1500, False),
        (Qualifier.ALMOST, 1200, False),
        (Qualifier.UP_TO, 1500, True),
        (Qualifier.UP_TO, 1501, False),
        (Qualifier.ABOUT, 1496, True),
        (Qualifier.ABOUT, 1200, False),
    ],
)
def test_a_qualifier_is_held_against_the_exact_number(qualifier: Qualifier, exact: int, true: bool):
    known = figure(version(exact, "2027-05-10"), id="counted", definition_id="held-now")
    said = figure(version(1500, "2027-05-10", qualifier=qualifier), definition_id="held-now")
    assert codes(said, known) == ([] if true else [("qualifier-false", True)])


def test_what_is_known_later_makes_nothing_false_before():
    appeal = version(1500, "2023-05-21", qualifier=Qualifier.MORE_THAN, source=Source(name="Appeal"))
    counted = figure(version(1496, "2023-05-31"), version(1131, "2025-12-31"), id="later", definition_id="held-now")
    said = figure(appeal, definition_id="held-now")
    assert codes(said, counted, today=date(2023, 5, 21)) == []
    assert codes(said, counted, today=date(2023, 5, 31)) == [("qualifier-false", True)]
    since, told = untrue_since(said, [counted]) or (None, "")
    assert since == date(2023, 5, 31)
    assert told == "“more than 1500” is not true: Viasna counted exactly 1496 on 2023-05-31 (later)"


def test_an_exact_number_of_long_ago_or_of_another_definition_says_nothing():
    said = figure(version(1500, "2023-05-21", qualifier=Qualifier.MORE_THAN), definition_id="held-now")
    for known in (
        figure(version(1452, "2023-02-27"), id="old", definition_id="held-now"),
        figure(version(1496, "2023-05-20"), id="other", definition_id="convicted"),
        figure(version(1496, "2023-05-20"), id="withdrawn", definition_id="held-now", held="is `withdrawn`"),
    ):
        assert codes(said, known) == []


def test_its_own_history_counts_too_unless_it_was_corrected():
    exact = version(1496, "2027-05-08")
    said = figure(exact, version(1500, "2027-05-10", qualifier=Qualifier.MORE_THAN))
    assert codes(said) == [("qualifier-false", True)]


def test_two_sources_that_disagree_are_both_kept_and_one_is_preferred():
    ours = figure(version(1496, "2027-05-01"), id="ours", definition_id="held-now")
    theirs = figure(version(1502, "2027-05-01", source=Source(name="Others")), id="theirs", definition_id="held-now")
    (doubt,) = doubts(ours, [theirs], today=TODAY)
    assert (doubt.code, doubt.refuses) == ("two-sources", False)
    assert "Viasna says 1496 and Others says 1502 (theirs): 6 apart" in doubt.message
    assert codes(replace(ours, preferred=True), theirs) == []
    assert codes(theirs, replace(ours, preferred=True)) == [("two-sources", False)]


def test_the_same_source_cannot_say_two_things_of_one_day_unless_it_corrects_itself():
    one = figure(version(1496, "2027-05-01"), version(1497, "2027-05-01"))
    assert codes(one) == [("same-day", True)]
    assert codes(replace(one, corrects=version_id(one, one.history[0]))) == []


def test_a_number_that_another_series_has_for_that_day_was_meant_for_that_one():
    convicted = figure(version(4690, "2024-03-31"), id="convicted", definition_id="viasna-convicted")
    persecuted = figure(version(4649, "2023-05-21"), version(4690, "2024-03-31"), definition_id="persecuted")
    (doubt,) = doubts(persecuted, [convicted], today=TODAY)
    assert (doubt.code, doubt.refuses) == ("other-series", False)
    assert "convicted" in doubt.message


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"as_of": date(2027, 5, 15)}, "future-date"),
        ({"as_of": date(23, 5, 21)}, "two-digit-year"),
        ({"published_on": date(2027, 5, 1)}, "dates-crossed"),
        ({"retrieved_at": datetime(2027, 5, 1, 9, tzinfo=UTC)}, "dates-crossed"),
        ({"breakdown": {"women": 1497}}, "part-too-large"),
    ],
)
def test_impossible_dates_and_parts_are_refused(more: dict[str, Any], code: str):
    assert codes(replace(figure(version(1496, "2027-05-10")), **more)) == [(code, True)]


def test_a_number_older_than_the_one_in_force_is_refused():
    assert codes(figure(version(1496, "2027-05-10"), version(1490, "2027-05-09"))) == [("older", True)]


def test_how_many_people_must_look():
    usual = figure(version(22, "2027-05-10"))
    assert people_needed(usual, 1, []) == 1
    assert people_needed(usual, 2, []) == 2
    assert people_needed(replace(usual, limits=Bounds(people=2)), 1, []) == 2


def test_the_id_of_a_version_is_made_of_what_it_says():
    one = figure(version(1496, "2027-05-10"))
    assert version_id(one).startswith("held:2027-05-10:")
    assert version_id(replace(one, confirmed_by="reviewer", note="seen")) == version_id(one)
    assert version_id(replace(one, qualifier=Qualifier.ABOUT)) != version_id(one)
    newer = one.replaced(version(1500, "2027-05-12"))
    assert version_id(newer, newer.history[-1]) == version_id(one)

"""Figures as the file has them: what is kept back until a second person has looked, and what is refused."""

from collections.abc import Callable

import pytest

from amplify.domain.figure import Kind, Qualifier, Status, Unit
from amplify.domain.written import Written

Read = Callable[..., Written]
#: Usual in every respect.
LAMPS = """\
lamps:
  definition_id: lamps-lit
  label: {en: Lamps}
  kind: stock
  unit: cases
  value: 1000
  as_of: 2027-05-10
  source: {name: Wick, url: "https://wick.example/may"}
"""
PEOPLE = """\
name: Lantern Night
edition: "2027"
timezone: Europe/Vienna
day: 2027-05-21
languages: [en, be]
coordinators: {editor: {}, reviewer: {}}
rules: {figure_people: 2}
"""
JUMP = "  history: [{as_of: 2027-04-10, value: 1200, source: {name: Wick}}]\n"


def said_of_a_post(checked: Callable[..., list[str]], text: str, figures: str) -> list[str]:
    """What `check` says of a post with that text."""
    post = f"id: lamp-lines\nkind: statement\nat: D 19:00\nchannels: [mastodon-en]\ntext: {{en: '{text}'}}\n"
    lines = checked({"config/figures.yaml": figures, "posts/lamps.yaml": post})
    return [line for line in lines if line.startswith("posts/lamps.yaml") and " error: " in line]


def told(written: Written) -> list[tuple[str, str]]:
    return [(p.code, p.message) for p in written.problems if p.place.file == "config/figures.yaml"]


def held(read: Read, figures: str, campaign: str = "") -> str:
    files = {"config/figures.yaml": figures} | ({"config/campaign.yaml": campaign} if campaign else {})
    return read(files).figures["lamps"].held


def test_the_whole_model_is_read(read: Read):
    text = (
        LAMPS.replace("value: 1000", "value: 1000\n  qualifier: about")
        + """\
  id: lamps
  period: "2026"
  published_on: 2027-05-11
  retrieved_at: 2027-05-12T14:10+02:00
  breakdown: [{key: red, value: 12, as_of: 2027-05-10}]
  raw: "1.000*"
  licence: not stated
  status: confirmed (historical)
  preferred: true
  entered_by: editor
  confirmed_by: reviewer
  confirmed_at: 2027-05-13
  limits: {min: 800, max: 3000, max_drop_pct: 5, max_rise_pct: 7, max_step: 60, monotone: false, people: 2, max_age_days: 9}
"""
    )
    figure = read({"config/figures.yaml": text}).figures["lamps"]
    assert (figure.kind, figure.unit, figure.qualifier) == (Kind.STOCK, Unit.CASES, Qualifier.ABOUT)
    assert (figure.status, figure.licence, figure.raw, figure.preferred) == (
        Status.HISTORICAL, "not stated", "1.000*", True
    )  # fmt: skip
    assert (figure.bounds.max_rise_pct, figure.bounds.people, figure.bounds.max_age_days) == (7, 2, 9)
    assert figure.retrieved_at is not None
    assert figure.retrieved_at.isoformat() == "2027-05-12T14:10:00+02:00"
    assert figure.by_two


@pytest.mark.parametrize(
    ("lines", "reason"),
    [
        (JUMP, "it does not say who has looked at it"),
        (JUMP + "  entered_by: editor\n", "only editor has looked at it"),
        (JUMP + "  entered_by: editor\n  confirmed_by: editor\n", "only editor has looked at it"),
        (JUMP + "  entered_by: editor\n  confirmed_by: stranger\n", "stranger is no coordinator"),
        (JUMP + "  entered_by: editor\n  confirmed_by: reviewer\n", "needs a `reason`"),
        (JUMP + "  entered_by: editor\n  confirmed_by: reviewer\n  reason: a storm\n", ""),
        ("", "`figure_people: 2` in campaign.yaml"),
        ("  entered_by: editor\n  confirmed_by: reviewer\n", ""),
    ],
)
def test_a_number_that_needs_a_second_person_is_kept_back_until_two_are_named(read: Read, lines: str, reason: str):
    said = held(read, LAMPS + lines, PEOPLE)
    assert reason in said
    assert bool(said) is bool(reason)


def test_where_one_person_is_enough_only_doubts_ask_for_another(read: Read):
    assert held(read, LAMPS) == ""
    assert "`people: 2` in its `limits`" in held(read, LAMPS + "  limits: {people: 2}\n")
    assert "200 less, 16.7 %" in held(read, LAMPS + JUMP)


def test_posts_that_name_it_are_held_with_that_reason(checked: Callable[..., list[str]]):
    (said,) = said_of_a_post(checked, "{{ figure.lamps.line }}", LAMPS + JUMP)
    assert "figure lamps needs a second person (1000 (2027-05-10) after 1200 (2027-04-10): 200 less, 16.7 %" in said


@pytest.mark.parametrize(
    ("lines", "code", "words"),
    [
        ("  history: [{as_of: 2027-04-10, value: 999, definition_id: lamps-sold, source: {name: Wick}}]\n",
         "other-definition", "`lamps-sold`"),
        ("  breakdown: [{key: red, value: 12, as_of: 2027-04-10}]\n", "part-of-another-day", "2027-04-10"),
        ("  id: guests\n", "contradiction", "guests"),
        ("  published_on: 2027-05-01\n", "dates-crossed", "before the day that it speaks of"),
        ("  limits: {max: 900}\n", "above-max", "1000 is more than 900"),
        ("  corrects: lamps:2027-04-10:00000000\n  history: [{as_of: 2027-04-10, value: 999, source: {name: Wick}}]\n",
         "unknown-version", "00000000"),
        ("  history: [{as_of: 2027-05-09, value: 999, source: {name: Wick}}]\n  qualifier: more_than\n",
         "qualifier-false", "exactly 999"),
    ],
)  # fmt: skip
def test_what_cannot_be_true_is_an_error_and_never_printed(read: Read, lines: str, code: str, words: str):
    written = read({"config/figures.yaml": LAMPS + lines})
    assert "lamps" not in written.figures
    ((found, message),) = told(written)
    assert (found, words in message) == (code, True)


def test_an_estimate_says_what_time_it_is_about_where_it_is_written_and_where_it_is_printed(
    read: Read, checked: Callable[..., list[str]]
):
    estimate = LAMPS.replace("stock", "estimate").replace("value: 1000", "range: {low: 10, high: 20}")
    assert told(read({"config/figures.yaml": estimate}))[0][0] == "period-missing"
    dated = estimate + "  period: 2021/2022\n"
    (said,) = said_of_a_post(checked, "{{ figure.lamps.line }}", dated)
    assert "lamps is an estimate for 2021/2022, and the text does not say so" in said
    assert said_of_a_post(checked, "{{ figure.lamps.line }} ({{ figure.lamps.period }})", dated) == []

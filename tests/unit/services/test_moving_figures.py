"""A yes that holds while a number moves within limits, from the files to the ledger."""

import pytest

from amplify.domain.delivery import State
from amplify.domain.key import Key
from amplify.services.apply import apply
from amplify.services.approve import approve, waiting

CAMPAIGN = """\
name: A test campaign
edition: "2027"
timezone: Europe/Vienna
day: 2027-05-21
languages: [en]
hashtags: {core: [Belarus], theme: [FreeThemAll]}
coordinators: {one: {}, two: {}}
rules: {approval: {people: 1, figures: FIGURES}}
"""
FIGURE = """\
lamps:
  label: {en: Lamps lit}
  value: VALUE
  as_of: DAY
  breakdown: [{key: red, value: 30}]
  limits: {max_drop_pct: 50, max_rise_pct: 50}
  source: {name: SOURCE}
"""
POST = """\
- id: count
  kind: figure
  at: 2027-05-02 12:00
  channels: [mastodon-en]
  tags: [core, theme]
  text:
    en: |
      {{ figure.lamps.line }}. Red: {{ figure.lamps.part.red }}.
"""
KEY = Key.parse("2027/count@mastodon-en")
WITHIN = "{within: 2%, max_age: 7d}"


def numbers(value, day="2027-04-30", source="The count", red=30):
    return FIGURE.replace("VALUE", str(value)).replace("DAY", day).replace("SOURCE", source).replace("30}", f"{red}}}")


@pytest.fixture
def play(written):
    """Write the campaign with a number, apply it, and say what stands in the ledger."""

    def taken(figures, policy=WITHIN, post=POST):
        app = written(post, config__campaign=CAMPAIGN.replace("FIGURES", policy), config__figures=figures)
        apply(app.folder.files(), app.workshop, app.ledger, by="one")
        return app, app.ledger.delivery(KEY)

    return taken


def say_yes(app):
    approve(waiting("count", app.written, app.ledger), app.written, app.workshop, app.ledger, by="two", via="cli")


def test_a_number_that_moves_within_the_limits_keeps_its_yes_and_is_printed_anew(play):
    app, _ = play(numbers(1000))
    say_yes(app)
    app, row = play(numbers(1020, "2027-05-01"))
    assert row.state is State.APPROVED
    assert "Lamps lit: 1,020 (as of 1 May 2027" in row.text
    assert (
        app.ledger.history(KEY)[-1].detail["reason"] == "approved before, and its figures have moved within the limits"
    )


@pytest.mark.parametrize("value", [1021, 979])
def test_a_number_that_moves_further_needs_a_new_yes_and_says_why(play, value):
    app, _ = play(numbers(1000))
    say_yes(app)
    _, row = play(numbers(value, "2027-05-01"))
    assert row.state is State.PLANNED
    assert (
        row.reason
        == f"figure lamps was 1000 when it was approved and is {value} now: more than 2 % apart; it needs a new yes"
    )


def test_small_steps_are_measured_from_what_was_seen_not_from_one_another(play):
    app, _ = play(numbers(1000))
    say_yes(app)
    assert play(numbers(1015, "2027-05-01"))[1].state is State.APPROVED
    assert play(numbers(1030, "2027-05-01"))[1].state is State.PLANNED


def test_a_part_is_measured_as_the_whole_is(play):
    app, _ = play(numbers(1000))
    say_yes(app)
    assert play(numbers(1000, red=31))[1].state is State.PLANNED


@pytest.mark.parametrize(
    "changed",
    [
        {"figures": numbers(1000, source="Another count")},
        {"figures": numbers(1000) + "  qualifier: about\n"},
        {"figures": numbers(1000), "post": POST.replace("Red", "Of these red")},
        {"figures": numbers(1000), "post": POST.replace("core, theme", "core")},
    ],
    ids=["source", "qualifier", "words", "tags"],
)
def test_everything_else_still_needs_a_new_yes(play, changed):
    app, _ = play(numbers(1000))
    say_yes(app)
    assert play(**changed)[1].state is State.PLANNED


def test_exact_is_exact_about_the_day_too(play):
    app, _ = play(numbers(1000), "exact")
    say_yes(app)
    assert play(numbers(1000, "2027-05-01"), "exact")[1].state is State.PLANNED
    assert play(numbers(1000), "exact")[1].state is State.APPROVED


def test_a_yes_to_exact_words_is_none_to_words_that_may_move(play):
    app, _ = play(numbers(1000), "exact")
    say_yes(app)
    assert play(numbers(1000))[1].state is State.PLANNED

"""What people say: yeses to exact words, taking them back, a new slot, and going on after a stop."""

from datetime import timedelta

import pytest

from amplify.domain.delivery import State
from amplify.ports.ledger import LedgerError
from amplify.services.apply import apply
from amplify.services.approve import approve, named, revoke, waiting
from amplify.services.now import now
from amplify.services.plan import plan

from .conftest import CAMPAIGN

POST = """\
- id: news
  kind: statement
  at: 2027-05-02 12:00
  channels: [mastodon-en]
  text: {en: Free them all}
"""
URGENT = POST.replace("  channels", "  urgent: true\n  channels")


def say_yes(app, by: str, what: str = "news") -> list[State]:
    rows = waiting(what, app.written, app.ledger)
    return [row.state for row in approve(rows, app.written, app.workshop, app.ledger, by=by, via="test")]


def take(app) -> None:
    apply(app.folder.files(), app.workshop, app.ledger, by="one")


def test_one_yes_approves_where_the_rules_ask_for_one(written) -> None:
    app = written(POST)
    take(app)
    assert say_yes(app, "one") == [State.APPROVED]


def test_an_urgent_post_needs_two_different_people_whatever_the_rules_say(written) -> None:
    app = written(URGENT)
    take(app)
    assert say_yes(app, "one") == [State.PLANNED]
    assert say_yes(app, "one") == [State.PLANNED]
    assert say_yes(app, "two") == [State.APPROVED]


def test_only_coordinators_say_yes(written) -> None:
    app = written(POST)
    take(app)
    with pytest.raises(LedgerError, match="somebody is no coordinator"):
        say_yes(app, "somebody")


def test_a_yes_is_to_the_words_and_the_time_that_were_shown(written) -> None:
    app = written(POST)
    take(app)
    assert say_yes(app, "one") == [State.APPROVED]
    app = written(POST.replace("Free them all", "Free them all now"))
    take(app)
    assert [row.state for row in named("news", app.written, app.ledger)] == [State.PLANNED]


def test_words_that_are_back_as_they_were_need_no_second_yes(written) -> None:
    app = written(POST)
    take(app)
    say_yes(app, "one")
    take(written(POST.replace("12:00", "13:00")))
    app = written(POST)
    take(app)
    assert [row.state for row in named("news", app.written, app.ledger)] == [State.APPROVED]


def test_a_yes_can_be_taken_back(written) -> None:
    app = written(POST)
    take(app)
    say_yes(app, "one")
    (row,) = named("news", app.written, app.ledger)
    assert [row.state for row in revoke([row.key], app.workshop, app.ledger, by="two")] == [State.PLANNED]


def test_now_gives_a_new_slot_that_the_files_do_not_take_back(written, clock) -> None:
    app = written(POST)
    take(app)
    clock.pass_by(timedelta(hours=1))
    (row,) = now("news", app.written, app.workshop, app.ledger, by="one", via="test")
    assert (row.state, row.due) == (State.APPROVED, clock.at)
    take(app)
    (row,) = named("news", app.written, app.ledger)
    assert (row.state, row.due) == (State.APPROVED, clock.at)


def test_now_brings_back_what_was_missed_and_asks_two_people_where_two_are_needed(written, clock) -> None:
    app = written(URGENT)
    clock.pass_by(timedelta(days=3))
    take(app)
    (row,) = named("news", app.written, app.ledger)
    assert row.state is State.MISSED
    (row,) = now("news", app.written, app.workshop, app.ledger, by="one", via="test", not_published_yet=True)
    assert row.state is State.PLANNED
    assert say_yes(app, "two") == [State.APPROVED]


def test_what_nobody_wrote_is_not_known(written) -> None:
    app = written(POST)
    take(app)
    with pytest.raises(LedgerError, match="no post or delivery called nonsense"):
        say_yes(app, "one", "nonsense")


WRITTEN_BY_ONE = POST.replace("  channels", "  author: one\n  channels")


def test_nobody_approves_their_own_post_and_hears_who_may(written) -> None:
    app = written(WRITTEN_BY_ONE)
    take(app)
    with pytest.raises(LedgerError, match="one wrote news, and nobody approves their own post: two may"):
        say_yes(app, "one")
    assert say_yes(app, "two") == [State.APPROVED]


def test_an_author_named_after_the_yes_takes_that_yes_away(written) -> None:
    app = written(POST)
    take(app)
    assert say_yes(app, "one") == [State.APPROVED]
    app = written(WRITTEN_BY_ONE)
    (change,) = plan(app.written, app.workshop, app.ledger).plan.steps
    assert change.reasons == ("one wrote it, so that yes does not count; needs 1 more approval",)
    take(app)
    (row,) = named("news", app.written, app.ledger)
    assert (row.state, row.reason) == (State.PLANNED, change.reasons[0])
    assert plan(app.written, app.workshop, app.ledger).plan.steps == ()
    assert say_yes(app, "two") == [State.APPROVED]


def test_when_the_rules_ask_for_more_people_one_yes_is_no_longer_enough(written) -> None:
    app = written(POST)
    take(app)
    say_yes(app, "one")
    app = written(POST, config__campaign=f"{CAMPAIGN}rules: {{approval: {{people: 2}}}}\n")
    take(app)
    assert [row.state for row in named("news", app.written, app.ledger)] == [State.PLANNED]
    assert say_yes(app, "two") == [State.APPROVED]


def test_words_that_are_back_as_they_were_are_not_approved_by_their_author(written) -> None:
    app = written(POST)
    take(app)
    say_yes(app, "one")
    take(written(POST.replace("12:00", "13:00")))
    app = written(WRITTEN_BY_ONE)
    take(app)
    assert [row.state for row in named("news", app.written, app.ledger)] == [State.PLANNED]


def test_an_author_may_bring_a_post_forward_but_not_approve_it(written, clock) -> None:
    app = written(WRITTEN_BY_ONE)
    take(app)
    (row,) = now("news", app.written, app.workshop, app.ledger, by="one", via="test")
    assert (row.state, row.due) == (State.PLANNED, clock.at)
    assert app.ledger.approvals([row.key]) == {}


def test_a_yes_keeps_what_was_said_yes_to(written) -> None:
    app = written(URGENT)
    take(app)
    rows = waiting("news", app.written, app.ledger)
    approve(rows, app.written, app.workshop, app.ledger, by="one", via="test", note="the family agrees")
    (yes,) = app.ledger.approvals([rows[0].key])[rows[0].key]
    assert (yes.note, yes.text, yes.due) == ("the family agrees", "Free them all", rows[0].due)


def test_what_has_changed_since_it_was_shown_is_not_approved(written) -> None:
    app = written(POST)
    take(app)
    shown = waiting("news", app.written, app.ledger)
    app = written(POST.replace("Free them all", "Free them all now"))
    take(app)
    assert approve(shown, app.written, app.workshop, app.ledger, by="one", via="test") == []

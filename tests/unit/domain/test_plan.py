"""The plan: what is written against what the ledger knows. Nothing public ever changes by it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from amplify.domain.channel import Channel, LinkPolicy
from amplify.domain.delivery import SEALED, Delivery, Event, State
from amplify.domain.envelope import Ticket
from amplify.domain.key import Key
from amplify.domain.plan import Action, Change, Intent, Plan, diff
from amplify.domain.post import Kind, Part, Post
from amplify.domain.problem import Place
from amplify.domain.rendition import Layout, Rendition
from amplify.domain.wanted import Wanted

NOW = datetime(2027, 5, 1, tzinfo=UTC)
DUE = NOW + timedelta(days=1)
PLACE = Place(file="posts/day.yaml")
CHANNEL = Channel(name="mastodon-en", network="mastodon", language="en", links=LinkPolicy.FULL)


def intent(text: str = "Free them all", *, id: str = "call", due: datetime = DUE, part: str = "", **post) -> Intent:
    key = Key(edition="2027", post=id, part=part, channel=CHANNEL.name)
    written = Post(id=id, kind=Kind.CALL, parts=(Part(id=part, place=PLACE),), place=PLACE, channels=(), **post)
    layout = Layout(text=text, length=len(text), limit=500, unit="graphemes")
    return Intent(
        wanted=Wanted(
            key=key,
            former=replace(key, post=written.formerly) if written.formerly else None,
            post=written,
            part=written.parts[0],
            position=0,
            channel=CHANNEL,
            due=due,
            days_left=0,
        ),
        account="mastodon somebody",
        rendition=Rendition(key=key, network="mastodon", channel=CHANNEL.name, language="en", due=due, layout=layout),
    )


def row(of: Intent, state: State = State.APPROVED, **changes) -> Delivery:
    """The ledger's row after the intent was applied."""
    assert of.rendition is not None
    made = Delivery(
        key=of.wanted.key,
        state=state,
        version=3,
        ticket=Ticket(key=of.wanted.key, nonce="n", made_at=NOW),
        slot=of.wanted.due,
        due=of.wanted.due,
        file=PLACE.file,
        position=of.wanted.position,
        digest=of.rendition.digest,
        text=of.rendition.text,
    )
    return replace(made, **changes)


def plan(intents: list[Intent], known: list[Delivery], held: str = "") -> Plan:
    return diff(intents, known, now=NOW, accounts={CHANNEL.name: "mastodon somebody"}, why_held=lambda _: held)


def only(made: Plan) -> Change:
    (change,) = made.changes
    return change


def test_what_is_new_is_created() -> None:
    change = only(plan([intent()], []))
    assert (change.action, change.state, change.text) == (Action.CREATE, State.PLANNED, "Free them all")


def test_what_is_new_and_past_is_missed_and_never_sent() -> None:
    change = only(plan([intent(due=NOW)], []))
    assert (change.action, change.state) == (Action.BLOCKED, State.MISSED)


def test_what_has_not_changed_is_kept() -> None:
    made = plan([intent()], [row(intent())])
    assert only(made).action is Action.KEEP
    assert made.steps == ()


def test_a_new_slot_moves_and_a_new_text_rewords_and_both_ask_for_a_new_yes() -> None:
    later = DUE + timedelta(hours=1)
    moved = only(plan([intent(due=later)], [row(intent())]))
    reworded = only(plan([intent("Free them all now")], [row(intent())]))
    assert (moved.action, moved.event, moved.due, moved.slot) == (Action.MOVE, Event.REVISE, later, later)
    assert (reworded.action, reworded.event, reworded.text) == (Action.REWORD, Event.REVISE, "Free them all now")


def test_a_slot_that_a_person_gave_stays_while_the_written_one_does() -> None:
    given = row(intent(), due=DUE - timedelta(hours=3))
    given = replace(given, digest=replace(intent().rendition, due=given.due).digest)
    assert plan([intent()], [given]).steps == ()
    reworded = only(plan([intent("Other words")], [given]))
    assert (reworded.action, reworded.due) == (Action.REWORD, given.due)


def test_what_is_gone_is_cancelled_unless_what_it_came_from_cannot_be_read() -> None:
    assert only(plan([], [row(intent())])).event is Event.CANCEL
    held = only(plan([], [row(intent())], held="posts/day.yaml cannot be read"))
    assert (held.action, held.event, held.digest) == (Action.BLOCKED, Event.HOLD, "")


@pytest.mark.parametrize("state", sorted(SEALED))
@pytest.mark.parametrize("intents", [[], [intent("Other words")], [intent(due=DUE + timedelta(days=3))]])
def test_what_may_be_public_is_never_touched(state: State, intents: list[Intent]) -> None:
    assert plan(intents, [row(intent(), state)]).steps == ()


def test_a_renamed_post_stays_who_it_was() -> None:
    renamed = intent(id="appeal-call", formerly="call")
    made = plan([renamed], [row(intent(), State.PUBLISHED)])
    assert only(made).action is Action.PUBLISHED
    assert made.steps == ()


@pytest.mark.parametrize(("post", "action"), [({}, Action.BLOCKED), ({"again": True}, Action.CREATE)])
def test_public_words_are_not_said_again_on_an_account_unless_that_is_meant(post: dict, action: Action) -> None:
    made = plan([intent("Free  them ALL", id="copy", **post)], [row(intent(), State.PUBLISHED)])
    assert {change.key.post: change.action for change in made.changes}["copy"] is action


def test_a_new_edition_says_everything_anew_and_leaves_the_old_one_alone() -> None:
    old = replace(intent(), wanted=replace(intent().wanted, key=replace(intent().wanted.key, edition="2026")))
    was, new = sorted(plan([intent()], [row(old, State.PUBLISHED)]).changes, key=lambda change: change.key)
    assert (was.action, was.reasons, new.action) == (Action.PUBLISHED, (), Action.CREATE)


def test_a_wrong_text_holds_its_row_and_a_right_one_frees_it() -> None:
    wrong = replace(intent(), rendition=None, problem="12 characters too long")
    held = only(plan([wrong], [row(intent())]))
    assert (held.event, held.reasons) == (Event.HOLD, ("12 characters too long",))
    again = row(intent(), State.HELD, digest="", reason="12 characters too long")
    assert plan([wrong], [again]).steps == ()
    assert only(plan([intent()], [again])).event is Event.REVISE


def test_what_was_cancelled_and_is_written_again_comes_back() -> None:
    assert only(plan([intent()], [row(intent(), State.CANCELLED)])).event is Event.RENEW


@pytest.mark.parametrize("state", [State.MISSED, State.FAILED])
def test_what_ended_comes_back_only_with_a_new_slot_or_text(state: State) -> None:
    assert plan([intent()], [row(intent(), state)]).steps == ()
    assert only(plan([intent("Other words")], [row(intent(), state)])).event is Event.RENEW
    assert only(plan([intent(due=DUE + timedelta(days=1))], [row(intent(), state)])).event is Event.RENEW
    past = row(intent(due=NOW - timedelta(days=1)), state)
    assert plan([intent("Other words", due=NOW - timedelta(days=1))], [past]).steps == ()


def test_a_new_edition_plans_everything_anew_and_cancels_the_rest_of_the_old() -> None:
    old = row(intent(), key=Key(edition="2026", post="call", channel=CHANNEL.name))
    done = row(intent("Done"), State.PUBLISHED, key=Key(edition="2026", post="done", channel=CHANNEL.name))
    made = {str(c.key): c.action for c in plan([intent()], [old, done]).changes}
    assert made == {
        "2026/call@mastodon-en": Action.CANCEL,
        "2026/done@mastodon-en": Action.PUBLISHED,
        "2027/call@mastodon-en": Action.CREATE,
    }


def test_a_change_that_cancels_more_than_half_of_what_waits_says_so() -> None:
    rows = [row(intent(f"Words {name}", id=name)) for name in ("one", "two", "three")]
    assert plan([intent("Words one", id="one")], rows).cancels_much
    assert not plan([intent("Words one", id="one"), intent("Words two", id="two")], rows).cancels_much


def cut(*texts: str) -> list[Intent]:
    """A thread that was cut out of one text."""
    made = [intent(text, part=str(number), split=True) for number, text in enumerate(texts, start=1)]
    return [replace(one, wanted=replace(one.wanted, position=number)) for number, one in enumerate(made)]


def test_a_text_is_not_cut_anew_once_a_part_of_it_is_public() -> None:
    first, second = cut("One. 1/2", "Two. Three. 2/2")
    known = [row(first, State.PUBLISHED), row(second)]
    public, waits = plan(cut("One. Two. 1/2", "Three. 2/2"), known).changes
    assert (public.action, public.event) == (Action.PUBLISHED, None)
    assert (waits.action, waits.event) == (Action.BLOCKED, Event.HOLD)
    assert "cut elsewhere" in waits.reasons[0]
    assert {change.action for change in plan(cut("One. 1/3", "Two. 2/3", "Three. 3/3"), known).changes} == {
        Action.PUBLISHED,
        Action.BLOCKED,
    }


def test_a_figure_may_move_in_a_text_that_is_cut_where_it_was() -> None:
    first, second = cut("There are 1,496 of them. 1/2", "We wait for 1,496. 2/2")
    known = [row(first, State.PUBLISHED), row(second)]
    public, waits = plan(cut("There are 12,000 of them. 1/2", "We wait for 12,000. 2/2"), known).changes
    assert (public.action, waits.action) == (Action.PUBLISHED, Action.REWORD)


def test_as_long_as_nothing_is_public_a_text_is_cut_anew() -> None:
    first, second = cut("One. 1/2", "Two. Three. 2/2")
    changed = plan(cut("One. Two. 1/2", "Three. 2/2"), [row(first), row(second)]).changes
    assert {change.action for change in changed} == {Action.REWORD}

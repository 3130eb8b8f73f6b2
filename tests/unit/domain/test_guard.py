"""The rules, one sentence each; every one of them names its reason."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from amplify.domain.campaign import Campaign, Caps, Pause, QuietHours, Rules
from amplify.domain.delivery import State
from amplify.domain.guard import GO, Say, Situation, judge
from amplify.domain.key import Key
from amplify.domain.post import Kind, Part, Post
from amplify.domain.problem import Place
from amplify.domain.rendition import FigureUsed, Layout, Rendition
from amplify.domain.sent import Sent
from amplify.domain.stop import Stop

DUE = datetime(2027, 5, 20, 10, 0, tzinfo=UTC)  # noon in Vienna, the day before the day
KEY = Key(edition="2027", post="news", channel="mastodon-en")
PLACE = Place(file="posts/day.yaml")
POST = Post(id="news", kind=Kind.STATEMENT, parts=(Part(place=PLACE),), place=PLACE, channels=("mastodon-en",))
RENDITION = Rendition(
    key=KEY,
    network="mastodon",
    channel="mastodon-en",
    language="en",
    due=DUE,
    layout=Layout(text="News", length=4, limit=500, unit="graphemes"),
)
CAMPAIGN = Campaign(
    name="A test", edition="2027", zone="Europe/Vienna", day=date(2027, 5, 21), languages=("en",), rules=Rules()
)
QUIET = Situation(campaign=CAMPAIGN, post=POST, rendition=RENDITION, now=DUE, late_by=timedelta())


def ruled(**rules: object) -> Situation:
    return replace(QUIET, campaign=replace(CAMPAIGN, rules=replace(CAMPAIGN.rules, **rules)))


def at(now: datetime, situation: Situation = QUIET) -> Situation:
    """The same, looked at when it is due at `now`."""
    return replace(situation, now=now, rendition=replace(situation.rendition, due=now))


def sent(*begun: datetime, post: str = "other") -> tuple[Sent, ...]:
    keys = [Key(edition="2027", post=f"{post}-{number}", channel="mastodon-en") for number in range(len(begun))]
    return tuple(Sent(key=key, thread=key, begun_at=when) for key, when in zip(keys, begun, strict=True))


def test_a_post_in_its_time_goes() -> None:
    assert judge(QUIET) is GO


def test_nothing_goes_early() -> None:
    verdict = judge(replace(QUIET, now=DUE - timedelta(seconds=1)))
    assert (verdict.say, verdict.until) == (Say.WAIT, DUE)


def test_nothing_goes_later_than_the_rules_allow() -> None:
    assert judge(replace(QUIET, late_by=timedelta(minutes=45))) is GO
    verdict = judge(replace(QUIET, late_by=timedelta(minutes=46)))
    assert (verdict.say, verdict.reason) == (Say.MISS, "46 minutes past its time")


def test_what_the_rules_kept_until_it_was_too_late_says_which_rule_it_was() -> None:
    pause = Pause(since=DUE, until=DUE + timedelta(hours=3), kinds=frozenset({Kind.STATEMENT}), reason="a death")
    late = replace(ruled(pauses=(pause,)), late_by=timedelta(minutes=46))
    assert judge(late).reason == "46 minutes past its time; posts of kind statement pause: a death"
    assert judge(replace(late, now=DUE + timedelta(hours=4))).reason.endswith("a death")
    night = at(datetime(2027, 5, 20, 21, 0, tzinfo=UTC))
    assert judge(replace(night, late_by=timedelta(minutes=46))).reason.endswith("quiet hours, 22:00 to 07:00")


def test_a_correction_goes_where_something_is_or_was_public_and_waits_where_nobody_knows() -> None:
    correction = replace(QUIET, post=replace(POST, kind=Kind.CORRECTION, corrects="lamps"))
    said = {state: judge(replace(correction, named=state)).say for state in [*State, None]}
    assert {state for state, say in said.items() if say is Say.GO} == {State.PUBLISHED, State.WITHDRAWN}
    assert {state for state, say in said.items() if say is Say.WAIT} == {State.SENDING, State.UNCONFIRMED}
    assert set(said.values()) == {Say.GO, Say.WAIT, Say.HOLD}


@pytest.mark.parametrize("kind", [Kind.COUNTDOWN, Kind.EVENT])
def test_what_belongs_to_a_day_does_not_go_after_midnight(kind: Kind) -> None:
    rules = ruled(quiet_hours=None, late=timedelta(hours=6))
    evening = datetime(2027, 5, 20, 21, 50, tzinfo=UTC)
    late = replace(at(evening, rules), now=evening + timedelta(minutes=20), post=replace(POST, kind=kind))
    assert judge(late).say is Say.MISS
    assert judge(replace(late, post=POST)) is GO
    assert judge(replace(late, post=POST, rendition=replace(late.rendition, day_bound=True))).say is Say.MISS


def test_the_file_stop_and_a_stop_hold_everything_back() -> None:
    stop = Stop(id=1, reason="a trial", by="one", at=DUE)
    assert judge(replace(QUIET, stop_file=True)).person
    verdict = judge(replace(QUIET, stops=(stop,)))
    assert (verdict.say, verdict.reason) == (Say.WAIT, "stopped by one: a trial")


def test_a_stop_for_another_channel_or_except_this_post_does_not() -> None:
    stop = Stop(id=1, reason="a trial", by="one", at=DUE)
    assert judge(replace(QUIET, stops=(replace(stop, channel="bluesky-en"),))) is GO
    assert judge(replace(QUIET, stops=(replace(stop, except_posts=frozenset({"news"})),))) is GO


def test_a_slot_that_fell_into_a_stop_is_missed_however_early_it_is_lifted() -> None:
    stop = Stop(id=1, reason="a trial", by="one", at=DUE - timedelta(minutes=1), lifted_at=DUE + timedelta(minutes=1))
    assert judge(replace(QUIET, stops=(stop,), now=DUE + timedelta(minutes=2))).say is Say.MISS
    assert judge(replace(QUIET, stops=(replace(stop, lifted_at=DUE),))) is GO


def test_quiet_hours_end_when_they_say() -> None:
    verdict = judge(at(datetime(2027, 5, 20, 20, 30, tzinfo=UTC)))
    assert (verdict.say, verdict.until) == (Say.WAIT, datetime(2027, 5, 21, 5, 0, tzinfo=UTC))
    assert judge(at(datetime(2027, 5, 20, 4, 59, tzinfo=UTC))).until == datetime(2027, 5, 20, 5, 0, tzinfo=UTC)
    assert judge(at(datetime(2027, 5, 20, 5, 0, tzinfo=UTC))) is GO


def test_quiet_hours_within_a_day_are_understood_too() -> None:
    rules = ruled(quiet_hours=QuietHours(since=time(12), until=time(14)))
    assert judge(rules).until == datetime(2027, 5, 20, 12, 0, tzinfo=UTC)


def test_a_pause_holds_its_kinds_until_it_ends() -> None:
    until = DUE + timedelta(hours=1)
    pause = Pause(since=DUE, until=until, kinds=frozenset({"statement"}), reason="a death in custody")
    assert judge(ruled(pauses=(pause,))).until == until
    assert judge(ruled(pauses=(replace(pause, kinds=frozenset({"quote"})),))) is GO


def test_an_account_rests_between_two_posts() -> None:
    last = DUE - timedelta(minutes=59)
    assert judge(replace(QUIET, sent=sent(last))).until == last + timedelta(minutes=60)
    assert judge(replace(QUIET, sent=sent(DUE - timedelta(minutes=60)))) is GO


def test_an_account_has_a_cap_a_day_and_another_on_the_day() -> None:
    today = [DUE - timedelta(hours=hours) for hours in (1, 2, 3, 4)]
    midnight = datetime(2027, 5, 20, 22, 0, tzinfo=UTC)
    assert judge(replace(QUIET, sent=sent(*today))).until == midnight
    assert judge(replace(QUIET, sent=sent(*today[1:]))) is GO
    on_the_day = [at + timedelta(days=1) for at in today]
    assert judge(replace(at(DUE + timedelta(days=1)), sent=sent(*on_the_day))) is GO


def test_no_rule_lets_an_account_publish_more_than_a_person_could_stand() -> None:
    greedy = ruled(per_account=Caps(a_day=100, on_day=100, least_gap=timedelta(0)), quiet_hours=None)
    evening = datetime(2027, 5, 20, 20, 0, tzinfo=UTC)
    many = sent(*(evening - timedelta(minutes=20 * number) for number in range(1, 49)))
    assert judge(replace(at(evening, greedy), sent=many)).say is Say.WAIT
    assert judge(replace(at(evening, greedy), sent=sent(evening - timedelta(minutes=4)))).say is Say.WAIT
    assert judge(replace(at(evening, greedy), sent=sent(evening - timedelta(minutes=4)), on_loopback=True)) is GO


def test_an_urgent_post_passes_quiet_hours_gap_cap_and_pauses_but_no_stop() -> None:
    night = datetime(2027, 5, 20, 23, 0, tzinfo=UTC)
    urgent = replace(at(night), post=replace(POST, urgent=True), sent=sent(night - timedelta(minutes=1)))
    assert judge(urgent) is GO
    assert judge(replace(urgent, stop_file=True)).say is Say.WAIT


def test_a_third_urgent_post_in_a_day_asks() -> None:
    before = sent(DUE - timedelta(hours=1), DUE - timedelta(hours=2), post="alarm")
    urgent = replace(QUIET, post=replace(POST, urgent=True), sent=before)
    assert judge(replace(urgent, urgent_posts=frozenset({"alarm-0", "alarm-1"}))).say is Say.HOLD
    assert judge(replace(urgent, urgent_posts=frozenset({"alarm-0"}))) is GO


def test_a_figure_that_is_too_old_or_of_the_future_is_held() -> None:
    used = FigureUsed(id="prisoners", as_of=date(2027, 4, 5), source="Viasna", max_age_days=45)
    fresh = replace(QUIET, rendition=replace(RENDITION, figures=(used,)))
    assert judge(fresh) is GO
    old = replace(QUIET, rendition=replace(RENDITION, figures=(replace(used, as_of=date(2027, 4, 4)),)))
    assert judge(old).reason == "figure prisoners is of 2027-04-04: 46 days old, 45 allowed"
    future = replace(QUIET, rendition=replace(RENDITION, figures=(replace(used, as_of=date(2027, 5, 21)),)))
    assert judge(future).say is Say.HOLD


@pytest.mark.parametrize(
    ("previous", "say"),
    [
        (State.PUBLISHED, Say.GO),
        (State.APPROVED, Say.WAIT),
        (State.SENDING, Say.WAIT),
        (State.UNCONFIRMED, Say.WAIT),
        (State.HELD, Say.WAIT),
        (State.MISSED, Say.MISS),
        (State.FAILED, Say.HOLD),
        (State.CANCELLED, Say.HOLD),
        (State.WITHDRAWN, Say.HOLD),
    ],
)
def test_a_part_follows_the_one_before_it(previous: State, say: Say) -> None:
    assert judge(replace(QUIET, previous=previous)).say is say


def test_a_part_left_behind_asks_instead_of_going_late() -> None:
    assert judge(replace(QUIET, previous=State.PUBLISHED, late_by=timedelta(hours=1))).say is Say.HOLD


def test_a_thread_that_cannot_be_finished_is_not_begun() -> None:
    assert judge(replace(QUIET, torn="its part two is held")).person

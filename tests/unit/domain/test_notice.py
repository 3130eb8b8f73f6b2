"""What is new to somebody: everything that is so and was not told, less what can wait for the morning."""

from hypothesis import given
from hypothesis import strategies as some

from amplify.domain.notice import SUMMARY, URGENT, About, Concern, Outlook, news

MISSED = Concern(about=About.MISSED, subject="2027/post@mastodon-en", mark="1", what="post")
HALTED = Concern(about=About.HALTED, subject="mastodon-en", what="mastodon-en")
concerns = some.lists(
    some.builds(
        Concern,
        about=some.sampled_from(About),
        subject=some.sampled_from("ab"),
        mark=some.sampled_from("12"),
        what=some.just(""),
    ),
    unique_by=lambda concern: concern.topic,
)


def test_what_was_told_is_not_told_again_until_it_is_another_thing():
    first = news(Outlook(concerns=[MISSED]), {})
    assert first.begun == [MISSED]
    assert news(Outlook(concerns=[MISSED]), first.told).is_none
    moved = Concern(about=About.MISSED, subject=MISSED.subject, mark="2", what="post")
    assert news(Outlook(concerns=[moved]), first.told).begun == [moved]


def test_what_is_not_urgent_waits_for_the_morning_and_is_not_forgotten():
    night = news(Outlook(concerns=[MISSED, HALTED], hush=True), {})
    assert night.begun == [HALTED]
    assert news(Outlook(concerns=[MISSED, HALTED]), night.told).begun == [MISSED]


def test_what_is_neither_so_nor_over_is_not_known_and_stays_told():
    told = {HALTED.topic: "", MISSED.topic: "1"}
    after = news(Outlook(concerns=[]), told)
    assert after.is_none
    assert after.told == told


def test_an_end_that_nobody_needs_is_forgotten_without_a_word_and_may_be_told_anew():
    after = news(Outlook(concerns=[], ends={MISSED.topic: ""}, hush=True), {MISSED.topic: "1"})
    assert after.is_none
    assert after.told == {}


def test_an_end_by_night_waits_unless_it_lets_people_sleep():
    told = {HALTED.topic: "", "brake:1": ""}
    ends = {HALTED.topic: "it goes on", "brake:1": "it is lifted"}
    night = news(Outlook(concerns=[], ends=ends, hush=True), told)
    assert night.over == ["it is lifted"]
    assert news(Outlook(concerns=[], ends=ends), night.told).over == ["it goes on"]


def test_the_summary_comes_once_a_day():
    day = Outlook(concerns=[], day="2027-05-21", summary="all is well")
    first = news(day, {SUMMARY: "2027-05-20"})
    assert first.summary == "all is well"
    assert news(day, first.told).is_none
    assert news(Outlook(concerns=[], day="2027-05-22", summary="", hush=False), first.told).is_none


@given(
    concerns,
    some.dictionaries(some.sampled_from([f"{about}:{x}" for about in About for x in "ab"]), some.sampled_from("12")),
)
def test_whatever_was_told_all_that_is_so_is_told_by_the_morning_and_only_once(listed, told):
    outlook = Outlook(concerns=listed)
    night = news(Outlook(concerns=listed, hush=True), told)
    assert all(concern.about in URGENT for concern in night.begun)
    morning = news(outlook, night.told)
    heard = {concern.topic for concern in (*night.begun, *morning.begun)}
    assert heard == {concern.topic for concern in listed if told.get(concern.topic) != concern.mark}
    assert len(heard) == len(night.begun) + len(morning.begun)
    assert news(outlook, morning.told).is_none

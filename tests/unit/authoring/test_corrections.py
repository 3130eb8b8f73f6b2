"""What a correction may name, and what it is told when that is not clear."""

from collections.abc import Callable

import pytest

from amplify.domain.written import Written

Read = Callable[..., Written]

WRITTEN = """\
- {id: lamps, kind: figure, at: D-3 10:00, channels: telegram, text: {en: Seven lamps.}}
- id: walk
  kind: thread
  at: D-3 12:00
  channels: telegram
  thread: [{id: where, text: {en: Here.}}, {id: when, text: {en: Now.}}]
- {id: days, kind: countdown, at: [D-2 09:00, D-1 09:00], channels: telegram, text: {en: "{{ days_left }}"}}
- id: call
  kind: call
  channels: telegram
  text: {en: "{{ who }}"}
  each:
    bakers: {at: D-4 10:00, with: {who: {en: Bakers}}}
- id: weekly
  kind: quote
  repeat: {every: monday 09:00, from: 2027-04-01, until: 2027-06-30}
  channels: telegram
  text: {en: Come.}
- {id: earlier, kind: correction, corrects: lamps, at: D-2 10:00, channels: telegram, text: {en: Eight lamps.}}
"""


def correction(corrects: str) -> str:
    return f"""\
id: right
kind: correction
corrects: {corrects}
at: D 10:00
channels: telegram
text: {{en: Correction.}}
"""


@pytest.mark.parametrize("named", ["lamps", "walk.when", "days#D-1 09:00", "call#bakers", "weekly#2027-W18"])
def test_a_correction_names_one_publication(read: Read, named: str):
    written = read({"posts/all.yaml": WRITTEN, "posts/right.yaml": correction(named)})
    assert written.problems == ()
    assert {post.id: post.corrects for post in written.posts}["right"] == named


@pytest.mark.parametrize(
    ("named", "told"),
    [
        ("lamsp", "no other post is called `lamsp`; what is corrected must stay written (did you mean `lamps`?)"),
        ("right", "no other post is called `right`; what is corrected must stay written"),
        ("Lamps on 18 May", "no other post is called `Lamps on 18 May`; what is corrected must stay written"),
        ("walk", "`walk` is a thread: name the part that was wrong, such as `walk.where`"),
        ("walk.wen", "`walk` is a thread: name the part that was wrong, such as `walk.where` (did you mean `when`?)"),
        ("lamps.when", "`lamps` is no thread, so it has no part `when` (write `corrects: lamps`)"),
        ("days", "`days` goes out more than once: say which time was wrong, such as `days#D-1 09:00`"),
        ("weekly", "`weekly` goes out more than once: say which time was wrong, such as `weekly#2027-W18`"),
        ("lamps#D-3 10:00", "`lamps` goes out once, so it has no “D-3 10:00” (write `corrects: lamps`)"),
        ("earlier", "`earlier` is a correction itself: name the post that both are about (write `corrects: lamps`)"),
    ],
)
def test_a_name_that_is_not_clear_holds_the_correction(read: Read, named: str, told: str):
    written = read({"posts/all.yaml": WRITTEN, "posts/right.yaml": correction(named)})
    (problem,) = written.problems
    assert str(problem).startswith(f"posts/right.yaml:3:11: error: {told}")
    assert "right" in written.held_posts


def test_a_post_that_is_wrong_itself_is_put_right_first(read: Read):
    broken = WRITTEN.replace("id: lamps, kind: figure", "id: lamps, kind: figrue")
    told = [str(p) for p in read({"posts/all.yaml": broken, "posts/right.yaml": correction("lamps")}).problems]
    assert told[-1] == (
        "posts/right.yaml:3:11: error: `lamps`, which this corrects, is wrong itself (put that right first)"
    )


def test_only_a_single_post_of_kind_correction_corrects(read: Read):
    quote = correction("lamps").replace("kind: correction", "kind: quote")
    (problem,) = read({"posts/all.yaml": WRITTEN, "posts/right.yaml": quote}).problems
    assert "a post of kind quote cannot correct another one" in str(problem)
    thread = correction("lamps").replace("text: {en: Correction.}", "thread: [{id: one, text: {en: Correction.}}]")
    (problem,) = read({"posts/all.yaml": WRITTEN, "posts/right.yaml": thread}).problems
    assert "a correction is one post" in str(problem)

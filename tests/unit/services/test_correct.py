"""A wrong number, found in everything that printed it, and the draft that puts it right."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from amplify.authoring.writing.correction_draft import Draft
from amplify.domain.delivery import Event, State
from amplify.domain.envelope import Envelope, Receipt
from amplify.domain.figure import version_id
from amplify.ports.ledger import LedgerError, Outcome
from amplify.services.apply import apply
from amplify.services.approve import approve, waiting
from amplify.services.as_cut import as_cut
from amplify.services.correct import drafted, mistakes
from amplify.services.free_slots import free_slots
from amplify.services.survey import survey

FIGURE = """\
lamps:
  label: {en: Lamps lit}
  value: 1510
  as_of: 2027-04-20
  source: {name: The count}
"""
RIGHT = """\
lamps:
  label: {en: Lamps lit}
  value: 1496
  as_of: 2027-04-20
  source: {name: The count}
  corrects: "VERSION"
  history: [{value: 1510, as_of: 2027-04-20, source: {name: The count}}]
"""
TODAY = "“{{ excerpt.E1 }}”"
HISTORY = "history: [{value: 1496, as_of: 2027-04-20, source: {name: The count}}, "
POSTS = """\
- id: count
  kind: figure
  at: [2027-05-02 12:00, 2027-05-03 12:00]
  channels: all
  again: true
  text: {en: "{{ figure.lamps.line }}"}
- id: thread
  kind: thread
  at: 2027-05-02 14:00
  channels: [mastodon-en]
  numbered: true
  thread:
    - {id: begin, text: {en: A thread about lamps.}}
    - {id: number, text: {en: "{{ figure.lamps.line }}"}}
- id: other
  kind: statement
  at: 2027-05-02 16:00
  channels: all
  text: {en: No number here}
"""


def publish(app, *names):
    """Approve and put on the wall, as a worker does; no server is asked anything here."""
    ledger, now = app.ledger, app.clock.now()
    version = version_id(app.written.figures["lamps"])
    for name in names:
        approve(waiting(name, app.written, ledger), app.written, app.workshop, ledger, by="two", via="cli")
    for row in ledger.deliveries((State.APPROVED,)):
        lease = now + timedelta(minutes=5)
        taken = ledger.claim(row, worker="w", account=row.key.channel, lease_until=lease, now=now)
        printed = (version,) if any(words in row.text for words in ("Lamps lit", "lamps are lit")) else ()
        envelope = Envelope(key=row.key, network="any", sealed_at=now, request={}, printed=printed)
        begun = ledger.begin(taken, envelope, epoch=ledger.epoch(), lease_until=lease, now=now)
        url = f"https://{row.key.channel}.example/{row.key.post}{row.key.part}"
        receipt = Receipt(remote_id=str(row.key), url=url, at=now)
        ledger.record(begun, Outcome(event=Event.CONFIRM, now=now, receipt=receipt))
    return version


@pytest.fixture
def wrong(written):
    """What printed 1510 is public; the right number is in the file."""
    app = written(POSTS, config__figures=FIGURE)
    apply(app.folder.files(), app.workshop, app.ledger, by="one")
    version = publish(app, "count", "thread", "other")
    return written(POSTS, config__figures=RIGHT.replace("VERSION", version))


class Always(dict):
    """One slot for everything."""

    def __missing__(self, named):
        return datetime(2027, 5, 4, 12, 30, tzinfo=UTC)


def draft(app, reason="A slip.", editing=("mastodon", "telegram")):
    return Draft(
        written=app.written,
        by="one",
        reasons={"en": reason} if reason else {},
        today=date(2027, 5, 4),
        at=Always(),
        zone="UTC",
        editing=frozenset(editing),
    )


def test_everything_that_printed_it_is_found_and_nothing_else(wrong):
    found = mistakes("lamps", wrong.written, wrong.ledger)
    assert {one.named: len(one.rows) for one in found} == {
        "count#2027-05-02 12:00": 2,
        "count#2027-05-03 12:00": 2,
        "thread.number": 1,
    }
    assert {one.was.counted for one in found} == {"1510"}


def test_a_number_that_stands_on_a_card_is_found_and_the_card_is_drawn_anew(written):
    posts = (
        "- id: count\n  kind: figure\n  at: 2027-05-02 12:00\n  channels: [mastodon-en]\n"
        "  card: {figure: lamps}\n  text: {en: How many lamps are lit.}\n"
    )
    app = written(posts, config__figures=FIGURE)
    apply(app.folder.files(), app.workshop, app.ledger, by="one")
    version = publish(app, "count")
    app = written(posts, config__figures=RIGHT.replace("VERSION", version))
    (found,) = mistakes("lamps", app.written, app.ledger)
    file = draft(app).file([found])
    assert "\n  card: {figure: lamps}\n" in file
    app = written(posts, config__figures=RIGHT.replace("VERSION", version), posts__corrections__count=file)
    (answer,) = [one.intent for one in survey(app.written, app.workshop, {}) if one.intent.wanted.post.corrects]
    assert answer.rendition.pictures[0].alt == "Lamps lit: 1,496. As of 20 April 2027. Source: The count."


def test_the_number_may_be_named_by_what_it_was(wrong):
    assert len(mistakes("lamps", wrong.written, wrong.ledger, was="1510")) == 3
    with pytest.raises(
        LedgerError, match=r"lamps stands in public posts as 1510 in 5 \(lamps:2027-04-20:\w+\): say which"
    ):
        mistakes("lamps", wrong.written, wrong.ledger, was="1234")


def test_a_post_is_found_wherever_it_is_public(wrong):
    (one,) = mistakes("other", wrong.written, wrong.ledger)
    assert [row.key.channel for row in one.rows] == ["mastodon-en", "telegram-en"]
    with pytest.raises(LedgerError, match="nothing called nobody is public"):
        mistakes("nobody", wrong.written, wrong.ledger)


def test_the_draft_edits_where_that_is_possible_and_answers_elsewhere(wrong):
    found = mistakes("lamps", wrong.written, wrong.ledger)
    text = draft(wrong, editing=["telegram"]).file(found)
    assert 'corrects: "count#2027-05-02 12:00"' in text
    assert "# public: https://mastodon-en.example/count" in text
    assert "Correction. On 1 May 2027 we wrote: Lamps lit: 1,510 (as of 20 April 2027; The count)" in text
    assert "Correct: {{ figure.lamps.line }}" in text
    assert "Corrected on 4 May 2027: we wrote 1,510. Reason: A slip." in text
    assert "    telegram:\n      as: edit" in text
    assert "draft: true" not in text


def test_what_nobody_has_said_keeps_the_draft_back(wrong):
    text = draft(wrong, reason="").file(mistakes("other", wrong.written, wrong.ledger))
    assert "draft: true   # fill in every …" in text
    assert "Reason: …" in text


def test_the_draft_is_read_as_it_was_meant(wrong, written):
    text = draft(wrong, editing=()).file(mistakes("lamps", wrong.written, wrong.ledger))
    app = written(POSTS, config__figures=(wrong.root / "config/figures.yaml").read_text(), posts__corrections__one=text)
    assert [str(problem) for problem in app.written.problems if problem.is_error] == []
    posts = {post.id: post for post in app.written.posts}
    assert posts["correction-of-thread-number-2027-05-04"].corrects == "thread.number"
    found = mistakes("lamps", app.written, app.ledger)
    assert set(drafted(found, app.written)) == {one.named for one in found}


@pytest.mark.parametrize(("words", "edited"), [("Now.", True), ("{{ days_left }} days.", False), (TODAY, False)])
def test_what_is_true_on_its_day_only_is_answered(written, words, edited):
    excerpts = 'E1: {verbatim: "Today we stand.", valid_on: "05-02", risk: normal}\n'
    post = POSTS.replace("No number here", f'"{words}"')
    app = written(post, config__figures=FIGURE, config__excerpts=excerpts)
    apply(app.folder.files(), app.workshop, app.ledger, by="one")
    publish(app, "other")
    assert ("      as: edit" in draft(app).file(mistakes("other", app.written, app.ledger))) is edited


def test_where_every_network_edits_there_is_one_text(wrong):
    (one,) = [one for one in mistakes("lamps", wrong.written, wrong.ledger) if one.named == "thread.number"]
    text = draft(wrong).file([one])
    assert text.count("Lamps lit") == text.count("Correction. On") == 0
    assert text.count("{{ figure.lamps.line }}") == text.count("as: edit\n") == 1
    assert "again" not in text


def test_the_same_words_may_answer_several_posts(wrong, written):
    text = draft(wrong, editing=()).file(mistakes("lamps", wrong.written, wrong.ledger))
    figures = (wrong.root / "config/figures.yaml").read_text()
    app = written(POSTS, config__figures=figures, posts__corrections__one=text)
    planned = apply(app.folder.files(), app.workshop, app.ledger, by="one")
    assert {row.state for row in app.ledger.deliveries() if "correction" in row.key.post} == {State.PLANNED}
    assert not [change for change in planned.plan.changes if change.action.value == "blocked"]


def test_nothing_is_edited_on_bluesky(written):
    posts = POSTS + (
        "- {id: fix, kind: correction, corrects: other, at: D 12:00, channels: all, text: {en: Words},\n"
        "   on: {bluesky: {as: edit}, mastodon: {as: edit}}}\n"
    )
    (problem,) = written(posts, config__figures=FIGURE).written.problems
    assert (problem.message, problem.hint) == (
        "bluesky cannot change what is public",
        "remove it: then the correction answers",
    )


def test_an_edit_of_a_part_keeps_its_number(wrong):
    found = [one for one in mistakes("lamps", wrong.written, wrong.ledger) if one.named == "thread.number"]
    assert "{{ figure.lamps.line }} 2/2\n" in draft(wrong).file(found)


def test_a_reason_is_said_in_its_own_language_only(wrong):
    found = mistakes("lamps", wrong.written, wrong.ledger)
    text = replace(draft(wrong), reasons={"de": "Ein Versehen."}).file(found)
    assert "Versehen" not in text
    assert "# no reason is given in en" in text
    assert "draft" not in text.replace("Drafted", "")


def test_whoever_is_alone_writes_no_name_so_that_somebody_can_say_yes(wrong):
    assert "author" not in replace(draft(wrong), by="").file(mistakes("lamps", wrong.written, wrong.ledger))


def test_a_correction_that_is_wrong_too_is_followed_by_another_one(wrong, written):
    found = [one for one in mistakes("lamps", wrong.written, wrong.ledger) if one.named == "thread.number"]
    text = draft(wrong, editing=()).file(found)
    in_force = (wrong.root / "config/figures.yaml").read_text()
    app = written(POSTS, config__figures=in_force, posts__corrections__one=text)
    apply(app.folder.files(), app.workshop, app.ledger, by="one")
    version = publish(app, "correction-of-thread-number-2027-05-04")
    once_more = in_force.replace("value: 1496", "value: 1490").replace("corrects: ", f'corrects: "{version}"\n  #')
    app = written(POSTS, config__figures=once_more.replace("history: [", HISTORY), posts__corrections__one=text)
    (one,) = mistakes("lamps", app.written, app.ledger)
    assert (one.named, one.was.counted) == ("thread.number", "1496")
    assert drafted([one], app.written) == {}
    assert "- id: correction-of-thread-number-2027-05-04-2\n" in draft(app).file([one])


def test_corrections_keep_the_distance_of_all_posts_and_out_of_quiet_hours(wrong):
    found, campaign = mistakes("lamps", wrong.written, wrong.ledger), wrong.written.campaign
    late = datetime(2027, 5, 4, 20, 55, tzinfo=UTC)
    slots = sorted(free_slots(found, (), {}, campaign, late).values())
    assert [f"{slot:%d %H:%M}" for slot in slots] == [
        "05 05:00",
        "05 06:00",
        "05 07:00",
    ]  # seven in the morning in Vienna


def test_a_post_that_is_no_longer_written_cannot_be_corrected(wrong, written):
    app = written("[]", config__figures=(wrong.root / "config/figures.yaml").read_text())
    with pytest.raises(LedgerError, match="put it back into its file"):
        mistakes("lamps", app.written, wrong.ledger)


LONG = "This is sentence {number} of a letter that says that somebody counts the lamps in every one of our streets."


def test_a_number_in_a_part_of_a_text_that_was_cut_is_put_right_in_that_part_as_it_was_sent(written):
    said = [LONG.format(number=number) for number in range(9)]
    said[6] = "{{ figure.lamps.line }}."
    entry = ["- id: letter", "  kind: statement", "  at: 2027-05-02 18:00", "  channels: all", "  split: true"]
    text = " ".join(said)
    posts = "\n".join([*entry, "  tags: [core]", "  text:", "    en: |", f"      {text}"])
    app = written(posts, config__figures=FIGURE)
    apply(app.folder.files(), app.workshop, app.ledger, by="one")
    version = publish(app, "letter")
    app = written(posts.replace("counts", "has to count"), config__figures=RIGHT.replace("VERSION", version))
    found = as_cut(mistakes("lamps", app.written, app.ledger), app.ledger, app.workshop)
    assert [one.named for one in found] == ["letter.2", "letter"]
    drawn = draft(app, editing=("mastodon", "telegram")).file(found)
    part, _, whole = drawn.partition("corrects: letter\n")
    assert "somebody counts the lamps" in part
    assert "somebody has to count the lamps" in whole
    assert "sentence 1" not in part
    assert "{{ figure.lamps.line }}" in part
    assert " 2/2" in part
    assert ["tags: [core]" in one for one in (part, whole)] == [False, True]
    read = app.author.read({**app.folder.files(), "posts/corrections/x.yaml": drawn.encode()})
    assert not read.problems

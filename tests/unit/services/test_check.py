"""What `check` and `plan` say of a campaign as a whole."""

from amplify.domain.delivery import State
from amplify.services.apply import apply
from amplify.services.check import check
from amplify.services.plan import plan

from .conftest import CAMPAIGN

NIGHTLY = """\
- id: night
  kind: safety
  repeat: {every: day 02:30, from: 2027-03-01, until: 2027-11-30}
  channels: [mastodon-en]
  text: {en: Take care of one another}
"""
OLD_FIGURE = """\
prisoners:
  label: {en: Political prisoners recognised}
  value: 1131
  as_of: 2025-12-31
  source: {name: Viasna, url: "https://spring96.org/en/news/119261"}
"""
PRINTS_IT = """\
- id: count
  kind: figure
  at: 2027-05-02 12:00
  channels: [mastodon-en]
  text: {en: "{{ figure.prisoners.line }}"}
"""


def found(app) -> dict[str, list[str]]:
    problems: dict[str, list[str]] = {}
    for problem in check(app.written, app.workshop, None, {}):
        problems.setdefault(problem.code, []).append(problem.message)
    return problems


def test_a_repeat_across_both_nights_fires_once_for_each_label_and_is_warned_of(written) -> None:
    app = written(NIGHTLY)
    made = plan(app.written, app.workshop, None).plan
    labels = [change.key.occurrence for change in made.changes]
    assert len(labels) == len(set(labels)) == 275
    assert len({change.due for change in made.changes}) == 275
    (told,) = found(app)["dst"]
    assert "02:30" in told
    assert "2027-03-28" in told
    assert "2027-10-31" in told


def test_a_figure_that_will_be_too_old_at_its_slot_is_warned_of(written) -> None:
    (told,) = found(written(PRINTS_IT, config__figures=OLD_FIGURE))["rule"]
    assert told == ("when its time comes, on mastodon-en: figure prisoners is of 2025-12-31: 487 days old, 45 allowed")


def test_a_figure_without_a_source_holds_what_prints_it(written) -> None:
    app = written(PRINTS_IT, config__figures=OLD_FIGURE.rsplit("  source", 1)[0])
    problems = found(app)
    assert any("source" in message for messages in problems.values() for message in messages)
    apply(app.folder.files(), app.workshop, app.ledger, by="one")
    assert [row.state for row in app.ledger.deliveries()] == [State.HELD]


def test_check_says_that_editing_what_is_public_changes_nothing(written, clock) -> None:
    from datetime import timedelta

    from amplify.domain.delivery import Event
    from amplify.domain.envelope import Envelope, Receipt
    from amplify.ports.ledger import Outcome
    from amplify.services.approve import approve, waiting

    text = PRINTS_IT.replace('"{{ figure.prisoners.line }}"', "Free them all")
    app = written(text)
    ledger = app.ledger
    apply(app.folder.files(), app.workshop, ledger, by="one")
    (row,) = approve(waiting("count", app.written, ledger), app.written, app.workshop, ledger, by="one", via="test")
    lease = clock.at + timedelta(minutes=1)
    row = ledger.claim(row, worker="w", account="a", lease_until=lease, now=clock.at)
    envelope = Envelope(key=row.key, network="mastodon", sealed_at=clock.at, request={})
    row = ledger.begin(row, envelope, epoch=ledger.epoch(), lease_until=lease, now=clock.at)
    receipt = Receipt(remote_id="1", url="https://mastodon.example/1", at=clock.at)
    ledger.record(row, Outcome(event=Event.CONFIRM, now=clock.at, receipt=receipt))
    edited = written(text.replace("Free them all", "Other words"))
    (told,) = [p for p in check(edited.written, edited.workshop, edited.ledger, {}) if p.code == "already-public"]
    assert "editing the file changes nothing there" in told.message


def test_a_post_that_nobody_but_its_author_could_approve_is_warned_of(written) -> None:
    app = written(NIGHTLY.replace("  channels", "  author: one\n  channels"))
    assert "too-few-people" not in found(app)
    app = written(NIGHTLY.replace("  channels", "  author: one\n  urgent: true\n  channels"))
    assert found(app)["too-few-people"] == ["post night needs 2 approvals, and 1 may give one besides its author, one"]


def test_a_stop_that_nobody_could_lift_is_warned_of(written) -> None:
    app = written(NIGHTLY, config__campaign=CAMPAIGN.replace(", two: {}", ""))
    assert found(app)["too-few-people"] == ["going on after a stop takes 2 people (`resume`), and 1 may say so"]

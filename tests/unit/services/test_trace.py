"""A published number, followed back through a real ledger."""

from datetime import timedelta

import pytest

from amplify.domain.delivery import Event
from amplify.domain.envelope import Envelope, Receipt
from amplify.domain.key import Key
from amplify.ports.ledger import LedgerError, Outcome
from amplify.services.apply import apply
from amplify.services.approve import approve, waiting
from amplify.services.story import stories
from amplify.services.trace import find, trace

FIGURE = """\
lamps:
  definition_id: lamps-lit
  label: {en: Lamps lit}
  value: 1254
  as_of: 2027-04-20
  source: {name: The count, url: "https://counts.example/april"}
  entered_by: one
  confirmed_by: two
  history: [{value: 1240, as_of: 2027-03-20, source: {name: The count}}]
"""
POST = """\
- id: count
  kind: figure
  at: 2027-05-02 12:00
  channels: [mastodon-en]
  text: {en: "{{ figure.lamps.line }}"}
"""
URL = "https://mastodon.example/@campaign/113345678901234567"


@pytest.fixture
def published(written):
    """A post with a number, approved and on the wall; its server is not asked anything here."""
    app = written(POST, config__figures=FIGURE)
    apply(app.folder.files(), app.workshop, app.ledger, by="one")
    approve(waiting("count", app.written, app.ledger), app.written, app.workshop, app.ledger, by="two", via="cli")
    ledger, now = app.ledger, app.clock.now()
    row = ledger.delivery(Key.parse("2027/count@mastodon-en"))
    lease = now + timedelta(minutes=5)
    row = ledger.claim(row, worker="w", account="a", lease_until=lease, now=now)
    printed = ("lamps:2027-04-20:0",)
    envelope = Envelope(key=row.key, network="mastodon", sealed_at=now, request={"text": row.text}, printed=printed)
    row = ledger.begin(row, envelope, epoch=ledger.epoch(), lease_until=lease, now=now)
    ledger.record(row, Outcome(event=Event.CONFIRM, now=now, receipt=Receipt(remote_id="11334", url=URL, at=now)))
    return app


def test_the_address_leads_to_the_page_where_the_number_was_read(published):
    (row,) = find(f"{URL}?from=a-phone", published.ledger)
    told = trace(row, published.ledger, published.workshop)
    (number,) = told.printed
    assert (number.figure.counted, number.figure.as_of.isoformat()) == ("1254", "2027-04-20")
    assert number.figure.source.url == "https://counts.example/april"
    assert (number.figure.entered_by, number.figure.confirmed_by) == ("one", "two")
    assert number.before.counted == "1240"
    assert number.is_in_force
    assert [who for who, _ in told.approved] == ["two"]
    assert told.fault == ""


def test_what_was_corrected_since_is_told(published, written):
    version = trace(find(URL, published.ledger)[0], published.ledger, published.workshop).printed[0].version
    later = (
        FIGURE.replace("1254", "1200")
        .replace("04-20", "04-21")
        .replace("  history: [", f'  corrects: "{version}"\n  history: [')
    )
    later = later.replace(
        "}}]", "}}, {value: 1254, as_of: 2027-04-20, source: {name: The count, url: 'https://counts.example/april'}}]"
    )
    app = written(POST, config__figures=later)
    apply(app.folder.files(), app.workshop, app.ledger, by="one")
    (number,) = trace(find(URL, app.ledger)[0], app.ledger, app.workshop).printed
    assert number.figure.value == 1254
    assert not number.is_in_force
    assert number.now.value == 1200
    assert number.corrected.value == 1200


def test_the_versions_are_on_record_before_the_request_leaves(published):
    lines = published.ledger.history(Key.parse("2027/count@mastodon-en"))
    (begun,) = [line for line in lines if line.event == "begin"]
    assert begun.detail["figures"] == "lamps:2027-04-20:0"
    assert stories(lines)["2027/count@mastodon-en"].printed == ("lamps:2027-04-20:0",)


@pytest.mark.parametrize("what", ["https://mastodon.example/@campaign/1", "2027/other@mastodon-en", "hello"])
def test_what_nobody_knows_is_told_with_what_to_try(published, what):
    with pytest.raises(LedgerError, match="copy the address of the post itself"):
        find(what, published.ledger)


def test_an_approval_that_nobody_had_to_give_again_is_no_riddle(written):
    app = written(POST, config__figures=FIGURE)
    apply(app.folder.files(), app.workshop, app.ledger, by="one")
    approve(waiting("count", app.written, app.ledger), app.written, app.workshop, app.ledger, by="two", via="cli")
    for at in ("13:00", "12:00"):
        app = written(POST.replace("12:00", at), config__figures=FIGURE)
        apply(app.folder.files(), app.workshop, app.ledger, by="one")
    lines = app.ledger.history()
    assert [line.detail.get("by", "") for line in lines if line.event == "approve"] == ["two", ""]
    assert stories(lines)["2027/count@mastodon-en"].lines

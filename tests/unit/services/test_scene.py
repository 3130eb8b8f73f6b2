"""What people should know, read off a real ledger: no more of it than is good to have on a phone."""

from datetime import timedelta

import pytest

from amplify.domain.delivery import Event
from amplify.ports.ledger import Outcome
from amplify.services.apply import apply
from amplify.services.brake import stop
from amplify.services.office import Office
from amplify.services.scene import look
from amplify.services.summary import summary
from protecting import protect

from .conftest import CHANNELS

EXCERPTS = 'E1: {verbatim: "A dangerous sentence.", valid_on: "05-02", risk: high}\n'
RISKY = """\
- id: bold
  kind: quote
  at: 2027-05-02 16:00
  channels: [mastodon-en]
  text:
    en: |
      {{ excerpt.E1 }}
"""
POSTS = """\
- id: news
  kind: statement
  at: 2027-05-02 12:00
  channels: [mastodon-en]
  text: {en: Free them all}
- id: portrait
  kind: profile
  person: p-1
  at: 2027-05-02 14:00
  channels: [mastodon-en]
  text: {en: Somebody of invention}
"""


@pytest.fixture
def app(written, tmp_path):
    path = protect(tmp_path, consents={"p-1": {"name": "Somebody"}})
    app = written(POSTS, {"AMPLIFY_PROTECTED": str(path)})
    apply(app.folder.files(), app.workshop, app.ledger, by="one")
    return app


async def seen(app, *, stuck=(), connected=(), unread=False):
    copy = None if unread else await Office(ledger=app.ledger, workshop=app.workshop).copy(app.ledger.revision_id())
    machine = app.clock.machine()
    return look(app.ledger, app.folder, copy, app.notebook, stuck=dict(stuck), connected=connected, machine=machine)


def hold(app, reason):
    for row in app.ledger.deliveries():
        app.ledger.record(row, Outcome(event=Event.HOLD, now=app.clock.now(), reason=reason))


async def test_of_a_post_about_a_person_only_the_key_is_told(app):
    hold(app, "“Somebody” is not spelt like this")
    news, portrait = (await seen(app)).concerns()
    assert (news.what, news.where, news.why) == ("news", "mastodon-en", "“Somebody” is not spelt like this")
    assert (portrait.what, portrait.where, portrait.why) == ("2027/portrait@mastodon-en", "", "")


async def test_where_nobody_can_look_a_post_up_it_is_told_of_as_if_it_were_about_a_person(app):
    hold(app, "“Somebody” is not spelt like this")
    assert {concern.why for concern in (await seen(app, unread=True)).concerns()} == {""}


async def test_of_a_risky_post_only_the_key_is_told(written):
    app = written(RISKY, config__excerpts=EXCERPTS)
    apply(app.folder.files(), app.workshop, app.ledger, by="one")
    hold(app, "“dangerous” is not spelt like this")
    (bold,) = (await seen(app)).concerns()
    assert (bold.what, bold.why) == ("2027/bold@mastodon-en", "")


async def test_a_reason_that_only_counts_on_is_the_same_reason(app):
    hold(app, "the figure is 46 days old")
    before = [concern.mark for concern in (await seen(app)).concerns()]
    hold(app, "the figure is 47 days old")
    assert [concern.mark for concern in (await seen(app)).concerns()] == before
    hold(app, "the figure is gone")
    assert before[0] not in [concern.mark for concern in (await seen(app)).concerns()]


async def test_a_halt_is_over_when_its_channel_is_at_work_again_and_not_because_nobody_has_tried_yet(app):
    halted = await seen(app, stuck={"mastodon-en": "the token was revoked"})
    assert [(concern.what, concern.why) for concern in halted.concerns()] == [("mastodon-en", "the token was revoked")]
    assert (await seen(app)).ends(["halted:mastodon-en"], app.ledger) == {}
    at_work = await seen(app, connected=["mastodon-en"])
    assert at_work.ends(["halted:mastodon-en"], app.ledger) == {"halted:mastodon-en": "mastodon-en is no longer halted"}


async def test_a_channel_that_has_not_been_connected_for_a_while_is_told_of_until_it_is(app):
    for channel, minutes in (("mastodon-en", 11), ("telegram-en", 9)):
        app.ledger.miss(channel, "the proxy is down", app.clock.machine() - timedelta(minutes=minutes))
    (told,) = (await seen(app)).concerns()
    assert (told.about, told.what, told.why) == ("unconnected", "mastodon-en", "the proxy is down")
    halted = await seen(app, stuck={"mastodon-en": "the token was revoked"})
    assert [concern.about for concern in halted.concerns()] == ["halted"]
    app.ledger.meet("mastodon-en")
    assert (await seen(app)).ends([told.topic], app.ledger) == {}
    at_work = await seen(app, connected=["mastodon-en"])
    assert at_work.ends([told.topic], app.ledger) == {told.topic: "mastodon-en is connected"}


async def test_a_channel_that_is_no_longer_written_is_nobody_s_trouble(app, written):
    kept = CHANNELS.splitlines(keepends=True)[1]
    app = written(POSTS.replace("mastodon-en", "telegram-en"), config__channels=kept)
    apply(app.folder.files(), app.workshop, app.ledger, by="one")
    scene = await seen(app)
    assert scene.ends(["halted:mastodon-en"], app.ledger) == {"halted:mastodon-en": ""}


async def test_a_brake_in_force_says_who_and_why(app):
    stop(app.ledger, app.clock, reason="an arrest", by="one", channel="mastodon-en")
    (concern,) = (await seen(app)).concerns()
    assert concern.what == "one stopped it on mastodon-en: an arrest"


def test_the_summary_counts_and_names_no_words(app, clock):
    clock.at = clock.at.replace(day=2, hour=8)
    said = summary(app.ledger.deliveries(), clock.now(), clock.now().tzinfo)
    assert "The last 24 hours: 0 published." in said
    assert "The next 24 hours: 2 due, the first on Sun 02 May at 10:00, 2 without a yes." in said
    assert "Free them all" not in said
    clock.at = clock.at.replace(month=8)
    assert summary([], clock.now(), clock.now().tzinfo) == ""

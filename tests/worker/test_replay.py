"""A replay is a send: what forbids the one forbids the other."""

from datetime import UTC, datetime, timedelta

from amplify.domain.delivery import State
from amplify.domain.key import Key
from amplify.services.brake import resume, stop
from amplify.services.reach import reach
from amplify.services.reconcile import reconcile
from amplify.testing.faults import Rule
from desks import desk_of

KEY = Key(edition="2027", post="first", channel="bluesky-en")
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)


def puts(theatre) -> int:
    return sum("putRecord" in request.path for request in theatre.sandbox.requests())


async def test_a_lost_post_is_not_sent_again_during_a_stop_and_once_after_it(theatre):
    theatre.sandbox.faults.add(Rule(what="drop_before", network="bluesky", path="putRecord"))
    theatre.write("posts/day.yaml", theatre.post("first", "D 09:00", "did it arrive?"))
    await theatre.start()
    await theatre.until(lambda: theatre.state("first", "bluesky-en") is State.UNCONFIRMED)
    await theatre.stop()
    theatre.let_time_pass(timedelta())

    app = theatre.app
    channel = app.written.channels["bluesky-en"]
    publisher = await reach(channel, app.access(channel), app.networks, app.ledger, {}, app.clock.now)
    desk = desk_of(app, since=LONG_AGO)
    lost = Rule(what="status", arg=500, network="bluesky", path="getRecord", count=2)
    theatre.sandbox.faults.add(lost)

    stop(app.ledger, app.clock, reason="a trial", by="one")
    looked = await reconcile(app.ledger.delivery(KEY), publisher, desk)
    assert (looked.row.state, looked.again, puts(theatre)) == (State.UNCONFIRMED, True, 1)

    for name in ("one", "two"):
        resume(app.ledger, app.clock, app.written, by=name)
    looked = await reconcile(app.ledger.delivery(KEY), publisher, desk)
    assert (looked.row.state, looked.again, puts(theatre)) == (State.PUBLISHED, False, 2)
    assert [text for text in theatre.walls() if text.startswith("bluesky")] == ["bluesky: did it arrive?"]
    await publisher.close()

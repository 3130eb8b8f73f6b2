"""What servers do to us: the worker knows what it knows, and asks where it does not."""

from datetime import UTC, datetime, timedelta

from amplify.domain.delivery import State
from amplify.testing.faults import Rule

STATUSES = {"network": "mastodon", "method": "POST", "path": "/api/v1/statuses"}
RECORDS = {"network": "bluesky", "path": "putRecord"}
MESSAGES = {"network": "telegram", "path": "sendMessage"}


async def test_a_server_that_is_busy_is_left_alone_until_it_says(theatre):
    until = datetime.now(UTC) + timedelta(seconds=3)
    headers = {"X-RateLimit-Limit": "300", "X-RateLimit-Remaining": "0", "X-RateLimit-Reset": until.isoformat()}
    theatre.sandbox.faults.add(Rule(what="status", arg=429, headers=headers, **STATUSES))
    theatre.write("posts/day.yaml", theatre.post("first", "D 09:00", "patience"))
    await theatre.start()
    await theatre.until(lambda: theatre.states("first") == {State.PUBLISHED})
    tries = [r for r in theatre.sandbox.requests() if r.network == "mastodon" and r.path == "/api/v1/statuses"]
    assert len(tries) == 2
    assert theatre.app.clock.machine() >= until
    assert theatre.walls().count("mastodon: patience") == 1


async def test_an_account_that_is_refused_halts_its_channel_and_keeps_its_queue(theatre):
    theatre.sandbox.faults.add(Rule(what="status", arg=401, body={"error": "The access token was revoked"}, **STATUSES))
    theatre.write("posts/day.yaml", theatre.post("first", "D 09:00", "one") + theatre.post("next", "D 09:10", "two"))
    await theatre.start()
    await theatre.until(lambda: theatre.state("next", "bluesky-en") is State.PUBLISHED)
    assert theatre.app.ledger.accounts()["mastodon-en"].halted
    assert theatre.state("first", "mastodon-en") is State.APPROVED
    assert theatre.state("next", "mastodon-en") is State.APPROVED
    assert not any(text.startswith("mastodon") for text in theatre.walls())


async def test_what_a_server_refuses_fails_with_its_words(theatre):
    body = {"error": "Validation failed: Text is not to our taste"}
    theatre.sandbox.faults.add(Rule(what="status", arg=422, body=body, **STATUSES))
    theatre.write("posts/day.yaml", theatre.post("first", "D 09:00", "one"))
    await theatre.start()
    await theatre.until(lambda: theatre.state("first", "mastodon-en") is State.FAILED)
    row = next(row for row in theatre.rows() if row.state is State.FAILED)
    assert "not to our taste" in row.reason
    assert row.ticket.idempotency_key.endswith("-1")


async def test_a_lost_answer_is_unconfirmed_on_every_network_and_public_once(theatre):
    for fault in (STATUSES, RECORDS, MESSAGES):
        theatre.sandbox.faults.add(Rule(what="drop_after", **fault))
    theatre.write("posts/day.yaml", theatre.post("first", "D 09:00", "did it arrive?"))
    await theatre.start()
    await theatre.until(lambda: theatre.states("first") == {State.UNCONFIRMED})
    await theatre.until_campaign("09:40")
    assert sorted(theatre.walls()) == [f"{name}: did it arrive?" for name in ("bluesky", "mastodon", "telegram")]


async def test_a_second_worker_on_the_same_ledger_says_so_and_leaves(theatre):
    import pytest

    from amplify.bootstrap import open_app
    from amplify.ports.ledger import Busy

    theatre.write("posts/day.yaml", theatre.post("first", "D 09:00", "one"))
    await theatre.start()
    await theatre.until(lambda: theatre.states("first") == {State.PUBLISHED})
    other = open_app(theatre.root)
    with pytest.raises(Busy, match="another"):
        other.ledger.hold("a second worker")
    other.close()

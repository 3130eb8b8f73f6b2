"""What people see in Bluesky's own app, as its AppView tells it, of what our worker has put on Bluesky's own server."""

from pathlib import Path

import pytest

from amplify.testing.resident import settings_for
from servers.appview import AppView
from servers.nine import nine, texts

pytestmark = pytest.mark.real

MORE = """\
  tags: [core]
  on: {bluesky: {replies: nobody}}
"""


async def test_nine_parts_read_as_one_thread_also_when_the_worker_was_killed_after_the_fourth(
    tmp_path: Path, appview: AppView
):
    resident = appview.sign_up("canary-8d2e")
    settings = {"network": "bluesky", **settings_for(resident, {"bluesky": appview.url})}
    sent = nine(tmp_path, settings, more=MORE)
    await sent.work(dies_at="claimed", times=5)
    await sent.work()
    assert sent.states() == ["published"] * 9
    await settle(sent.app)
    first = next(row.receipt for row in sent.app.ledger.deliveries() if row.position == 0)
    thread = appview.thread(first.remote_id, 9, gated=True)
    records = [shown["record"] for shown in thread.posts]
    assert [record["text"].partition("\n\n#")[0] for record in records] == texts()
    assert {record["reply"]["root"]["uri"] for record in records[1:]} == {first.remote_id}
    assert {tuple(record["langs"]) for record in records} == {("en",)}
    assert [facet["features"][0]["tag"] for facet in records[0]["facets"]] == ["Belarus"]
    assert thread.gate["record"]["allow"] == []
    assert len(thread.posts) == 9
    stranger = appview.sign_up("canary-8d2f")
    appview.seen(appview.answer(stranger, thread.posts[0], "May I?"))
    assert appview.thread(first.remote_id, 9) == thread


async def settle(app):
    """What follows when a post is public; doing it twice changes nothing."""
    channel = app.written.channels["here"]
    publisher = await app.networks["bluesky"].connect(app.access(channel))
    row = next(row for row in app.ledger.deliveries() if row.position == 0)
    for _ in range(2):
        await publisher.settle(row.envelope, row.receipt)
    await publisher.close()

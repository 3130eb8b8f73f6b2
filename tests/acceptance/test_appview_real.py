"""What people see in Bluesky's own app, as its AppView tells it, of what our worker has put on Bluesky's own server."""

from datetime import timedelta
from pathlib import Path

import pytest

from amplify.domain.delivery import State
from amplify.testing.pictures import sample
from amplify.testing.resident import settings_for
from servers.appview import AppView
from servers.nine import nine, texts
from servers.stage import campaign, play

pytestmark = pytest.mark.real

MORE = """\
  tags: [core]
  on: {bluesky: {replies: nobody}}
"""


LINKS = """\
links:
  petition:
    url: https://petition.example/now
    label: {en: Sign the petition}
    title: {en: The petition}
    description: {en: Ten thousand have signed it.}
    picture: lamp.jpg
"""
SINGLE = """\
- {{id: card, kind: statement, at: {at:%Y-%m-%d %H:%M}, channels: all, urgent: true, link: petition, text: {{en: Sign it.}}}}
- id: pictures
  kind: statement
  at: {at:%Y-%m-%d %H:%M}
  channels: all
  urgent: true
  text: {{en: Two lamps.}}
  media:
    - {{file: lamp.jpg, alt: {{en: "A round lamp shines in a dark room."}}}}
    - {{file: tall.jpg, alt: {{en: "A tall lamp shines in a dark street."}}}}
  on: {{bluesky: {{label: graphic-media, outline_tags: core, quoting: nobody}}}}
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


async def test_cards_pictures_labels_and_tags_beside_the_text_are_what_apps_are_given(tmp_path: Path, appview: AppView):
    resident = appview.sign_up("canary-8d2d")
    settings = {"network": "bluesky", **settings_for(resident, {"bluesky": appview.url})}
    folder = tmp_path / "posts" / "media"
    folder.mkdir(parents=True)
    (folder / "lamp.jpg").write_bytes(sample(width=640, height=480))
    (folder / "tall.jpg").write_bytes(sample(width=300, height=600))
    timeout = timedelta(seconds=5)
    app = campaign(tmp_path, {"here": settings}, text="", timeout=timeout, post=SINGLE, links=LINKS)
    sent = {row.key.post: row for row in await play(app)}
    assert {name: row.state for name, row in sent.items()} == {"card": State.PUBLISHED, "pictures": State.PUBLISHED}
    card = appview.seen(sent["card"].receipt.remote_id)["embed"]["external"]
    assert (card["uri"], card["title"]) == ("https://petition.example/now", "The petition")
    assert card["description"] == "Ten thousand have signed it."
    assert card["thumb"]
    shown = appview.seen(sent["pictures"].receipt.remote_id)
    assert [image["alt"] for image in shown["embed"]["images"]] == [
        "A round lamp shines in a dark room.",
        "A tall lamp shines in a dark street.",
    ]
    assert [image["aspectRatio"] for image in shown["embed"]["images"]] == [
        {"width": 640, "height": 480},
        {"width": 300, "height": 600},
    ]
    assert [label["val"] for label in shown["labels"]] == ["graphic-media"]
    assert shown["record"]["tags"] == ["Belarus"]

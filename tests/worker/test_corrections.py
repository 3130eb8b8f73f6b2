"""Corrections that edit what is public, carried by a real worker: settled by themselves, in order, never a new post."""

from dataclasses import fields, replace
from datetime import timedelta

import pytest
from aiohttp import ClientSession

from amplify.config.settings import Settings
from amplify.domain.delivery import State
from amplify.testing.faults import Rule

SECOND = timedelta(seconds=1)
EDITS = {
    "mastodon-en": {"network": "mastodon", "method": "PUT", "path": r"/api/v1/statuses/\w+$"},
    "telegram-en": {"network": "telegram", "path": "editMessageText"},
}


class Hurried(Settings):
    """What is lost is looked for as soon as no request can still be on its way."""

    @property
    def quarantine(self):
        return self.timeout + self.connect_timeout


@pytest.fixture
async def stage(theatre):
    """A wrong post is public everywhere, and its correction is due an hour later."""
    said = {each.name: getattr(theatre.app.settings, each.name) for each in fields(theatre.app.settings)}
    quick = {"timeout": SECOND, "connect_timeout": SECOND / 5, "look_again": SECOND / 5}
    theatre.app = replace(theatre.app, settings=Hurried(**said | quick))
    theatre.write("posts/day.yaml", theatre.post("wrong", "D 09:00", "We are 1510."))
    await theatre.start()
    await theatre.until(lambda: theatre.states("wrong") == {State.PUBLISHED})
    return theatre


def correction(theatre, id, at, words):
    edits = ["on: {mastodon: {as: edit}, telegram: {as: edit}}"]
    text = theatre.post(id, at, words, "corrects: wrong", *edits)
    return text.replace("kind: statement", "kind: correction")


def walls(theatre):
    """On each wall, in order, what it says and what it answers or was changed from."""
    shown = {"mastodon": [], "bluesky": [], "telegram": []}
    for post in theatre.sandbox.walls():
        shown[post.network].append((post.text, list(post.extra.get("earlier", ())), bool(post.reply_to)))
    return shown


CORRECTED = {
    "mastodon": [("We are 1496.", ["We are 1510."], False)],
    "bluesky": [("We are 1510.", [], False), ("We are 1496.", [], True)],
    "telegram": [("We are 1496.", ["We are 1510."], False)],
}


async def test_a_correction_changes_what_is_public_or_answers_it_also_where_an_answer_is_lost(stage):
    stage.sandbox.faults.add(Rule(what="drop_after", **EDITS["mastodon-en"]))
    stage.sandbox.faults.add(Rule(what="drop_before", **EDITS["telegram-en"]))
    await stage.edit("posts/fix.yaml", correction(stage, "fix", "D 10:30", "We are 1496."))
    await stage.until(lambda: stage.states("fix") == {State.PUBLISHED}, 30)
    lost = {row.key.channel for row in stage.told if row.state is State.UNCONFIRMED}
    assert lost == set(EDITS)
    assert walls(stage) == CORRECTED
    receipts = {(row.key.post, row.key.channel): (row.receipt.remote_id, row.receipt.url) for row in stage.rows()}
    for channel in EDITS:
        assert receipts["fix", channel] == receipts["wrong", channel]


async def test_an_edit_that_arrives_only_when_a_newer_one_is_due_is_waited_for(stage):
    stage.sandbox.faults.add(Rule(what="drop_before", count=1000, **EDITS["mastodon-en"]))
    first = correction(stage, "first-fix", "D 10:30", "We are 1497.")
    await stage.edit("posts/fix.yaml", first + correction(stage, "second-fix", "D 11:00", "We are 1496."))
    await stage.until(lambda: stage.state("second-fix", "telegram-en") is State.PUBLISHED, 30)
    before = losses(stage, "first-fix")  # it is lost, looked for, sent again, and so on
    await stage.until(lambda: losses(stage, "first-fix") >= before + 2, 30)  # in between is the newer one's turn
    assert losses(stage, "second-fix") == 0
    stage.sandbox.faults.clear()
    await stage.until(lambda: stage.states("second-fix") == {State.PUBLISHED}, 30)
    assert walls(stage)["mastodon"] == [("We are 1496.", ["We are 1510.", "We are 1497."], False)]


def losses(theatre, post):
    """How often it was lost sight of on Mastodon."""
    told = [(row.key.post, row.key.channel, row.state) for row in theatre.told]
    return told.count((post, "mastodon-en", State.UNCONFIRMED))


async def test_what_is_deleted_while_the_edit_is_lost_fails_and_asks_nobody(stage):
    for edit in EDITS.values():
        stage.sandbox.faults.add(Rule(what="drop_before", **edit))
    await stage.edit("posts/fix.yaml", correction(stage, "fix", "D 10:30", "We are 1496."))
    await stage.until(lambda: all(stage.state("fix", channel) is State.UNCONFIRMED for channel in EDITS))
    await by_hand(stage, "DELETE", "")
    await telegram(stage, "deleteMessage")
    await stage.until(lambda: all(stage.state("fix", channel) is State.FAILED for channel in EDITS), 30)
    assert "gone" in reason(stage)
    assert walls(stage)["mastodon"] == walls(stage)["telegram"] == []


async def test_what_somebody_has_changed_by_hand_is_left_as_it_is(stage):
    await by_hand(stage, "PUT", "We are about 1500, as far as we know.")
    await stage.edit("posts/fix.yaml", correction(stage, "fix", "D 10:30", "We are 1496."))
    await stage.until(lambda: stage.state("fix", "mastodon-en") is State.FAILED)
    assert "by hand" in reason(stage)
    assert [text for text, _, _ in walls(stage)["mastodon"]] == ["We are about 1500, as far as we know."]


def reason(theatre):
    (row,) = [row for row in theatre.rows() if (row.key.post, row.key.channel) == ("fix", "mastodon-en")]
    return row.reason


async def by_hand(theatre, method, words):
    """As the account's owner, in its app."""
    (post,) = [post for post in theatre.sandbox.walls() if post.network == "mastodon"]
    url = f"{theatre.sandbox.urls['mastodon']}/api/v1/statuses/{post.remote_id}"
    headers = {"Authorization": f"Bearer {theatre.sandbox.settings('mastodon-en')['token']}"}
    async with ClientSession() as http, http.request(method, url, headers=headers, json={"status": words}) as answer:
        assert answer.status == 200


async def telegram(theatre, method):
    (post,) = [post for post in theatre.sandbox.walls() if post.network == "telegram"]
    settings = theatre.sandbox.settings("telegram-en")
    url = f"{settings['server']}/bot{settings['token']}/{method}"
    said = {"chat_id": settings["chat"], "message_id": post.remote_id}
    async with ClientSession() as http, http.post(url, json=said) as answer:
        assert answer.status == 200

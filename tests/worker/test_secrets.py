"""What no text may contain: the tokens that a server gives, as well as the secrets that people set."""

import json

from amplify.bootstrap import open_app
from amplify.domain.delivery import State


async def test_a_text_with_the_token_of_a_session_is_refused_on_every_channel(theatre):
    await theatre.start()
    (kept,) = [path for path in (theatre.root / "var" / "keepsakes").iterdir() if path.suffix != ".lock"]
    token = json.loads(kept.read_text())["session"].split(":::")[2]
    told = theatre.post("told", "D 09:20", f"“{token}”").replace("channels: all", "channels: [mastodon-en]")
    await theatre.edit("posts/day.yaml", told)
    await theatre.until(lambda: theatre.states("told") == {State.FAILED})
    (row,) = theatre.rows()
    assert "contains a password or token" in row.reason
    assert not theatre.walls()
    assert token not in "".join([row.reason, *theatre.said])


async def test_what_is_kept_in_a_rehearsal_stays_apart_from_the_campaign_s_own(theatre):
    (theatre.root / "var" / "sandbox.json").unlink()
    environ = {"T_BLUESKY": "a", "T_MASTODON": "b", "T_TELEGRAM": "c"}
    real = open_app(theatre.root, environ=environ)
    rehearsal = open_app(theatre.root, environ=environ, sandbox=theatre.sandbox.urls)
    channel = real.written.channels["bluesky-en"]
    var = theatre.root / "var"
    assert real.access(channel).keep.path.parent == var / "keepsakes"
    assert rehearsal.access(channel).keep.path.parent == var / "sandbox" / "keepsakes"
    assert theatre.app.access(channel).keep.path.parent == var / "keepsakes"

"""“A prisoner died this morning”, at five o'clock: stop from a phone, one urgent statement, pauses, going on."""

from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path

import pytest

from amplify.bootstrap import open_app
from amplify.domain.approval import Approval

from .playing import Job, when

CHANNELS = ("mastodon-en", "telegram-en")
PAUSE = "pauses: [{from: D-2 00:00, until: D-1 12:00, kinds: [countdown, quote, thanks, statement], reason: sad news}]"
VIGIL = ("18 May 21:00", "Tonight we light the first lamp.")
SAD_NEWS = ("19 May 05:44", "Sad news has reached us tonight. We are silent until tomorrow at noon.")
BRIDGE = ("19 May 15:00", "Bring your lamp to the bridge.")
DANCE = ("20 May 12:00", "“Who dances needs no lamp.”")


@pytest.fixture
async def night(tmp_path: Path) -> AsyncIterator[Job]:
    """The evening before; everything is approved, and the worker runs."""
    play = await Job.open("emergency-at-night", tmp_path / "campaign", "2027-05-18 20:30")
    play.take_up("vigil", "night-watch", "morning", "bridge", "song", "dance", "joke")
    await play.start()
    await play.reach("2027-05-18 21:00")
    yield play
    await play.close()


def walls(play: Job) -> list[list[tuple[str, str]]]:
    """What followers of each channel have seen, and when."""
    return [[(when(post), post.text) for post in play.wall(channel)] for channel in CHANNELS]


def both(*posts: tuple[str, str]) -> list[list[tuple[str, str]]]:
    return [list(posts)] * len(CHANNELS)


async def test_the_night_is_played_from_the_phone_to_the_day_after(night: Job):
    # 04:50: one of us is awake and has a phone
    await night.reach("2027-05-19 04:50")
    (night.root / "Stop.txt").write_text("")
    await night.reach("2027-05-19 04:56")
    assert night.reasons("night-watch") == {"its time fell into a stop, by the file STOP"}
    assert "STOPPED: the file Stop.txt lies in the campaign's folder." in night.does("status")

    # 05:10: at the computer; from now on it takes two to go on
    night.does("stop", "--reason", "sad news", "--by", "editor")
    (night.root / "Stop.txt").unlink()
    night.now_write("urgent.yaml")
    night.change("config/campaign.yaml", "# pauses are written here when something has happened", PAUSE)
    assert night.json("check")["ok"]
    night.does("apply")

    # two people say yes; whoever wrote it is neither of them
    own = night.amplify("approve", "sad-news", "--by", "editor", "--yes")
    assert own.code == 1
    assert "editor wrote sad-news, and nobody approves their own post: reviewer or third may" in own.err
    night.does("approve", "sad-news", "--by", "reviewer", "--yes", "--note", "confirmed by the family")
    await night.reach("2027-05-19 05:41")
    assert set(night.states("sad-news").values()) == {"planned"}
    assert "needs 1 yes (reviewer said yes: “confirmed by the family”): third may" in night.does("status")
    night.does("approve", "sad-news", "--by", "third", "--yes")

    # all is stopped, this too, until somebody lets exactly this through
    await night.reach("2027-05-19 05:43", leaving={"sad-news"})
    assert walls(night) == both(VIGIL)
    night.does("stop", "--reason", "sad news", "--by", "reviewer", "--except", "sad-news")
    await night.reach("2027-05-19 05:44")
    assert walls(night) == both(VIGIL, SAD_NEWS)
    assert "Goes out all the same: sad-news." in night.does("status")

    # the morning stays silent; two say that it may go on, and what fell into the stop stays missed
    await night.reach("2027-05-19 07:31", leaving={"morning"})
    assert "1 more person must say so: reviewer or third" in night.does("resume", "--by", "editor")
    await night.reach("2027-05-19 07:40", leaving={"morning"})
    assert "Publishing goes on." in night.does("resume", "--by", "third")
    await night.reach("2027-05-19 08:00")
    assert night.reasons("morning") == {"its time fell into a stop"}
    assert walls(night) == both(VIGIL, SAD_NEWS)

    # serious posts go on at their times, cheerful ones not before the pause is over
    await night.reach("2027-05-19 15:00")
    await night.reach("2027-05-19 18:05", leaving={"song"})
    assert walls(night) == both(VIGIL, SAD_NEWS, BRIDGE)
    await night.reach("2027-05-19 19:00")
    assert set(night.states("song").values()) == {"missed"}
    await night.reach("2027-05-20 11:55", leaving={"dance", "joke"})
    assert walls(night) == both(VIGIL, SAD_NEWS, BRIDGE)

    # and then one, not all at once
    await night.stop()
    await night.reach("2027-05-20 12:00", leaving={"dance", "joke"})
    await night.start()
    await night.reach("2027-05-20 12:00", leaving={"joke"})
    await night.reach("2027-05-20 12:40")
    assert walls(night) == both(VIGIL, SAD_NEWS, BRIDGE, DANCE)
    assert set(night.states("joke").values()) == {"missed"}


async def test_the_file_stops_even_what_is_urgent_and_approved(night: Job):
    night.now_write("urgent.yaml")
    night.does("apply")
    for by in ("reviewer", "third"):
        night.does("approve", "sad-news", "--by", by, "--yes")
    night.does("stop", "--reason", "sad news", "--by", "editor", "--except", "sad-news")
    (night.root / "СТОП").mkdir()
    await night.reach("2027-05-19 05:41")
    assert walls(night) == both(VIGIL)
    assert set(night.states("sad-news").values()) == {"missed"}
    (night.root / "СТОП").rmdir()
    night.does("now", "sad-news", "--by", "reviewer", "--yes")
    night.does("approve", "sad-news", "--by", "third", "--yes")
    await night.reach("2027-05-19 05:45")
    assert [[text for _, text in wall] for wall in walls(night)] == both(VIGIL[1], SAD_NEWS[1])


async def test_an_author_who_counts_as_a_yes_is_seen_before_it_leaves(night: Job):
    """The worker looks again at who said yes, even where the ledger calls it approved."""
    night.now_write("urgent.yaml")
    night.does("apply")
    night.does("approve", "sad-news", "--by", "reviewer", "--yes")
    with closing(open_app(night.root, environ=night.environ)) as app:
        for row in night.rows():
            if row.key.post == "sad-news":
                yes = Approval(key=row.key, digest=row.digest, by="editor", at=app.clock.now(), via="by mistake")
                app.ledger.approve(row, yes, enough=lambda stand: len(stand) > 1)
    assert set(night.states("sad-news").values()) == {"approved"}
    await night.reach("2027-05-19 05:41")
    assert walls(night) == both(VIGIL)
    assert night.reasons("sad-news") == {"its approval no longer stands"}

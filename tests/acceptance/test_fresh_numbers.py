"""A number that goes stale between the yes and the send, brought up to date by two people, and traced afterwards."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from .playing import Job, when

SET = (
    "figures", "set", "lamps", "1496", "--as-of", "2023-05-20", "--source-name", "The count",
    "--source-url", "https://counts.example/may-20", "--by", "editor",
)  # fmt: skip
STALE = "figure lamps is of 2023-05-12: 9 days old, 7 allowed"
FRESH = "Lamps lit: 1,496 (as of 20 May 2023; The count)\n\n#LanternNight"


@pytest.fixture
async def play(tmp_path: Path) -> AsyncIterator[Job]:
    job = await Job.open("fresh-number", tmp_path / "town", "2023-05-18 12:00")
    yield job
    await job.close()


async def until_the_morning_after(play: Job) -> None:
    """Approved while the number is six days old; due when it is nine days old."""
    play.take_up("count", by=("reviewer",))
    await play.start()
    await play.reach("2023-05-21 09:00", leaving={"count"})
    assert play.states("count") == dict.fromkeys(("mastodon-en", "bluesky-en", "telegram-en"), "held")
    assert play.reasons("count") == {STALE}
    assert play.wall("mastodon-en") == []


def bring_up_to_date(play: Job) -> None:
    said = play.does(*SET)
    assert "1496" in said
    held = play.amplify("figures", "confirm", "lamps", "--by", "editor")
    assert held.code != 0, "who proposed it cannot confirm it"
    play.does("figures", "confirm", "lamps", "--by", "reviewer")
    written = (play.root / "config" / "figures.yaml").read_text()
    assert written.startswith("# Counted every week by hand; keep this line.")
    assert play.json("check")["ok"]
    play.does("apply")


async def test_within_the_limits_it_goes_out_at_once_and_can_be_traced(play: Job):
    await until_the_morning_after(play)
    await play.reach("2023-05-21 09:10", leaving={"count"})
    bring_up_to_date(play)
    await play.reach("2023-05-21 09:12")
    assert [(when(post), post.text) for post in play.wall("mastodon-en")] == [("21 May 09:12", FRESH)]
    assert play.texts("telegram-en") == [FRESH]

    (traced,) = play.json("trace", play.wall("mastodon-en")[0].url)["traces"]
    (number,) = traced["figures"]
    assert (number["said"], number["as_of"], number["before"], number["in_force"]) == (
        "1496",
        "2023-05-20",
        "1490",
        True,
    )
    assert number["source"]["url"] == "https://counts.example/may-20"
    assert (number["entered_by"], number["confirmed_by"]) == ("editor", "reviewer")
    assert traced["record"] == "whole"
    screen = play.does("trace", play.wall("telegram-en")[0].url)
    assert "lamps: 1496" in screen
    assert "https://counts.example/may-20" in screen


async def test_with_exact_approvals_it_waits_for_a_new_yes(play: Job):
    play.change("config/campaign.yaml", "{within: 2%, max_age: 7d}", "exact")
    await until_the_morning_after(play)
    await play.reach("2023-05-21 09:10", leaving={"count"})
    bring_up_to_date(play)
    await play.reach("2023-05-21 09:12", leaving={"count"})
    assert set(play.states("count").values()) == {"planned"}
    play.does("approve", "count", "--by", "reviewer", "--yes")
    await play.reach("2023-05-21 09:13")
    assert play.texts("bluesky-en") == [FRESH]


async def test_brought_up_to_date_too_late_it_stays_unsent(play: Job):
    await until_the_morning_after(play)
    await play.reach("2023-05-21 09:50", leaving={"count"})
    bring_up_to_date(play)
    await play.reach("2023-05-21 09:52", leaving={"count"})
    assert set(play.states("count").values()) == {"missed"}
    assert play.wall("mastodon-en") == []

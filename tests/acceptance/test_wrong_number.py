"""A wrong number in three published posts: found, drafted, approved, and put right where people see it."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from amplify.testing.wall import WallPost

from .playing import Job

REASON = "A figure was mistyped."
RIGHT = "Lamps lit: 1,490 (as of 12 May 2023; The count)"


@pytest.fixture
async def play(tmp_path: Path) -> AsyncIterator[Job]:
    """The number was mistyped, 1940 for 1490, and is public on three networks."""
    job = await Job.open("fresh-number", tmp_path / "town", "2023-05-18 12:00")
    job.change("config/figures.yaml", "value: 1490   # as the count says", "value: 1940   # as the count says")
    job.change("posts/day.yaml", "at: D 09:00", "at: 2023-05-18 13:00")
    job.take_up("count", by=("reviewer",))
    await job.start()
    await job.reach("2023-05-18 13:00")
    assert [text.partition(" (")[0] for text in job.texts("mastodon-en")] == ["Lamps lit: 1,940"]
    yield job
    await job.close()


def put_right(play: Job) -> str:
    """The right number, by two people; the version that was wrong."""
    (traced,) = play.json("trace", play.wall("telegram-en")[0].url)["traces"]
    version: str = traced["figures"][0]["version"]
    play.does(
        "figures", "set", "lamps", "1490", "--as-of", "2023-05-12", "--source-name", "The count", "--source-url",
        "https://counts.example/may-12", "--corrects", version, "--reason", "mistyped", "--by", "editor",
    )  # fmt: skip
    play.does("figures", "confirm", "lamps", "--by", "reviewer")
    return version


def only(posts: list[WallPost]) -> WallPost:
    (post,) = posts
    return post


async def test_one_command_finds_all_three_and_after_a_yes_the_walls_show_the_right_number(play: Job):
    addresses = {channel: only(play.wall(channel)).url for channel in ("mastodon-en", "bluesky-en", "telegram-en")}
    put_right(play)
    drafted = play.json("correct", "lamps", "--reason", REASON, "--by", "editor")
    (found,) = drafted["found"]
    assert (found["corrects"], found["said"]) == ("count", "1940")
    assert {one["url"] for one in found["deliveries"]} == set(addresses.values())
    assert play.json("check")["ok"], play.does("check")
    play.does("apply")
    (correction,) = drafted["drafted"]
    play.does("approve", correction, "--by", "reviewer", "--yes")
    await play.reach("2023-05-18 14:05")

    edited = f"{RIGHT}\n\nCorrected on 18 May 2023: we wrote 1,940. Reason: {REASON}\n\n#LanternNight"
    for channel in ("mastodon-en", "telegram-en"):
        post = only(play.wall(channel))
        assert (post.text, post.url) == (edited, addresses[channel])
        assert post.extra["edited_at"]
    wrong, answer = play.wall("bluesky-en")
    assert wrong.url == addresses["bluesky-en"]
    assert answer.reply_to == wrong.remote_id
    assert RIGHT in answer.text
    assert "On 18 May 2023 we wrote: Lamps lit: 1,940" in answer.text

    traced = {one["key"]: one for one in play.json("trace", addresses["mastodon-en"])["traces"]}
    assert traced.keys() == {"2023/count@mastodon-en", f"2023/{correction}@mastodon-en"}
    wrong_one = traced["2023/count@mastodon-en"]
    assert wrong_one["corrected_by"] == [f"2023/{correction}@mastodon-en"]
    assert wrong_one["figures"][0]["corrected"]
    assert play.json("verify")["ok"]


async def test_a_correction_that_was_drafted_is_told_and_nothing_is_written_over(play: Job):
    put_right(play)
    first = play.json("correct", "lamps", "--reason", REASON, "--by", "editor")
    before = (play.root / first["file"]).read_text()
    again = play.json("correct", "lamps", "--by", "editor")
    assert (again["file"], again["drafted"]) == ("", [])
    assert again["already"] == {"count": first["drafted"][0]}
    assert (play.root / first["file"]).read_text() == before


async def test_without_saying_which_number_was_wrong_the_public_ones_are_named(play: Job):
    said = play.amplify("correct", "lamps", "--by", "editor")
    assert said.code != 0
    assert "1940 in 3" in said.err
    assert "amplify figures set" in said.err

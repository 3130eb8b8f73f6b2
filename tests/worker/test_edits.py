"""Files change while the worker runs: the old text never goes out, and nothing public ever changes."""

from amplify.domain.delivery import State


async def test_a_post_goes_out_once_on_every_network(theatre):
    theatre.write("posts/day.yaml", theatre.post("first", "D 09:02", "Free them all"))
    theatre.start()
    await theatre.until(lambda: theatre.states("first") == {State.PUBLISHED})
    assert sorted(theatre.walls()) == ["bluesky: Free them all", "mastodon: Free them all", "telegram: Free them all"]


async def test_what_is_moved_reworded_deleted_or_renamed_in_time_never_goes_out_as_it_was(theatre):
    before = ["move", "reword", "delete", "rename"]
    theatre.write("posts/day.yaml", "".join(theatre.post(id, "D 09:09", f"{id}: the old words") for id in before))
    theatre.start()
    await theatre.until(lambda: theatre.states("move") == {State.APPROVED})
    theatre.write(
        "posts/day.yaml",
        theatre.post("move", "D 09:12", "move: the old words")
        + theatre.post("reword", "D 09:09", "reword: the new words")
        + theatre.post("renamed", "D 09:09", "rename: the new words", "formerly: rename"),
    )
    await theatre.until_campaign("09:10")
    await theatre.until(lambda: theatre.states("reword") == {State.PUBLISHED})
    assert theatre.states("move") == {State.APPROVED}
    assert theatre.states("delete") == {State.CANCELLED}
    await theatre.until(lambda: theatre.states("move") == {State.PUBLISHED})
    said = [text for text in theatre.walls() if text.startswith("mastodon")]
    assert sorted(said) == [
        "mastodon: move: the old words",
        "mastodon: rename: the new words",
        "mastodon: reword: the new words",
    ]


async def test_what_is_public_stays_as_it_is_and_is_not_published_again(theatre):
    ids = ["move", "reword", "delete", "rename"]
    theatre.write("posts/day.yaml", "".join(theatre.post(id, "D 09:02", f"{id}: public") for id in ids))
    theatre.start()
    await theatre.until(lambda: all(theatre.states(id) == {State.PUBLISHED} for id in ids))
    before = theatre.walls()
    theatre.write(
        "posts/day.yaml",
        theatre.post("move", "D 09:12", "move: public")
        + theatre.post("reword", "D 09:02", "reword: other words")
        + theatre.post("renamed", "D 09:12", "rename: public", "formerly: rename"),
    )
    await theatre.until_campaign("09:14")
    assert theatre.walls() == before
    assert {row.state for row in theatre.rows()} == {State.PUBLISHED}


async def test_a_public_text_under_a_new_id_is_blocked_unless_it_is_meant(theatre):
    theatre.write("posts/day.yaml", theatre.post("old", "D 09:02", "the same words"))
    theatre.start()
    await theatre.until(lambda: theatre.states("old") == {State.PUBLISHED})
    theatre.write(
        "posts/day.yaml",
        theatre.post("new", "D 09:09", "the same words")
        + theatre.post("meant", "D 09:10", "the same words", "again: true"),
    )
    await theatre.until(lambda: theatre.states("meant") == {State.PUBLISHED})
    assert theatre.states("new") == {State.HELD}
    assert len(theatre.walls()) == 6


async def test_a_half_saved_file_holds_its_own_posts_and_cancels_nothing(theatre):
    whole = theatre.post("mine", "D 09:08", "the older text")
    theatre.write("posts/mine.yaml", whole)
    theatre.write("posts/other.yaml", theatre.post("other", "D 09:08", "the others go on"))
    theatre.start()
    await theatre.until(lambda: theatre.states("mine") == {State.APPROVED})
    theatre.write("posts/mine.yaml", '- id: mine\n  kind: statement\n  text: {en: "half a sent')
    await theatre.until(lambda: theatre.states("mine") == {State.HELD})
    await theatre.until(lambda: theatre.states("other") == {State.PUBLISHED})
    assert theatre.states("mine") == {State.HELD}
    theatre.write("posts/mine.yaml", whole.replace("older", "newer"))
    await theatre.until(lambda: theatre.states("mine") == {State.PUBLISHED})
    assert "mastodon: the newer text" in theatre.walls()
    assert not any("older" in text for text in theatre.walls())

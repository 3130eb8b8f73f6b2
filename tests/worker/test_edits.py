"""Files change while the worker runs: the old text never goes out, and nothing public ever changes."""

from amplify.domain.delivery import State


async def test_a_post_goes_out_once_on_every_network(theatre):
    theatre.write("posts/day.yaml", theatre.post("first", "D 09:00", "Free them all"))
    await theatre.start()
    await theatre.until(lambda: theatre.states("first") == {State.PUBLISHED})
    assert sorted(theatre.walls()) == ["bluesky: Free them all", "mastodon: Free them all", "telegram: Free them all"]


async def test_what_is_moved_reworded_deleted_or_renamed_in_time_never_goes_out_as_it_was(theatre):
    slots = {"move": "D 09:20", "reword": "D 09:25", "delete": "D 09:30", "rename": "D 09:35"}
    theatre.write("posts/day.yaml", "".join(theatre.post(id, at, f"{id}: the old words") for id, at in slots.items()))
    await theatre.start()
    await theatre.until(lambda: theatre.states("rename") == {State.APPROVED})
    await theatre.edit(
        "posts/day.yaml",
        theatre.post("move", "D 09:45", "move: the old words")
        + theatre.post("reword", "D 09:25", "reword: the new words")
        + theatre.post("renamed", "D 09:35", "rename: the new words", "formerly: rename"),
    )
    await theatre.until(lambda: theatre.states("rename") == {State.PUBLISHED})
    assert theatre.states("move") == {State.APPROVED}
    assert theatre.states("delete") == {State.CANCELLED}
    await theatre.until(lambda: theatre.states("move") == {State.PUBLISHED})
    assert [text for text in theatre.walls() if text.startswith("mastodon")] == [
        "mastodon: reword: the new words",
        "mastodon: rename: the new words",
        "mastodon: move: the old words",
    ]


async def test_what_is_public_stays_as_it_is_and_is_not_published_again(theatre):
    slots = {"move": "D 09:00", "reword": "D 09:05", "delete": "D 09:10", "rename": "D 09:15"}
    theatre.write("posts/day.yaml", "".join(theatre.post(id, at, f"{id}: public") for id, at in slots.items()))
    await theatre.start()
    await theatre.until(lambda: all(theatre.states(id) == {State.PUBLISHED} for id in slots))
    before = theatre.walls()
    await theatre.edit(
        "posts/day.yaml",
        theatre.post("move", "D 09:45", "move: public")
        + theatre.post("reword", "D 09:50", "reword: other words")
        + theatre.post("renamed", "D 09:55", "rename: public", "formerly: rename"),
    )
    await theatre.until_campaign("09:58")
    assert theatre.walls() == before
    assert {row.state for row in theatre.rows()} == {State.PUBLISHED}


async def test_a_public_text_under_a_new_id_is_blocked_unless_it_is_meant(theatre):
    theatre.write("posts/day.yaml", theatre.post("old", "D 09:00", "the same words"))
    await theatre.start()
    await theatre.until(lambda: theatre.states("old") == {State.PUBLISHED})
    await theatre.edit(
        "posts/day.yaml",
        theatre.post("new", "D 09:30", "the same words")
        + theatre.post("meant", "D 09:35", "the same words", "again: true"),
    )
    await theatre.until(lambda: theatre.states("meant") == {State.PUBLISHED})
    assert theatre.states("new") == {State.HELD}
    assert len(theatre.walls()) == 6


async def test_a_half_saved_file_holds_its_own_posts_and_cancels_nothing(theatre):
    whole = theatre.post("mine", "D 09:50", "the older text")
    theatre.write("posts/mine.yaml", whole)
    theatre.write("posts/other.yaml", theatre.post("other", "D 09:20", "the others go on"))
    await theatre.start()
    await theatre.until(lambda: theatre.states("mine") == {State.APPROVED})
    await theatre.edit("posts/mine.yaml", '- id: mine\n  kind: statement\n  text: {en: "half a sent')
    await theatre.until(lambda: theatre.states("mine") == {State.HELD})
    await theatre.until(lambda: theatre.states("other") == {State.PUBLISHED})
    assert theatre.states("mine") == {State.HELD}
    await theatre.edit("posts/mine.yaml", whole.replace("older", "newer"))
    await theatre.until(lambda: theatre.states("mine") == {State.PUBLISHED})
    assert "mastodon: the newer text" in theatre.walls()
    assert not any("older" in text for text in theatre.walls())

"""Threads: in order, replies to one another, begun only when they can be finished, never torn in silence."""

from amplify.domain.delivery import State
from amplify.testing.faults import Rule


def thread(*parts: str, more: str = "") -> str:
    lines = ["- id: story", "  kind: thread", "  at: D 09:05", "  channels: all", "  numbered: true", more, "  thread:"]
    lines += [f'    - {{id: {name}, text: {{en: "{name} of the story"}}}}' for name in parts]
    return "\n".join(line for line in lines if line) + "\n"


async def test_the_parts_of_a_thread_follow_one_another_on_every_network(theatre):
    theatre.write("posts/day.yaml", thread("first", "second", "third"))
    await theatre.start()
    await theatre.until(lambda: len(theatre.walls()) == 9)
    for network in ("mastodon", "bluesky", "telegram"):
        wall = [post for post in theatre.sandbox.walls() if post.network == network]
        assert [post.text for post in wall] == [
            "first of the story 1/3",
            "second of the story 2/3",
            "third of the story 3/3",
        ]
        assert not wall[0].reply_to
        assert [post.reply_to for post in wall[1:]] == [post.remote_id for post in wall[:2]]


async def test_a_thread_with_a_part_that_cannot_go_is_not_begun(theatre):
    more = "  on: {mastodon: {visibility: unlisted}}"
    broken = thread("first", "second", more=more).replace("second of", "{{ figure.unknown }} of")
    theatre.write("posts/day.yaml", broken)
    await theatre.start()
    await theatre.until_campaign("09:40")
    assert theatre.walls() == []
    assert theatre.states("story") == {State.APPROVED, State.HELD}


async def test_when_sight_of_a_part_is_lost_the_rest_waits_for_a_person(theatre):
    theatre.sandbox.faults.add(Rule(what="drop_after", network="telegram", path="sendMessage"))
    theatre.write("posts/day.yaml", thread("first", "second"))
    await theatre.start()
    await theatre.until(lambda: len(theatre.walls()) == 5)
    await theatre.until_campaign("09:40")
    on_telegram = [row for row in theatre.rows() if row.key.channel == "telegram-en"]
    assert [row.state for row in on_telegram] == [State.UNCONFIRMED, State.APPROVED]


async def test_once_a_part_is_public_the_parts_can_no_longer_change(theatre):
    theatre.write("posts/day.yaml", thread("first", "second"))
    await theatre.start()
    await theatre.until(lambda: len(theatre.walls()) == 6)
    before = theatre.walls()
    await theatre.edit("posts/day.yaml", thread("first", "between", "second"))
    await theatre.until_campaign("10:00")
    assert theatre.walls() == before
    assert not any(row.key.part == "between" for row in theatre.rows())

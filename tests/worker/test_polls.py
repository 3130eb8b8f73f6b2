"""A poll from its lines in the file to the walls of the networks that have polls."""

from amplify.domain.delivery import State

ASK = """\
- id: ask
  kind: call
  at: D 10:00
  channels: [mastodon, telegram]
  text: {en: Where shall we meet?}
  poll: {options: {en: [At the river, At the town hall]}, lasts: 2d, several: true, hidden: true}
"""


async def test_a_poll_is_asked_on_every_network_that_has_polls(theatre):
    theatre.write("posts/day.yaml", ASK)
    await theatre.start()
    await theatre.until(lambda: theatre.states("ask") == {State.PUBLISHED}, 12)
    asked = {post.network: post.extra["poll"] for post in theatre.sandbox.walls()}
    expected = {"options": ["At the river", "At the town hall"], "lasts": 172_800, "several": True, "hidden": True}
    assert asked == {"mastodon": expected, "telegram": expected}

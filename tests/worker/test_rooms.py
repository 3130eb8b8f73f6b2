"""A room among the accounts: posted to once, by a courier of its own; where its answer is lost, a person is asked."""

import pytest

from amplify.domain.delivery import State
from amplify.testing.faults import Rule

from .conftest import CHANNELS

*OTHERS, _TELEGRAM = CHANNELS.splitlines()
ROOM = 'room-en: {network: apprise, language: en, address: "${T_ROOM}"}'
WITH_A_ROOM = "\n".join([*OTHERS, ROOM, ""])


@pytest.mark.parametrize("theatre", [WITH_A_ROOM], indirect=True)
async def test_a_room_gets_each_post_once_and_asks_a_person_where_the_answer_is_lost(theatre):
    posts = theatre.post("first", "D 09:10", "A light for everyone.") + theatre.post("second", "D 10:10", "Two lights.")
    theatre.write("posts/day.yaml", posts)
    await theatre.start()
    await theatre.until(lambda: theatre.states("first") == {State.PUBLISHED})
    theatre.sandbox.faults.add(Rule(what="drop_after", network="apprise", method="POST"))
    await theatre.until(lambda: theatre.state("second", "room-en") is State.UNCONFIRMED)
    await theatre.until(lambda: theatre.states("second") == {State.PUBLISHED, State.UNCONFIRMED})
    assert sorted(theatre.walls()) == [
        f"{network}: {text}"
        for network in ("apprise", "bluesky", "mastodon")
        for text in ("A light for everyone.", "Two lights.")
    ]
    (first, second) = [row for row in theatre.rows() if row.key.channel == "room-en"]
    assert first.receipt.url == theatre.sandbox.urls["page"]
    assert "its answer was lost" in second.reason

"""Brakes: whoever pulls one, the next request does not leave, and nothing bursts afterwards."""

from amplify.domain.delivery import State
from amplify.services.brake import resume, stop


async def test_a_stop_from_another_terminal_keeps_everything_back_and_is_not_made_up_for(theatre):
    theatre.write("posts/day.yaml", theatre.post("now", "D 09:15", "now") + theatre.post("later", "D 10:10", "later"))
    await theatre.start()
    await theatre.until(lambda: theatre.states("now") == {State.APPROVED})
    app = theatre.app
    stop(app.ledger, app.clock, reason="a trial", by="anybody")
    await theatre.until_campaign("09:25")
    assert theatre.walls() == []
    assert resume(app.ledger, app.clock, app.written, by="one") == 1
    assert resume(app.ledger, app.clock, app.written, by="one") == 1
    await theatre.until_campaign("09:40")
    assert theatre.walls() == []
    assert resume(app.ledger, app.clock, app.written, by="two") == 0
    await theatre.until(lambda: theatre.states("later") == {State.PUBLISHED})
    assert theatre.states("now") == {State.MISSED}
    assert not any("now" in text for text in theatre.walls())


async def test_the_file_stop_keeps_everything_back_and_what_fell_into_it_is_not_made_up_for(theatre):
    theatre.write("posts/day.yaml", theatre.post("now", "D 09:15", "now") + theatre.post("later", "D 10:10", "later"))
    await theatre.start()
    await theatre.until(lambda: theatre.states("now") == {State.APPROVED})
    theatre.write("STOP", "")
    await theatre.until(lambda: theatre.states("now") == {State.MISSED})
    assert theatre.walls() == []
    (theatre.root / "STOP").unlink()
    await theatre.until(lambda: theatre.states("later") == {State.PUBLISHED})
    assert not any("now" in text for text in theatre.walls())


async def test_a_stop_between_two_channels_of_one_post_keeps_the_rest_back(theatre):
    theatre.write("posts/day.yaml", theatre.post("now", "D 09:00", "now"))
    app = theatre.app

    def pull(checkpoint: str) -> None:
        """All three are sealed and about to begin when somebody pulls the brake."""
        if checkpoint == "staged" and not app.ledger.stops():
            stop(app.ledger, app.clock, reason="second thoughts", by="one")

    await theatre.start(pull)
    await theatre.until_campaign("09:15")
    assert theatre.walls() == []
    assert theatre.states("now") == {State.APPROVED}


async def test_one_channel_can_be_stopped_alone_and_a_post_excepted(theatre):
    theatre.write("posts/day.yaml", theatre.post("usual", "D 09:10", "usual") + theatre.post("news", "D 09:20", "news"))
    await theatre.start()
    await theatre.until(lambda: theatre.states("news") == {State.APPROVED})
    app = theatre.app
    stop(app.ledger, app.clock, reason="a trial", by="one", channel="mastodon-en", except_posts=frozenset({"news"}))
    await theatre.until(lambda: theatre.states("news") == {State.PUBLISHED})
    await theatre.until_campaign("09:25")
    assert theatre.state("usual", "bluesky-en") is State.PUBLISHED
    assert theatre.state("usual", "mastodon-en") is State.APPROVED


async def test_the_file_stop_in_the_middle_of_a_thread_leaves_its_rest_to_a_person(theatre):
    parts = "".join(f"\n    - {{id: {part}, text: {{en: the {part}}}}}" for part in ("first", "second"))
    head = "- id: story\n  kind: thread\n  at: D 09:05\n  channels: [mastodon-en]\n  thread:"
    theatre.write("posts/day.yaml", f"{head}{parts}\n")

    def lay_down(checkpoint: str) -> None:
        if checkpoint == "answered":
            theatre.write("STOP", "")

    await theatre.start(lay_down)
    await theatre.until(lambda: theatre.states("story") == {State.PUBLISHED, State.HELD})
    assert theatre.walls() == ["mastodon: the first"]
    (held,) = [row for row in theatre.rows() if row.state is State.HELD]
    assert "STOP" in held.reason

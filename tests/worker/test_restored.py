"""A ledger that was put back from a copy: what went out since is found or asked about, and never goes out again."""

from dataclasses import replace
from datetime import timedelta

from amplify.domain.delivery import State
from amplify.domain.key import Key

CHANNELS = ("mastodon-en", "bluesky-en", "telegram-en")
AS_IT_WAS = "none of them forgotten"


def row(theatre, post: str, channel: str):
    return theatre.app.ledger.delivery(Key(edition="2027", post=post, channel=channel))


def posts(theatre, second: str) -> str:
    return theatre.post("same", "D 10:00", AS_IT_WAS) + theatre.post("edited", "D 10:30", second)


def restore(theatre, copy):
    """In a process of its own, as far as the ledger can tell; a short time-out makes a short quarantine."""
    theatre.app.close()
    short = timedelta(seconds=0.5)
    settings = replace(theatre.app.settings, timeout=short, connect_timeout=short)
    theatre.app = replace(theatre.app, settings=settings)
    theatre.app.restore(copy, by="one")


async def test_what_went_out_since_the_copy_is_found_or_asked_about_and_never_sent_again(theatre):
    copy = theatre.root / "copy.db"
    theatre.write("posts/day.yaml", posts(theatre, "set them free"))
    await theatre.start()
    await theatre.until(lambda: theatre.states("edited") == {State.APPROVED})
    theatre.app.back_up(copy)
    await theatre.edit("posts/day.yaml", posts(theatre, "set them all free"))
    await theatre.until(lambda: theatre.states("same") | theatre.states("edited") == {State.PUBLISHED})
    urls = {channel: row(theatre, "same", channel).receipt.url for channel in CHANNELS}
    walls = sorted(theatre.walls())
    await theatre.stop()

    restore(theatre, copy)
    assert theatre.states("same") | theatre.states("edited") == {State.UNCONFIRMED}
    theatre.write("posts/day.yaml", posts(theatre, "set them free"))
    await theatre.start()
    await theatre.until(lambda: "not on the account" in row(theatre, "edited", "mastodon-en").reason, 60)
    await theatre.until(lambda: "another text" in row(theatre, "edited", "bluesky-en").reason)
    await theatre.until(lambda: "Telegram does not show" in row(theatre, "edited", "telegram-en").reason)
    for channel in ("mastodon-en", "bluesky-en"):
        assert row(theatre, "same", channel).receipt.url == urls[channel]
    assert row(theatre, "same", "telegram-en").state is State.UNCONFIRMED
    assert theatre.states("edited") == {State.UNCONFIRMED}
    await theatre.stop()
    assert sorted(theatre.walls()) == walls

"""A notice is short whatever has happened, says what to do, and holds no secret."""

from amplify.documents.notice import letter
from amplify.domain.notice import About, Concern, News


def missed(number, channel="mastodon-en", why="50 minutes past its time"):
    return Concern(about=About.MISSED, subject=f"{number}{channel}", what=f"post-{number}", where=channel, why=why)


def told(*begun, over=(), summary="", secrets=()):
    return letter("Lantern Night", News(begun=begun, over=over, summary=summary, told={}), secrets)


def test_the_title_counts_and_the_worst_stands_first():
    halted = Concern(about=About.HALTED, subject="a", what="bluesky-en", why="the password is wrong")
    said = told(missed(1), missed(2), halted)
    assert said.title == "Lantern Night: 1 halted, 2 missed"
    assert said.body.index("bluesky-en: the password is wrong") < said.body.index("post-1")
    assert "give them a new time" in said.body


def test_the_channels_of_a_post_share_a_line_and_many_posts_are_counted():
    said = told(*(missed(number, channel) for number in range(40) for channel in ("mastodon-en", "telegram-en")))
    assert "- post-0 on mastodon-en, telegram-en: 50 minutes past its time" in said.body
    assert "- and 28 more" in said.body
    assert said.title == "Lantern Night: 80 missed"


def test_a_reason_is_one_bounded_line_and_secrets_are_struck_out():
    said = told(missed(1, why="the server said\n\n<html> canary-7\n" + "x" * 5000), secrets={"canary-7", ""})
    (line,) = [line for line in said.body.splitlines() if line.startswith("- post-1")]
    assert "the server said <html> [secret] xxx" in line
    assert len(line) <= 200


def test_ends_and_the_summary_stand_alone_where_nothing_has_begun():
    assert told(over=["the file STOP is gone"]).title == "Lantern Night: no longer so"
    said = told(summary="The last 24 hours: 3 published.")
    assert said.title == "Lantern Night: the day"
    assert "The last 24 hours: 3 published." in said.body

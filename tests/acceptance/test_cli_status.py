"""The status for people: the brake on top, what needs a hand with the words to type, what is next, who is waited for."""

from contextlib import closing
from datetime import timedelta

import pytest

from amplify.bootstrap import open_app
from amplify.domain.delivery import Event
from amplify.domain.key import Key
from amplify.ports.ledger import Outcome

from .conftest import NOW, SECRETS, Town

MORNING = "2027/morning@mastodon-en"


def approve(town: Town, *posts: str) -> None:
    for by in ("editor", "reviewer"):
        town.json("approve", *posts, "--by", by, "--yes")


def ends(town: Town, event: Event, reason: str, key: str = MORNING) -> None:
    """As a worker leaves it."""
    with closing(open_app(town.root, environ=SECRETS)) as app:
        row = app.ledger.delivery(Key.parse(key))
        assert row is not None
        if event is Event.REFUSE:
            lease = NOW + timedelta(minutes=1)
            row = app.ledger.claim(row, worker="w", account="a", lease_until=lease, now=NOW)
        app.ledger.record(row, Outcome(event=event, now=NOW, reason=reason))


def typed_below(town: Town, word: str) -> list[str]:
    """The lines below the one that begins with `word`: what to type."""
    lines = [line.strip() for line in town.amplify("status", "--all").out.splitlines()]
    start = next(number for number, line in enumerate(lines) if line.startswith(word)) + 1
    return lines[start : lines.index("", start)]


def test_what_is_next_says_how_long_it_is_until_then(applied: Town):
    approve(applied, "morning")
    applied.set_clock(NOW + timedelta(days=4, hours=22))
    out = applied.amplify("status").out
    assert "Next\n  approved  Wed 19 May 2027 09:00 (in 2 h)  mastodon-en  morning\n" in out


def test_channels_that_stand_alike_share_a_line_and_it_says_who_may(applied: Town):
    out = applied.amplify("status", "--all").out
    assert "bluesky-en, mastodon-en, telegram-en  evening  needs 2 yeses: editor or reviewer may" in out
    assert "amplify approve --by NAME" in out
    waiting = applied.json("status", "--all")["waiting"]
    assert waiting[0] == {"key": MORNING, "still_needed": 2, "said": [], "may": ["editor", "reviewer"]}


@pytest.mark.parametrize(
    ("reason", "typed"),
    [
        (
            "figure lamps is of 2027-01-01: 139 days old, 45 allowed",
            ["Write value, as_of and source of lamps anew in config/figures.yaml, then: amplify apply"],
        ),
        ("2 urgent posts went out today already", ["Tomorrow:", "amplify now morning --by NAME"]),
        (
            "the thread stopped before this part, 50 minutes ago",
            ["If the thread should still go on:", "amplify now morning --by NAME"],
        ),
        ("its words are no longer those that were planned", ["amplify plan", "amplify apply"]),
        (
            "the account says the same words in x; write `again: true` if that is meant",
            ["Write other words in posts/all.yaml, or `again: true`, then: amplify apply"],
        ),
        ("it is too long", ["amplify check", "Correct posts/all.yaml, then: amplify apply"]),
    ],
)
def test_what_is_held_says_what_to_do_for_each_reason(applied: Town, reason: str, typed: list[str]):
    ends(applied, Event.HOLD, reason)
    assert typed_below(applied, "held") == typed


def test_what_was_refused_says_where_to_write_it_anew(applied: Town):
    approve(applied, "morning")
    ends(applied, Event.REFUSE, "the server does not take it")
    assert typed_below(applied, "failed") == ["Write it another way in posts/all.yaml, then: amplify apply"]


def test_what_was_missed_gets_a_new_slot_by_its_name_and_only_that(applied: Town):
    ends(applied, Event.MISS, "46 minutes past its time")
    assert typed_below(applied, "missed") == ["amplify now morning --by NAME"]
    ends(applied, Event.MISS, "46 minutes past its time", "2027/evening@telegram-en")
    assert "amplify now 2027/evening@telegram-en --by NAME" in typed_below(applied, "missed")


def test_what_belongs_to_a_day_that_is_over_is_left_alone(applied: Town):
    ends(applied, Event.MISS, "its day is over, and its words hold on that day only")
    assert typed_below(applied, "missed") == ["Its day is over. Write it anew if it still matters."]


def test_the_brake_is_on_top_with_how_to_go_on_and_whose_word_is_missing(applied: Town):
    applied.json("stop", "--reason", "a death", "--by", "passer-by")
    applied.write("stop.txt", "")
    top = applied.amplify("status").out.splitlines()[:5]
    assert top == [
        "STOPPED: the file stop.txt lies in the campaign's folder.",
        "STOPPED: passer-by stopped it: a death.",
        "To go on: remove the file from the campaign's folder.",
        "To go on: `amplify resume --by NAME`; 2 people must say so: editor or reviewer.",
        "",
    ]
    assert "1 more person must say so: reviewer." in applied.amplify("resume", "--by", "editor").out
    assert "editor said so; 1 more person must say so: reviewer." in applied.amplify("status").out
    assert applied.json("resume", "--by", "reviewer") == {"stopped": True, "still_needed": 0}
    assert "resume" not in applied.amplify("status").out


def test_what_fell_into_a_stop_says_that_it_will_be_missed(applied: Town):
    approve(applied, "morning", "evening")
    applied.json("stop", "--reason", "a death", "--by", "editor", "--channel", "mastodon-en")
    applied.set_clock(NOW + timedelta(days=5, minutes=5))
    out = applied.amplify("status", "--all").out
    assert "(5 min ago)  mastodon-en" in out
    assert "its time fell into the stop, so it will be missed" in out
    assert "evening  stopped by editor" in out


def test_only_what_is_urgent_is_spared_in_the_middle_of_a_stop(applied: Town):
    applied.json("stop", "--reason", "a death", "--by", "editor")
    said = applied.amplify("stop", "--reason", "a death", "--by", "reviewer", "--except", "morning").out
    assert "morning stays stopped by the earlier stop: only what is urgent can be spared afterwards." in said
    applied.change("posts/all.yaml", "- id: morning\n", "- id: morning\n  urgent: true\n")
    applied.json("apply")
    assert "Goes out all the same: morning." in applied.amplify("status").out


def test_whether_a_worker_runs_is_told(applied: Town):
    assert "No worker runs here" in applied.amplify("status").out
    with closing(open_app(applied.root, environ=SECRETS)) as app:
        app.ledger.hold("a worker")
        assert applied.json("status")["worker"] is True
        assert "The worker runs." in applied.amplify("status").out
    assert applied.json("status")["worker"] is False


def test_now_says_what_would_keep_it_and_until_when(applied: Town):
    applied.set_clock(NOW + timedelta(hours=14))
    said = applied.amplify("now", "morning", "--by", "editor", typed="n\n").err
    assert "quiet hours, 22:00 to 07:00. It would wait until Sat 15 May 2027 07:00" in said
    assert "and be missed at Fri 14 May 2027 23:45" in said
    applied.change("posts/all.yaml", "- id: morning\n", "- id: morning\n  urgent: true\n")
    applied.json("apply")
    assert applied.amplify("now", "morning", "--by", "editor", typed="n\n").err == ""
    applied.json("stop", "--reason", "a death", "--by", "reviewer")
    assert "stopped by reviewer: a death" in applied.amplify("now", "morning", "--by", "editor", typed="n\n").err


def test_what_the_worker_cannot_connect_is_told_with_the_reason(applied: Town):
    with closing(open_app(applied.root, environ=SECRETS)) as app:
        app.ledger.miss("mastodon-en", "the proxy socks5h://127.0.0.1:9050 does not answer", NOW)
        assert applied.json("status")["away"] == {}, "what was so for a worker that is gone"
        app.ledger.hold("a worker")
        told = applied.amplify("status").out
        away = applied.json("status")["away"]
        app.ledger.meet("mastodon-en")
        assert "NOT CONNECTED" not in applied.amplify("status").out
        app.ledger.miss("mastodon-en", "the token was refused", NOW)
        who = {"id": "1", "name": "@lamp", "url": "https://mastodon.example/@lamp"}
        app.ledger.bind("mastodon-en", **who, limits=app.networks["mastodon"].defaults, now=NOW)
        app.ledger.halt("mastodon-en", "the token was refused", NOW)
        assert applied.json("status")["away"] == {}, "what is halted is told as that"
    why = "the proxy socks5h://127.0.0.1:9050 does not answer"
    assert f"NOT CONNECTED: mastodon-en, since Fri 14 May 2027 09:00: {why}. `amplify channels check" in told
    assert away["mastodon-en"]["why"] == why

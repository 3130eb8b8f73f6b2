"""Coordinators are told what needs them: once, at a decent hour, and never more than is good to have on a phone."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from amplify.bootstrap import CLOCK_FILE
from amplify.clockwork.clocks import wind
from amplify.domain.delivery import State
from amplify.services.apply import apply
from amplify.services.brake import resume, stop
from amplify.services.rehearse import approve_all
from amplify.testing.faults import Rule
from protecting import protect
from worker.switchboard import switchboard

TEN = [f"D {9 + half // 2:02}:{half % 2 * 30:02}" for half in range(10)]
STATUSES = {"network": "mastodon", "method": "POST", "path": "/api/v1/statuses"}
MESSAGES = {"network": "telegram", "path": "sendMessage"}


@pytest.fixture
def board():
    with switchboard() as board:
        yield board


@pytest.fixture
def var(theatre):
    return theatre.root / "var"


def strict(theatre):
    """What is later than 45 minutes is missed."""
    rules = (theatre.root / "config" / "campaign.yaml").read_text().replace("late: 6h", "late: 45m")
    theatre.write("config/campaign.yaml", rules)


def accept_all(theatre):
    app = theatre.app
    apply(app.folder.files(), app.workshop, app.ledger, by="one")
    approve_all(app.ledger, app.clock, 2)


def set_clock(theatre, hour, minute, second=0, speed=1200.0):
    """It stands at that time of the campaign's day in Vienna."""
    file = theatre.root / "var" / CLOCK_FILE
    file.unlink()
    at = datetime(2027, 5, 21, 0, minute, second, tzinfo=UTC) + timedelta(hours=hour - 2)
    wind(file, start=at, speed=speed, spring=timedelta())


async def test_six_hours_down_with_ten_posts_due_is_one_notice(theatre, board, var):
    strict(theatre)
    posts = [theatre.post(f"post-{number}", time, f"number {number}") for number, time in enumerate(TEN)]
    theatre.write("posts/day.yaml", "".join(posts) + theatre.post("next", "D 15:00", "back again"))
    accept_all(theatre)
    set_clock(theatre, 14, 59, 50, speed=1)
    unhurried = board.outside(var, "all", look=timedelta(seconds=3))  # as it is: what a start finds is told together
    await theatre.start(outside=unhurried)
    wind(var / CLOCK_FILE, start=theatre.app.clock.now(), speed=1, spring=timedelta(minutes=5))
    await theatre.until(lambda: theatre.states("next") == {State.PUBLISHED} and board.notices, 30)
    await theatre.stop()

    (notice,) = board.notices
    assert "30 missed" in notice["title"]
    for number in range(10):
        assert f"- post-{number} on bluesky-en, mastodon-en, telegram-en: " in notice["message"]
        assert f"number {number}" not in notice["message"]
    assert {state for number in range(10) for state in theatre.states(f"post-{number}")} == {State.MISSED}
    assert all(row.published_at - row.due < timedelta(minutes=1) for row in theatre.rows() if row.published_at)

    await theatre.start(outside=board.outside(var, "all"))
    await theatre.stop()
    assert len(board.notices) == 1
    (kept,) = (var / "notices").iterdir()
    kept.unlink()
    await theatre.start(outside=board.outside(var, "all"))
    await theatre.stop()
    assert len(board.notices) == 2


async def test_at_night_only_what_is_urgent_is_told_and_the_rest_comes_in_one_notice_in_the_morning(
    theatre, board, var
):
    refused = {"ok": False, "error_code": 401, "description": "Unauthorized"}
    theatre.sandbox.faults.add(Rule(what="status", arg=401, body=refused, **MESSAGES))
    theatre.sandbox.faults.add(Rule(what="status", arg=422, body={"error": "Text is not to our taste"}, **STATUSES))
    theatre.write("posts/day.yaml", theatre.post("alarm", "D 03:00", "an alarm", "urgent: true"))
    set_clock(theatre, 2, 59)
    accept_all(theatre)
    await theatre.start(outside=board.outside(var, "all"))
    await theatre.until(lambda: "telegram-en: " in board.said())
    assert "1 halted" in board.notices[0]["title"]
    assert theatre.state("alarm", "mastodon-en") is State.FAILED
    wind(var / CLOCK_FILE, start=theatre.app.clock.now(), speed=6000, spring=timedelta(minutes=5))
    await theatre.until(lambda: "failed" in board.said())
    assert theatre.app.clock.now() >= datetime(2027, 5, 21, 5, 0, tzinfo=UTC)
    (night, morning) = board.notices
    assert "failed" not in night["title"] + night["message"]
    assert "1 failed" in morning["title"]
    assert "- alarm on mastodon-en: " in morning["message"]
    assert "The last 24 hours: 1 published, 1 failed." in morning["message"]


async def test_a_lost_answer_a_brake_and_their_ends_are_told(theatre, board, var):
    theatre.sandbox.faults.add(Rule(what="drop_after", **MESSAGES))
    theatre.write("posts/day.yaml", theatre.post("first", "D 09:00", "did it arrive?"))
    await theatre.start(outside=board.outside(var, "all"))
    await theatre.until(lambda: "perhaps public" in board.said().lower())
    assert "2027/first@telegram-en: " in board.said()
    app = theatre.app
    stop(app.ledger, app.clock, reason="an arrest", by="one")
    await theatre.until(lambda: "one stopped it: an arrest" in board.said())
    resume(app.ledger, app.clock, app.written, by="one")
    resume(app.ledger, app.clock, app.written, by="two")
    await theatre.until(lambda: "lifted: one stopped it: an arrest" in board.said())
    theatre.write("STOP", "")
    await theatre.until(lambda: "the file STOP lies" in board.said())
    (theatre.root / "STOP").unlink()
    await theatre.until(lambda: "the file STOP is gone" in board.said())
    assert "did it arrive?" not in board.said()
    assert len([notice for notice in board.notices if "first@telegram-en" in notice["message"]]) == 1


async def test_of_a_post_about_a_person_the_key_and_the_state_are_told_and_nothing_else(theatre, board, var):
    body = {"error": "Validation failed: Text “somebody of invention” is not to our taste"}
    for path in ("/api/v1/statuses",) * 2:
        theatre.sandbox.faults.add(
            Rule(what="status", arg=422, body=body, network="mastodon", method="POST", path=path)
        )
    profile = theatre.post("portrait", "D 09:00", "somebody of invention", "person: p-1").replace(
        "statement", "profile"
    )
    path = protect(theatre.root, consents={"p-1": {"name": "Somebody"}})
    environ = {**theatre.app.settings.environ, "AMPLIFY_PROTECTED": str(path)}
    theatre.app = replace(theatre.app, settings=replace(theatre.app.settings, environ=environ))
    usual = theatre.post("usual", "D 09:10", "something usual")
    theatre.write("posts/day.yaml", (profile + usual).replace("channels: all", "channels: [mastodon-en]"))
    await theatre.start(outside=board.outside(var, "all"))
    await theatre.until(lambda: "usual on mastodon-en" in board.said())
    lines = board.said().splitlines()
    assert "- 2027/portrait@mastodon-en" in lines
    assert any(line.startswith("- usual on mastodon-en: ") and "not to our taste" in line for line in lines)
    assert not any("somebody of invention" in line for line in lines if "portrait" in line)


async def test_an_address_that_refuses_keeps_nothing_from_another_and_is_told_of_once(theatre, board, var):
    await theatre.start(outside=board.outside(var, "bad", "good"))
    theatre.write("STOP", "")
    await theatre.until(lambda: "the file STOP lies" in board.said("good") and board.tries >= 2)
    (theatre.root / "STOP").unlink()
    await theatre.until(lambda: "is gone" in board.said("good"))
    await theatre.stop()
    complaints = [words for words in theatre.said if "A notice to address 1 (json)" in words]
    assert len(complaints) == 1
    assert "the service answered 503" in complaints[0]
    assert "canary-5d3f" not in "".join(theatre.said)
    await theatre.start(outside=board.outside(var, "good"))
    await theatre.stop()
    assert board.said().count("the file STOP lies") == 1

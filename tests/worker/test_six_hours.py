"""A machine was off while posts fell due: nothing goes out late, and what comes next goes out on time."""

from datetime import UTC, datetime, timedelta

from amplify.bootstrap import CLOCK_FILE
from amplify.clockwork.clocks import wind
from amplify.domain.delivery import State
from amplify.services.apply import apply
from amplify.services.rehearse import approve_all

TEN = [f"D {9 + half // 2:02}:{half % 2 * 30:02}" for half in range(10)]
ONLY = "languages: [en]"


def at(hour, minute, second=0):
    """In Vienna, on the campaign's day."""
    return datetime(2027, 5, 21, hour - 2, minute, second, tzinfo=UTC)


async def test_six_hours_down_with_ten_posts_due_none_is_late_and_ten_are_missed(theatre):
    rules = (theatre.root / "config" / "campaign.yaml").read_text().replace("late: 6h", "late: 45m")
    theatre.write("config/campaign.yaml", rules)
    posts = [theatre.post(f"post-{number}", time, f"number {number}") for number, time in enumerate(TEN)]
    theatre.write("posts/day.yaml", "".join(posts) + theatre.post("next", "D 15:00", "back again"))
    app = theatre.app
    apply(app.folder.files(), app.workshop, app.ledger, by="one")
    approve_all(app.ledger, app.clock, 2)

    file = theatre.root / "var" / CLOCK_FILE
    file.unlink()
    wind(file, start=at(14, 59, 55), speed=1, spring=timedelta())
    await theatre.start()
    wind(file, start=at(14, 59, 55), speed=1, spring=timedelta(minutes=5))
    await theatre.until(lambda: theatre.states("next") == {State.PUBLISHED}, 30)
    assert {state for number in range(10) for state in theatre.states(f"post-{number}")} == {State.MISSED}
    assert sorted(theatre.walls()) == [f"{name}: back again" for name in ("bluesky", "mastodon", "telegram")]
    assert all(
        timedelta() <= row.published_at - row.due < timedelta(minutes=1) for row in theatre.rows() if row.published_at
    )

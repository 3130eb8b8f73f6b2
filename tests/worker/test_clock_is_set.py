"""The campaign's clock is set while a post waits, as after a night in which the machine slept."""

from datetime import UTC, datetime, timedelta

from amplify.bootstrap import CLOCK_FILE
from amplify.clockwork.clocks import wind
from amplify.domain.delivery import State


def set_clock(theatre, hour, minute, second):
    """In Vienna, on the campaign's day; it goes on at the pace of ours."""
    file = theatre.root / "var" / CLOCK_FILE
    fresh = file.with_suffix(".set")
    at = datetime(2027, 5, 21, hour - 2, minute, second, tzinfo=UTC)
    wind(fresh, start=at, speed=1, spring=timedelta(minutes=5))
    fresh.replace(file)


async def test_a_post_that_waits_goes_out_when_the_clock_says_so_however_it_came_to_say_so(theatre):
    rules = (theatre.root / "config" / "campaign.yaml").read_text().replace("least_gap: 5m", "least_gap: 60m")
    theatre.write("config/campaign.yaml", rules)
    theatre.write("posts/day.yaml", theatre.post("first", "D 09:00", "one") + theatre.post("next", "D 09:00", "two"))
    began = []

    def begin(_):
        if not began:
            began.append(set_clock(theatre, 9, 0, 5))

    await theatre.start(begin)
    await theatre.until(lambda: theatre.states("first") == {State.PUBLISHED})
    # it is waited for with the clock at its ordinary pace: an hour
    await theatre.until(lambda: all(lane.waits for lane in theatre.worker._lanes.values()))
    set_clock(theatre, 10, 1, 0)
    await theatre.until(lambda: theatre.states("next") == {State.PUBLISHED})

"""A machine whose clock is set while a worker runs: spans are as long as they were."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from amplify.clockwork.apscheduler_clock import SchedulerAlarm
from amplify.clockwork.clocks import SystemClock


class SetClock:
    """Machine time as it is after the wall clock was set by `step`."""

    def __init__(self, step: timedelta) -> None:
        self.step = step

    def now(self) -> datetime:
        return datetime.now(UTC)

    def machine(self) -> datetime:
        return datetime.now(UTC) - self.step

    def on_machine(self, at: datetime) -> datetime:
        return at - self.step


@pytest.mark.parametrize("step", [timedelta(hours=-5), timedelta(), timedelta(hours=5)])
async def test_the_alarm_sleeps_as_long_as_it_was_told_wherever_the_wall_clock_stands(step: timedelta):
    clock = SetClock(step)
    alarm = SchedulerAlarm(clock)
    began = asyncio.get_running_loop().time()
    async with asyncio.timeout(30):
        await alarm.sleep_until(clock.machine() + timedelta(seconds=0.3))
    assert asyncio.get_running_loop().time() - began >= 0.25
    alarm.close()


async def test_the_alarm_wakes_at_once_when_somebody_rings():
    alarm = SchedulerAlarm(SystemClock())
    asyncio.get_running_loop().call_soon(alarm.ring)
    async with asyncio.timeout(30):
        await alarm.sleep_until(datetime.now(UTC) + timedelta(hours=1))
    alarm.close()


def test_machine_time_goes_on_from_the_wall_time_and_maps_campaign_time_by_what_is_left():
    clock = SystemClock()
    assert abs(clock.machine() - datetime.now(UTC)) < timedelta(seconds=30)
    in_an_hour = clock.on_machine(clock.now() + timedelta(hours=1)) - clock.machine()
    assert abs(in_an_hour - timedelta(hours=1)) < timedelta(seconds=30)

"""APScheduler 3.x: the alarm that wakes the worker, and the calendar that computes recurrences.

It holds no job that matters: one date job in memory, replaced at every sleep. Recurrences are iterated
in UTC on naive wall times, so that the nights on which clocks change fire once; what instant such a wall
time means is decided in `domain.when`.
"""

import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime, time, timedelta

from amplify.clockwork.clocks import wall_time_in
from amplify.domain.post import Repeat
from amplify.ports.clock import Clock

_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_EVERY = re.compile(r"(?P<unit>[a-z]+)(?: (?P<day>\d{1,2}))? (?P<hour>\d{1,2}):(?P<minute>\d{2})")
_CRON_FIELDS = ("minute", "hour", "day", "month", "day_of_week")


#: How long after its instant to wake at the latest, should the wall clock have been set back meanwhile.
_SLACK = timedelta(seconds=1)


class SchedulerAlarm:
    """`ports.clock.Alarm`; make it inside the running event loop.

    APScheduler goes by the wall clock, and instants here are machine time: what is left until then is mapped.
    """

    def __init__(self, clock: Clock) -> None:
        import asyncio

        from apscheduler.schedulers.asyncio import AsyncIOScheduler

        self._clock = clock
        self._rung = asyncio.Event()
        self._scheduler = AsyncIOScheduler(timezone=UTC)
        self._scheduler.start()

    async def sleep_until(self, at: datetime) -> None:
        import asyncio

        from apscheduler.triggers.date import DateTrigger

        left = max(at - self._clock.machine(), timedelta())
        job = self._scheduler.add_job(self._rung.set, DateTrigger(wall_time_in(left)), misfire_grace_time=None)
        try:
            with suppress(TimeoutError):
                async with asyncio.timeout((left + _SLACK).total_seconds()):
                    await self._rung.wait()
        finally:
            self._rung.clear()
            if self._scheduler.get_job(job.id) is not None:
                job.remove()

    def ring(self) -> None:
        self._rung.set()

    def close(self) -> None:
        self._scheduler.shutdown(wait=False)


class CronRecurrence:
    """`ports.clock.Recurrence`."""

    def wall_times(self, repeat: Repeat) -> Iterator[tuple[str, datetime]]:
        from apscheduler.triggers.cron import CronTrigger

        fields = _every_fields(repeat.every) if repeat.every else _cron_fields(repeat.cron)
        trigger = CronTrigger(**fields, timezone=UTC)
        weekly, monthly = fields.get("day_of_week", "*") != "*", fields.get("day", "*") != "*"
        end = datetime.combine(repeat.until, time.max, UTC)
        at = trigger.get_next_fire_time(None, datetime.combine(repeat.since, time.min, UTC))
        last = ""
        while at is not None and at <= end:
            label = (
                f"{at:%G-W%V}"
                if weekly and not monthly
                else f"{at:%Y-%m}"
                if monthly and not weekly
                else f"{at:%Y-%m-%d}"
            )
            if label == last:
                raise ValueError(f"it would go out twice in {label}; make it two posts")
            last = label
            yield label, at.replace(tzinfo=None)
            at = trigger.get_next_fire_time(at, at + timedelta(microseconds=1))


def _every_fields(every: str) -> dict[str, str]:
    found = _EVERY.fullmatch(every.strip().lower())
    if found is None:
        raise ValueError(f"“{every}” is not understood; write `day 09:00`, `monday 09:00` or `day 21 09:00`")
    unit, day = found["unit"], found["day"]
    if int(found["hour"]) > 23 or int(found["minute"]) > 59 or int(day or 1) not in range(1, 32):  # noqa: PLR2004
        raise ValueError(f"“{every}” has a day or an hour that does not exist")
    fields = {"hour": found["hour"], "minute": found["minute"]}
    if unit == "day":
        return {**fields, "day": day} if day else fields
    if unit not in _WEEKDAYS or day:
        raise ValueError(f"“{unit}” is no day of the week; write {', '.join(_WEEKDAYS)} or `day`")
    return {**fields, "day_of_week": unit[:3]}


def _cron_fields(cron: str) -> dict[str, str]:
    from apscheduler.triggers.cron import CronTrigger

    parts = cron.lower().split()
    if len(parts) != len(_CRON_FIELDS):
        raise ValueError(f"“{cron}” has {len(parts)} fields; a cron line has five: minute hour day month weekday")
    if any(character.isdigit() for character in parts[4]):
        raise ValueError("write weekdays by name (mon, tue …): numbers mean different days in different tools")
    fields = dict(zip(_CRON_FIELDS, parts, strict=True))
    try:
        CronTrigger(**fields, timezone=UTC)
    except ValueError as error:
        raise ValueError(f"“{cron}” is not a cron line: {error}") from None
    return fields

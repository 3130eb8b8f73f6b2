"""Times as coordinators write them, and the one instant each of them means.

A wall time that a zone skips (spring) is taken with the offset before the change, so 02:30 becomes
03:30; one that it repeats (autumn) is taken the first time. Both are told, never guessed in silence.
"""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone
from functools import cache
from zoneinfo import ZoneInfo

#: How times are written.
WHEN = re.compile(
    r"(?:(?P<relative>[Dd](?:\s?(?P<sign>[+\-–−])\s?(?P<days>\d{1,3}))?)|(?P<date>\d{4}-\d{2}-\d{2}))"
    r"[ T](?P<hour>\d{1,2}):(?P<minute>\d{2})(?::00)?"
    r"(?:\s?(?P<offset>Z|[+-]\d{2}:\d{2})|\s?\[(?P<zone>[A-Za-z_]+(?:/[A-Za-z0-9_+\-]+)*)\])?"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class When:
    """A time as written: relative to the campaign's day, or a date; on the wall of a zone, or with an offset."""

    label: str
    days: int | None = None
    on: date | None = None
    clock: time
    zone: str = ""
    offset: timedelta | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Instant:
    """What a `When` means: the moment in UTC, and a warning where the wall clock jumps."""

    at: datetime
    warning: str = ""


@cache
def zone_named(name: str) -> ZoneInfo:
    """The time zone of that IANA name. Raises ValueError."""
    try:
        return ZoneInfo(name)
    except (KeyError, OSError, ValueError):
        raise ValueError(f"no time zone is called “{name}”; write a place such as Europe/Vienna") from None


def parse_when(text: str) -> When:
    """Read `D-7 09:00`, `2027-05-21 09:00`, `… +02:00` or `… [Europe/Minsk]`. Raises ValueError."""
    found = WHEN.fullmatch(text.strip())
    if found is None:
        raise ValueError(f"“{text}” is not a time; write `D-7 09:00` or `2027-05-21 09:00`")
    part = found.groupdict()
    try:
        day = date.fromisoformat(part["date"]) if part["date"] else None
    except ValueError:
        raise ValueError(f"there is no day {part['date']}; look at a calendar") from None
    try:
        clock = time(int(part["hour"]), int(part["minute"]))
    except ValueError:
        told = f"there is no {part['hour']}:{part['minute']}"
        raise ValueError(f"{told}; hours go from 00:00 to 23:59, and midnight is 00:00 of the next day") from None
    days = None
    if part["relative"]:
        days = int(part["days"] or 0) * (1 if part["sign"] == "+" else -1)
    if part["zone"]:
        zone_named(part["zone"])
    return When(
        label=_label(days, day, clock, part["offset"], part["zone"]),
        days=days,
        on=day,
        clock=clock,
        zone=part["zone"] or "",
        offset=_offset(part["offset"]),
    )


def resolve(when: When, day: date, zone: str) -> Instant:
    """The instant that `when` means for a campaign whose day is `day`, in its `zone`."""
    on = when.on if when.on is not None else day + timedelta(days=when.days or 0)
    local = datetime.combine(on, when.clock)
    if when.offset is not None:
        return Instant(at=local.replace(tzinfo=timezone(when.offset)).astimezone(UTC))
    return on_wall(local, when.zone or zone)


def on_wall(local: datetime, zone: str) -> Instant:
    """The instant at which the wall clock of `zone` shows `local`; gaps and folds as the module says."""
    place = zone_named(zone)
    first = local.replace(tzinfo=place, fold=0)
    at = first.astimezone(UTC)
    shown = at.astimezone(place)
    if shown.replace(tzinfo=None) != local:
        return Instant(at=at, warning=f"{local:%Y-%m-%d %H:%M} does not exist in {zone}; it goes out at {shown:%H:%M}")
    if first.utcoffset() != local.replace(tzinfo=place, fold=1).utcoffset():
        return Instant(at=at, warning=f"{local:%Y-%m-%d %H:%M} comes twice in {zone}; it goes out the first time")
    return Instant(at=at)


def _offset(text: str | None) -> timedelta | None:
    if text is None:
        return None
    if text == "Z":
        return timedelta()
    hours, minutes = text[1:].split(":")
    span = timedelta(hours=int(hours), minutes=int(minutes))
    return -span if text[0] == "-" else span


def _label(days: int | None, day: date | None, clock: time, offset: str | None, zone: str | None) -> str:
    on = day.isoformat() if day else "D" if not days else f"D{days:+d}"
    where = offset or (f"[{zone}]" if zone else "")
    return f"{on} {clock:%H:%M}{where}"

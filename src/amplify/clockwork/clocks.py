"""The two clocks: the machine's own, and a squeezed one that plays a day in a minute or two.

Campaign time follows the wall clock, wherever somebody sets it. Machine time measures spans: it is the wall time at
which the process began, counted on by a clock that nobody can set, so that a quarantine is not over because a
machine has corrected its time. A span that began in another process may be off by such a correction.

A squeezed clock lives in a small file, so that every process of a rehearsal reads the same time. It
only runs while somebody keeps winding it: what is not played has not passed when playing goes on.
"""

import json
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Self


def wall_time_in(span: timedelta) -> datetime:
    """What the wall clock will show, should nobody set it; for libraries that go by it."""
    return datetime.now(UTC) + span


@dataclass(frozen=True, slots=True)
class _Steady:
    """Counts on from the wall time at which it was made."""

    wall: datetime = field(default_factory=lambda: datetime.now(UTC))
    began: float = field(default_factory=time.monotonic)

    def time(self) -> datetime:
        return self.wall + timedelta(seconds=time.monotonic() - self.began)


@dataclass(frozen=True, slots=True)
class SystemClock:
    """Campaign time is the wall clock's."""

    _steady: _Steady = field(default_factory=_Steady)

    def now(self) -> datetime:
        return datetime.now(UTC)

    def machine(self) -> datetime:
        return self._steady.time()

    def on_machine(self, at: datetime) -> datetime:
        return self.machine() + (at - self.now())


@dataclass(frozen=True, slots=True, kw_only=True)
class _Wound:
    """Campaign time was `campaign` at wall time `wall`; it runs `speed` times as fast, until `until`."""

    campaign: datetime
    wall: datetime
    speed: float
    until: datetime

    @classmethod
    def load(cls, file: Path) -> Self:
        said = json.loads(file.read_text())
        times = {name: datetime.fromisoformat(said[name]) for name in ("campaign", "wall", "until")}
        return cls(speed=said["speed"], **times)


@dataclass(frozen=True, slots=True)
class SqueezedClock:
    """A clock in `file`; see wind()."""

    file: Path
    _steady: _Steady = field(default_factory=_Steady)

    def now(self) -> datetime:
        wound = _Wound.load(self.file)
        return wound.campaign + max(timedelta(), min(datetime.now(UTC), wound.until) - wound.wall) * wound.speed

    def machine(self) -> datetime:
        return self._steady.time()

    def on_machine(self, at: datetime) -> datetime:
        """Counted from now, so that what is not played does not pass either."""
        return self.machine() + (at - self.now()) / _Wound.load(self.file).speed


def wind(file: Path, *, start: datetime, speed: float, spring: timedelta) -> SqueezedClock:
    """Set going, or on from where it stood or stands: it runs for `spring` and wants winding before that ends."""
    clock = SqueezedClock(file)
    wall = datetime.now(UTC)
    _write(
        file,
        _Wound(campaign=clock.now() if file.exists() else start, wall=wall, speed=speed, until=wall + spring),
    )
    return clock


def _write(file: Path, wound: _Wound) -> None:
    said = {
        "campaign": wound.campaign.isoformat(),
        "wall": wound.wall.isoformat(),
        "speed": wound.speed,
        "until": wound.until.isoformat(),
    }
    file.parent.mkdir(parents=True, exist_ok=True)
    fresh = file.with_suffix(".new")
    fresh.write_text(json.dumps(said))
    fresh.replace(file)

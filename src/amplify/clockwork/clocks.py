"""The two clocks: the machine's own, and a squeezed one that plays a day in a minute or two.

A squeezed clock lives in a small file, so that every process of a rehearsal reads the same time. It
only runs while somebody keeps winding it: what is not played has not passed when playing goes on.
"""

import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Self


@dataclass(frozen=True, slots=True)
class SystemClock:
    """Campaign time is machine time."""

    def now(self) -> datetime:
        return datetime.now(UTC)

    def machine(self) -> datetime:
        return datetime.now(UTC)

    def on_machine(self, at: datetime) -> datetime:
        return at


@dataclass(frozen=True, slots=True, kw_only=True)
class _Wound:
    """Campaign time was `campaign` at machine time `machine`; it runs `speed` times as fast, until `until`."""

    campaign: datetime
    machine: datetime
    speed: float
    until: datetime

    @classmethod
    def load(cls, file: Path) -> Self:
        said = json.loads(file.read_text())
        times = {name: datetime.fromisoformat(said[name]) for name in ("campaign", "machine", "until")}
        return cls(speed=said["speed"], **times)


@dataclass(frozen=True, slots=True)
class SqueezedClock:
    """A clock in `file`; see wind()."""

    file: Path

    def now(self) -> datetime:
        wound = _Wound.load(self.file)
        return wound.campaign + max(timedelta(), min(self.machine(), wound.until) - wound.machine) * wound.speed

    def machine(self) -> datetime:
        return datetime.now(UTC)

    def on_machine(self, at: datetime) -> datetime:
        """Counted from now, so that what is not played does not pass either."""
        return self.machine() + (at - self.now()) / _Wound.load(self.file).speed


def wind(file: Path, *, start: datetime, speed: float, spring: timedelta) -> SqueezedClock:
    """Set going, or on from where it stood: it runs for `spring` and wants winding before that ends."""
    clock = SqueezedClock(file)
    machine = clock.machine()
    _write(
        file,
        _Wound(campaign=clock.now() if file.exists() else start, machine=machine, speed=speed, until=machine + spring),
    )
    return clock


def keep_wound(clock: SqueezedClock, spring: timedelta) -> None:
    """Let it run for another `spring` from now, at the pace it has."""
    wound = _Wound.load(clock.file)
    until = clock.machine() + spring
    _write(clock.file, _Wound(campaign=wound.campaign, machine=wound.machine, speed=wound.speed, until=until))


def _write(file: Path, wound: _Wound) -> None:
    said = {
        "campaign": wound.campaign.isoformat(),
        "machine": wound.machine.isoformat(),
        "speed": wound.speed,
        "until": wound.until.isoformat(),
    }
    file.parent.mkdir(parents=True, exist_ok=True)
    fresh = file.with_suffix(".new")
    fresh.write_text(json.dumps(said))
    fresh.replace(file)

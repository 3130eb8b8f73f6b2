"""A clock that is turned by hand."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta


@dataclass(slots=True)
class HandClock:
    """`ports.clock.Clock`; both of its times are `at`."""

    at: datetime = datetime(2027, 5, 1, 8, tzinfo=UTC)

    def now(self) -> datetime:
        return self.at

    def machine(self) -> datetime:
        return self.at

    def on_machine(self, at: datetime) -> datetime:
        return at

    def pass_by(self, span: timedelta) -> None:
        self.at += span

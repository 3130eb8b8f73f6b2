"""Where people meet, and when: something to go to, announced by somebody who can be named."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from amplify.domain.figure import Source
from amplify.domain.when import zone_named


class Standing(StrEnum):
    CONFIRMED = "confirmed"
    PROPOSED = "proposed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """An event in one city. `begins` and `ends` are instants in UTC; people there read them on the wall of `zone`.

    What is only proposed is never printed.
    """

    id: str
    city: Mapping[str, str]
    place: Mapping[str, str] = field(default_factory=dict)
    what: Mapping[str, str] = field(default_factory=dict)
    begins: datetime
    ends: datetime | None = None
    zone: str
    source: Source
    status: Standing = Standing.CONFIRMED

    def on_wall(self, at: datetime) -> datetime:
        """An instant as the clocks of its city show it."""
        return at.astimezone(zone_named(self.zone))

    @property
    def day(self) -> date:
        """The day on which it begins, there."""
        return self.on_wall(self.begins).date()

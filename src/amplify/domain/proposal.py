"""A number that somebody, or something that reads a page, has proposed for a figure. Only a person confirms it.

Until then nothing is printed from it, and the number in force stays (decision 0021).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from amplify.domain.figure import Qualifier, Source, Version


class ProposalState(StrEnum):
    OPEN = "open"
    CONFIRMED = "confirmed"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """`id` is the ledger's number, 0 before it has one. Numbers as in Version.

    `by` is a handle, or the name of a figure source where `fetched`. `counted` says what was counted and `page` where
    that was read; `reason` is why an unlikely number is true; `doubts` are what was doubtful when it was proposed, for
    people. `settled_*` say who ended it, when and why.
    """

    id: int = 0
    figure: str
    value: int | None = None
    low: int | None = None
    high: int | None = None
    qualifier: Qualifier = Qualifier.EXACT
    as_of: date
    source: Source
    by: str
    at: datetime
    fetched: bool = False
    counted: str = ""
    reason: str = ""
    doubts: tuple[str, ...] = ()
    page: str = ""
    period: str = ""
    breakdown: Mapping[str, int] = field(default_factory=dict)
    raw: str = ""
    note: str = ""
    published_on: date | None = None
    corrects: str = ""
    state: ProposalState = ProposalState.OPEN
    settled_by: str = ""
    settled_at: datetime | None = None
    settled_reason: str = ""

    @property
    def is_open(self) -> bool:
        return self.state is ProposalState.OPEN

    @property
    def version(self) -> Version:
        """What the figure would say; nobody has confirmed it yet."""
        return Version(
            as_of=self.as_of,
            value=self.value,
            low=self.low,
            high=self.high,
            qualifier=self.qualifier,
            period=self.period,
            source=self.source,
            breakdown=self.breakdown,
            raw=self.raw,
            note=self.note,
            published_on=self.published_on,
            retrieved_at=self.at.replace(second=0, microsecond=0),
            reason=self.reason,
            corrects=self.corrects,
            entered_by="" if self.fetched else self.by,
        )

"""What an export says of a campaign. Names are already what may be told: pseudonyms, unless somebody asked for more."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum


class LeftOut(StrEnum):
    """Why a text is not in the export."""

    NO = ""
    PERSON = "it is about a person"
    UNKNOWN = "nobody can tell any more whether it is about a person"
    ERASED = "its words were erased"
    PROTECTED = "it names somebody who must not be named"


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """What somebody has done, and when."""

    by: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """A figure as it stood in the revision that was sent; `value`, or `low` and `high`."""

    id: str
    label: str
    value: int | None
    low: int | None
    high: int | None
    qualifier: str
    unit: str
    period: str
    as_of: date
    source: str
    source_url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    file: str
    digest: str
    alt: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Happened:
    """A line of the record about the delivery; `by` is empty where a worker has written it."""

    seq: int
    event: str
    at: datetime
    by: str
    hash: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Went:
    """A delivery that is public, was, or may be.

    `revision` is the one that was in force when it was sent, None where the record does not know. `text`, `digest` and
    `poll`, what could be chosen, are empty where they are left out. `figures` and `pictures` are None where they cannot
    be told any more.
    """

    key: str
    post: str
    kind: str
    channel: str
    network: str
    language: str
    account: str
    account_url: str
    state: str
    due: datetime
    published_at: datetime | None
    url: str
    remote_id: str
    proof: Mapping[str, str]
    revision: int | None
    text: str
    digest: str
    left_out: LeftOut
    figures: Sequence[Number] | None
    pictures: Sequence[Picture] | None
    approved: Sequence[Deed]
    poll: Sequence[str] = ()
    corrects: str = ""
    corrected_by: Sequence[str] = ()
    quotes: str = ""
    boosts: str = ""
    pinned: bool = False
    counts: Mapping[str, int] = field(default_factory=dict)
    counted_at: datetime | None = None
    withdrawn: Deed | None = None
    erased: Deed | None = None
    lines: Sequence[Happened] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """`lines` and `last` are the length of the record and the hash of its end: `verify` knows them.

    Instants are on the wall of the campaign's zone. `names` and `full`: whether handles and person posts are told.
    """

    campaign: str
    zone: str
    made_at: datetime
    lines: int
    last: str
    names: bool
    full: bool
    deliveries: Sequence[Went] = field(default=())

"""What the preview page is drawn from. Times are on the wall of the campaign's zone; nothing is looked up here."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from amplify.documents.posts.seen import SeenPost
from amplify.domain.campaign import Campaign
from amplify.domain.key import Key
from amplify.domain.problem import Severity
from amplify.domain.rendition import Layout

#: How a page says what a network counts; other units are called what the network calls them.
_COUNTED = {"graphemes": "characters", "utf-16": "characters"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """A problem of a delivery, in plain words. An error keeps it from going out; a warning may by its time be gone."""

    severity: Severity
    said: str
    hint: str = ""
    where: str = ""

    @property
    def kind(self) -> str:
        return self.severity.value


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureBehind:
    """A figure that the text prints, as it stands at the slot. `label` and `printed` are in the post's language."""

    id: str
    label: str
    printed: str
    as_of: date
    source: str
    source_url: str
    age: int
    max_age: int

    @property
    def stale(self) -> bool:
        return self.age > self.max_age

    @property
    def to_come(self) -> bool:
        return self.age < 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """One delivery. Without `seen` and `layout` it has no text that could be shown, and a remark says why.

    `files` are the pictures' paths, in the order of `seen.pictures`. `traits` are the settings, in words.
    """

    key: Key
    network: str
    language: str
    due: datetime
    anchor: str
    parts: int = 1
    position: int = 0
    seen: SeenPost | None = None
    layout: Layout | None = None
    digest: str = ""
    files: tuple[str, ...] = ()
    traits: tuple[str, ...] = ()
    figures: tuple[FigureBehind, ...] = ()
    remarks: tuple[Remark, ...] = ()
    waits: tuple[str, ...] = ()

    @property
    def what(self) -> str:
        part = f".{self.key.part}" if self.key.part else ""
        return f"{self.key.post}{part}"

    @property
    def wrong(self) -> bool:
        return bool(self.remarks)

    @property
    def held(self) -> bool:
        return any(remark.severity is Severity.ERROR for remark in self.remarks)

    @property
    def counted(self) -> str:
        return _COUNTED.get(self.layout.unit, self.layout.unit) if self.layout is not None else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CarriedPicture:
    """A print that the page carries once; `id` is where cards find it."""

    id: str
    mime: str
    data: str = field(repr=False)
    width: int
    height: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """`chosen` says in words what was asked for, where that is not everything. `limits`: whose → channels.

    `elsewhere` are errors for whose sake something is missing on the page.
    """

    campaign: Campaign
    made_at: datetime
    deliveries: Sequence[Drawn]
    pictures: Sequence[CarriedPicture] = ()
    chosen: str = ""
    limits: Mapping[str, Sequence[str]] = field(default_factory=dict)
    elsewhere: Sequence[Remark] = ()

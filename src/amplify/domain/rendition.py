"""The exact text, entities, pictures and settings of one post on one channel, figures filled in, measured."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from enum import StrEnum
from hashlib import sha256

from amplify.domain.budget import Budget
from amplify.domain.feature import Feature
from amplify.domain.finding import Finding
from amplify.domain.key import Key
from amplify.domain.picture import PictureLimits, Shown, Sort
from amplify.domain.poll import Poll, PollLimits

#: How a digest ends that takes two people: what they say yes to tells itself how many it takes.
BY_TWO = "+2"


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What a server allows. `text` counts in `unit`; `read_at` is None for the network's defaults.

    `caption` is how long a text beside a picture may be, where that is another length; a network without
    `pictures` takes none, one without `poll` has none. `budgets` are how much it takes of an account in a while, the
    one that is meant first, before those that count more than that.
    """

    text: int
    unit: str
    per_url: int | None = None
    bytes: int | None = None
    caption: int | None = None
    pictures: PictureLimits | None = None
    poll: PollLimits | None = None
    budgets: tuple[Budget, ...] = ()
    read_at: datetime | None = None

    def beside(self, pictures: tuple[object, ...]) -> "Limits":
        """The limits of a text that goes with these pictures."""
        return replace(self, text=self.caption) if pictures and self.caption is not None else self


@dataclass(frozen=True, slots=True, kw_only=True)
class Entity:
    """A stretch of the shown text, offsets in the network's own unit: UTF-8 bytes, UTF-16 units, code points."""

    kind: str
    start: int
    end: int
    value: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """A text as one network shows it, and how long that is. `too_long` is empty or says by how much."""

    text: str
    entities: tuple[Entity, ...] = ()
    length: int
    limit: int
    unit: str
    too_long: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureUsed:
    """A figure that a rendition printed, and what decides whether it may still be printed.

    `version` is the id of what it said then, `value` its plain number (`1496`) or range (`143600-171900`). From
    `untrue_from` on, an exact number of the same thing says that its qualifier is false: `untrue` says how.
    """

    id: str
    as_of: date
    source: str
    max_age_days: int
    version: str = ""
    value: str = ""
    untrue_from: date | None = None
    untrue: str = ""


class Onto(StrEnum):
    """What a post does to the one that it hangs on."""

    REPLY = "reply"
    QUOTE = "quote"
    BOOST = "boost"


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkCard:
    """A link as a card: its words and its picture come from the campaign's `links`, and nothing is fetched for it."""

    url: str
    title: str
    description: str = ""
    picture: Shown | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Button:
    label: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendition:
    """What followers will see, and what it was made of.

    `settings` are the network's own words of the post (visibility, warning, silent, button …), already in the
    channel's language. `figures` are what it prints. `day_bound` texts are true on their day only. `risky` are
    the excerpts in it that are dangerous to be found with; `person` is whether it is about somebody. `warnings` are what
    lint says of it: told, and no part of the digest. `excerpts` are all that are quoted, `links` the addresses that it
    leads to or, on channels that do not link, names. Where figures may move, `fixed` is the layout with their numbers
    masked, and `seen` tells what they are. `onto` is what it does to the post that it hangs on, where it hangs on one;
    what is boosted is shown as it is, and has no words here. `pin`: it stays on top of the account's posts.
    """

    key: Key
    network: str
    channel: str
    language: str
    due: datetime
    layout: Layout
    pictures: tuple[Shown, ...] = ()
    poll: Poll | None = None
    link_card: LinkCard | None = None
    buttons: tuple[Button, ...] = ()
    onto: Onto = Onto.REPLY
    pin: bool = False
    settings: Mapping[str, str] = field(default_factory=dict)
    figures: tuple[FigureUsed, ...] = ()
    day_bound: bool = False
    risky: tuple[str, ...] = ()
    person: bool = False
    warnings: tuple[Finding, ...] = ()
    excerpts: frozenset[str] = frozenset()
    links: frozenset[str] = frozenset()
    fixed: Layout | None = None
    seen: str = ""

    @property
    def text(self) -> str:
        return self.layout.text

    @property
    def digest(self) -> str:
        """What an approval is bound to: text, entities, pictures, settings, channel and slot (sha-256, hex).

        Where figures may move, their numbers are masked in it and told at its end (`moving.py`). Where it takes two
        people, the digest is another one: a yes from before it did does not count.
        """
        layout = self.fixed or self.layout
        said: dict[str, object] = {
            "text": layout.text,
            "entities": [[e.kind, e.start, e.end, e.value] for e in layout.entities],
            "settings": dict(self.settings),
            "channel": self.channel,
            "language": self.language,
            "due": self.due.astimezone(UTC).isoformat(),
        }
        said |= self._besides()
        digest = sha256(json.dumps(said, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
        return f"{digest}{self.seen}{self.ending}"

    def prints(self) -> tuple[Shown, ...]:
        """Every picture that must be developed for it."""
        card = self.link_card.picture if self.link_card is not None else None
        return (*self.pictures, card) if card is not None else self.pictures

    def wants(self) -> frozenset[Feature]:
        """What a network must be able to do, or this would be another post there."""
        wishes = {
            Feature.PICTURE: any(shown.sort is Sort.PICTURE for shown in self.pictures),
            Feature.ALBUM: len(self.pictures) > 1,
            Feature.ANIMATION: any(shown.sort is Sort.ANIMATION for shown in self.pictures),
            Feature.VIDEO: any(shown.sort is Sort.VIDEO for shown in self.pictures),
            Feature.LINK_CARD: self.link_card is not None,
            Feature.BUTTON: bool(self.buttons),
            Feature.POLL: self.poll is not None,
            Feature.QUOTE: self.onto is Onto.QUOTE,
            Feature.BOOST: self.onto is Onto.BOOST,
            Feature.PIN: self.pin,
            Feature.THREAD: bool(self.key.part),
        }
        return frozenset(feature for feature, wished in wishes.items() if wished)

    def _besides(self) -> dict[str, object]:
        """What followers see that is neither text nor setting; nothing where there is nothing of the kind."""
        card, poll = self.link_card, self.poll
        said: dict[str, object] = {
            "pictures": [shown.seen for shown in self.pictures],
            "poll": [poll.options, poll.lasts.total_seconds(), poll.several, poll.hidden] if poll else None,
            "card": [card.url, card.title, card.description, card.picture and card.picture.digest] if card else None,
            "buttons": [[button.label, button.url] for button in self.buttons],
            "onto": None if self.onto is Onto.REPLY else self.onto,
            "pin": self.pin,
        }
        return {name: value for name, value in said.items() if value}

    @property
    def ending(self) -> str:
        """The end of the digest, which says how many people it takes."""
        return BY_TWO if self.risky or self.person else ""

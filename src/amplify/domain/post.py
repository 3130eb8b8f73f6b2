"""What a coordinator writes: an id, a kind, texts by language, times, channels."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import TypeAlias

from amplify.domain.card import CardWish
from amplify.domain.picture import Media
from amplify.domain.poll import PollWish
from amplify.domain.problem import Passage, Place
from amplify.domain.when import When


class Kind(StrEnum):
    COUNTDOWN = "countdown"
    FIGURE = "figure"
    QUOTE = "quote"
    CALL = "call"
    THREAD = "thread"
    EVENT = "event"
    PROFILE = "profile"
    STATEMENT = "statement"
    CORRECTION = "correction"
    SAFETY = "safety"
    THANKS = "thanks"


#: Kinds that are never sent after midnight of their day, however generous `late` is.
DAY_BOUND = frozenset({Kind.COUNTDOWN, Kind.EVENT})
#: Kinds that may be urgent.
URGENT = frozenset({Kind.STATEMENT, Kind.CORRECTION, Kind.SAFETY})
#: Kinds about a person: two approvals, always.
PERSON = frozenset({Kind.PROFILE})

Times: TypeAlias = tuple[When, ...] | Mapping[str, tuple[When, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Variant:
    """The `on:` block for one network or channel: another text, and what only that network knows."""

    text: Mapping[str, str] = field(default_factory=dict)
    passages: Mapping[str, Passage] = field(default_factory=dict)
    warning: Mapping[str, str] = field(default_factory=dict)
    settings: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A text by language, and where each stands; `id` is empty in a post that is no thread."""

    id: str = ""
    text: Mapping[str, str] = field(default_factory=dict)
    passages: Mapping[str, Passage] = field(default_factory=dict)
    media: tuple[Media, ...] = ()
    card: CardWish | None = None
    on: Mapping[str, Variant] = field(default_factory=dict)
    place: Place

    def begins(self, language: str) -> Place:
        """Where the words of a language begin, or else what stands for them."""
        return self.passages[language].start if language in self.passages else self.place


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A row of `each`: one occurrence with its own time and variables (by language where they are words).

    `event` is the id of the event that it is about, or empty.
    """

    label: str
    at: Times
    values: Mapping[str, str | Mapping[str, str]] = field(default_factory=dict)
    event: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Repeat:
    """A recurrence as written: `every` or `cron`, on the wall of the campaign's zone, both ends included."""

    every: str = ""
    cron: str = ""
    since: date
    until: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """One entry of `posts/`.

    `at` is empty when times come from `each` or `repeat`. `occurs` says whether the label of a time is
    part of the key: a list of times makes occurrences, a single time does not. `drafts` are the languages
    kept back. `template` names a file of `posts/templates/` without its ending. `author` is the coordinator who
    wrote it and may not approve it, or empty. `person` is the id of the consent of whom it is about, or empty.
    `differs` says of languages why they carry more or less than the others. `split`: where its text is too long it becomes
    a thread, cut where services/splitting.py says. A post answers to one own post at most: it `corrects`, `quotes` or
    `boosts` it; what `boosts` has no words of its own. `pin`: it, or its first part, stays on top of the account.
    """

    id: str
    kind: Kind
    parts: tuple[Part, ...]
    place: Place
    at: Times = ()
    occurs: bool = False
    each: tuple[Row, ...] = ()
    repeat: Repeat | None = None
    channels: tuple[str, ...]
    languages: frozenset[str] = frozenset()
    template: str = ""
    values: Mapping[str, str | Mapping[str, str]] = field(default_factory=dict)
    link: str = ""
    tags: tuple[str, ...] = ()
    drafts: frozenset[str] = frozenset()
    numbered: bool = False
    split: bool = False
    urgent: bool = False
    again: bool = False
    formerly: str = ""
    corrects: str = ""
    quotes: str = ""
    boosts: str = ""
    pin: bool = False
    poll: PollWish | None = None
    author: str = ""
    differs: Mapping[str, str] = field(default_factory=dict)
    person: str = ""
    on: Mapping[str, Variant] = field(default_factory=dict)

    @property
    def names(self) -> str:
        """The own post that it is about, as it is written; empty where there is none."""
        return self.corrects or self.quotes or self.boosts

    @property
    def does(self) -> str:
        """What it does to the post that it names, as a word of a sentence."""
        return "corrects" if self.corrects else "quotes" if self.quotes else "boosts"

    @property
    def is_thread(self) -> bool:
        return bool(self.parts[0].id)

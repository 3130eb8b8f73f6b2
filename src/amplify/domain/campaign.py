"""The campaign: its day, languages, hashtags, links, people and rules."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from amplify.domain.moving import Moving
from amplify.domain.picture import Media


@dataclass(frozen=True, slots=True, kw_only=True)
class Pause:
    """A stretch in which posts of some kinds do not go out; the ends are instants in UTC."""

    since: datetime
    until: datetime
    kinds: frozenset[str]
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class QuietHours:
    """Wall time of the campaign's zone; may cross midnight."""

    since: time
    until: time


@dataclass(frozen=True, slots=True, kw_only=True)
class Caps:
    """What one account may publish. A thread counts once, and there is no gap inside it."""

    a_day: int = 4
    on_day: int = 8
    least_gap: timedelta = timedelta(minutes=60)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """`lint` is by code: error, warning or off, where the campaign wants something else than the rule itself."""

    people: int = 1
    moving: Moving | None = None
    resume: int = 2
    late: timedelta = timedelta(minutes=45)
    quiet_hours: QuietHours | None = QuietHours(since=time(22), until=time(7))
    per_account: Caps = Caps()
    tags: Mapping[str, int] = field(default_factory=lambda: {"mastodon": 4, "bluesky": 3, "telegram": 3})
    figure_max_age: timedelta = timedelta(days=45)
    figure_people: int = 1
    pauses: tuple[Pause, ...] = ()
    lint: Mapping[str, str] = field(default_factory=dict)

    def tag_cap(self, network: str) -> int:
        """How many hashtags a post carries there at most."""
        return self.tags.get(network, 3)


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A link that posts name; texts are by language. `picture` is what its card shows, and has no words of its own."""

    name: str
    url: str
    label: Mapping[str, str]
    title: Mapping[str, str] = field(default_factory=dict)
    description: Mapping[str, str] = field(default_factory=dict)
    picture: Media | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Campaign:
    """`risky_tags` are dangerous to be found with, `safety_line` is what calls say to readers in Belarus, by language.

    `title` is what stands on cards, by language. `glossary` has, by language, words that are not to be used, and what is written instead.
    """

    name: str
    edition: str
    zone: str
    day: date
    languages: tuple[str, ...]
    hashtags: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    links: Mapping[str, Link] = field(default_factory=dict)
    addressees: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    coordinators: frozenset[str] = frozenset()
    rules: Rules = Rules()
    risky_tags: frozenset[str] = frozenset()
    safety_line: Mapping[str, str] = field(default_factory=dict)
    title: Mapping[str, str] = field(default_factory=dict)
    glossary: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    @property
    def all_tags(self) -> frozenset[str]:
        """Every hashtag that a post may carry, without the `#`."""
        return frozenset(tag for tags in self.hashtags.values() for tag in tags)

    def handles(self, network: str) -> frozenset[str]:
        """The only accounts that a post on `network` may mention, as written."""
        return frozenset(by[network] for by in self.addressees.values() if network in by)

"""A poll below a post: what can be chosen, and for how long.

Who answers one can be seen, so there are none in be and ru (design 8).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta

from amplify.domain.problem import Place

#: Choosing takes two.
_FEWEST = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Poll:
    """`lasts` begins when the post is public. `several`: more than one may be chosen; `hidden`: counts show at its end."""

    options: tuple[str, ...]
    lasts: timedelta
    several: bool = False
    hidden: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PollWish:
    """A poll as it is written, its options by language."""

    options: Mapping[str, tuple[str, ...]]
    lasts: timedelta
    several: bool
    hidden: bool
    place: Place

    def spoken(self, language: str, base_language: str) -> Poll | None:
        """In one language, where it has words in it."""
        options = self.options.get(language) or self.options.get(base_language)
        return Poll(options=options, lasts=self.lasts, several=self.several, hidden=self.hidden) if options else None


@dataclass(frozen=True, slots=True, kw_only=True)
class PollLimits:
    """What a server takes: how many options, letters in each of them, and how long a poll lasts."""

    options: int
    letters: int
    shortest: timedelta
    longest: timedelta

    def refusals(self, poll: Poll) -> Iterator[str]:
        """Why a server would not take it, in words."""
        if not _FEWEST <= len(poll.options) <= self.options:
            yield f"a poll has {_FEWEST} to {self.options} options here, and this one has {len(poll.options)}"
        if len(set(poll.options)) < len(poll.options):
            yield "two options of the poll are the same"
        for option in poll.options:
            if len(option) > self.letters:
                yield f"the option “{option}” is too long: {len(option)} of {self.letters} letters"
        if not self.shortest <= poll.lasts <= self.longest:
            yield f"a poll lasts between {told(self.shortest)} and {told(self.longest)} here"


def told(span: timedelta) -> str:
    """How long that is, in words."""
    if span.days:
        return f"{span.days} day{'' if span.days == 1 else 's'}"
    if span.seconds >= _AN_HOUR:
        return f"{span.seconds // _AN_HOUR} hours"
    minutes, seconds = divmod(span.seconds, 60)
    return f"{minutes} minutes" if minutes else f"{seconds} seconds"


_AN_HOUR = 3600

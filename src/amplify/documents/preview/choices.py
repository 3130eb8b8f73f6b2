"""What the page can be narrowed to: one language or one channel, and only what has a problem.

A channel has one language, so one row of buttons of which one is pressed says everything.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from amplify.documents.preview.values import Drawn


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """`mark` is the class that its deliveries carry, and the id of its button."""

    mark: str
    name: str
    network: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    languages: Sequence[Choice]
    channels: Sequence[Choice]

    @property
    def every(self) -> tuple[Choice, ...]:
        return (*self.languages, *self.channels)

    def marks(self, one: Drawn) -> str:
        """The classes by which style sheets find the delivery."""
        found = [c.mark for c in self.languages if c.name == one.language]
        found += [c.mark for c in self.channels if c.name == one.key.channel]
        return " ".join([*found, *(["wrong"] if one.wrong else [])])


def choices(deliveries: Iterable[Drawn]) -> Choices:
    """Each that has a delivery, by name."""
    drawn = list(deliveries)
    languages = Counter(one.language for one in drawn)
    channels = Counter((one.key.channel, one.network) for one in drawn)
    return Choices(
        languages=[
            Choice(mark=f"l{number}", name=name, network="", count=count)
            for number, (name, count) in enumerate(sorted(languages.items()), 1)
        ],
        channels=[
            Choice(mark=f"c{number}", name=name, network=network, count=count)
            for number, ((name, network), count) in enumerate(sorted(channels.items()), 1)
        ],
    )

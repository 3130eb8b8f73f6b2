"""The brake: what a stop covers, and until when, and what goes out all the same."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from amplify.domain.key import Key


@dataclass(frozen=True, slots=True, kw_only=True)
class Stop:
    """Campaign time. `channel` empty is every channel; `except_posts` go on. `lifted_at` None: in force."""

    id: int
    reason: str
    by: str
    at: datetime
    channel: str = ""
    except_posts: frozenset[str] = frozenset()
    resumed_by: frozenset[str] = frozenset()
    lifted_at: datetime | None = None

    def covers(self, key: Key) -> bool:
        return self.channel in ("", key.channel) and key.post not in self.except_posts

    def spares(self, key: Key) -> bool:
        return self.channel in ("", key.channel) and key.post in self.except_posts

    def contains(self, at: datetime) -> bool:
        """Whether `at` falls into the time of the stop."""
        return self.at <= at and (self.lifted_at is None or at < self.lifted_at)


def in_the_way(stops: Sequence[Stop], key: Key, *, urgent: bool) -> Iterator[Stop]:
    """The stops that hold a delivery back, or did while they were in force.

    What one person has stopped, another alone cannot let go on: a later stop that spares a post leaves the earlier
    ones as they are. Unless the post is urgent: two people have said yes to its very words, in the middle of it all.
    """
    for stop in stops:
        if stop.covers(key) and not (urgent and any(later.id > stop.id and later.spares(key) for later in stops)):
            yield stop

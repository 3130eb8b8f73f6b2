"""The brake: what a stop covers, and until when."""

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

    def contains(self, at: datetime) -> bool:
        """Whether `at` falls into the time of the stop."""
        return self.at <= at and (self.lifted_at is None or at < self.lifted_at)

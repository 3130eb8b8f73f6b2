"""What a look at some files of posts found, as plain JSON that can be kept: what is wrong, and what it may touch.

A sheet that was kept is never trusted: whatever is not as it was written is no sheet.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from amplify.domain.problem import Problem
from amplify.services.looking.checked import instant_of, problems_as_data, problems_of
from amplify.services.looking.traces import Traces


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """`posts` is how many of them are right. It holds from `since` until the instant `until`: then a slot has passed."""

    problems: tuple[Problem, ...]
    posts: int
    traces: Traces
    since: datetime
    until: datetime

    def holds(self, now: datetime) -> bool:
        return self.since <= now < self.until

    def as_data(self) -> dict[str, Any]:
        return {
            "problems": problems_as_data(self.problems),
            "posts": self.posts,
            "traces": self.traces.as_data(),
            "since": self.since.isoformat(),
            "until": self.until.isoformat(),
        }

    @classmethod
    def of(cls, data: dict[str, Any]) -> "Sheet":
        """Raises LookupError, TypeError or ValueError where that is no sheet."""
        return cls(
            problems=problems_of(data["problems"]),
            posts=int(data["posts"]),
            traces=Traces.of(data["traces"]),
            since=instant_of(data["since"]),
            until=instant_of(data["until"]),
        )

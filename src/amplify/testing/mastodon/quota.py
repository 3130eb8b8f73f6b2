"""Mastodon's rate limits: fixed windows, aligned to the epoch, told by an ISO time and no Retry-After.

300 new posts in 3 hours and account, and 30 deletes in half an hour, are enforced; 300 requests in 5 minutes and token are only told.
"""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

_POSTS = 300
_POSTS_WINDOW = 3 * 60 * 60
_DELETES = 30
_DELETES_WINDOW = 30 * 60
_REQUESTS = 300
_REQUESTS_WINDOW = 5 * 60


class Quota:
    """Counts in the machine's time; `counts` is the part of the memory that it keeps them in."""

    def __init__(self, counts: dict[str, Any], machine: Callable[[], float]) -> None:
        self._counts = counts
        self._machine = machine

    def is_spent(self, account: str) -> bool:
        return self._count("posts", account, _POSTS_WINDOW) >= _POSTS

    def post(self, account: str) -> None:
        self._add("posts", account, _POSTS_WINDOW)

    def deletes_spent(self, account: str) -> bool:
        return self._count("deletes", account, _DELETES_WINDOW) >= _DELETES

    def delete(self, account: str) -> None:
        self._add("deletes", account, _DELETES_WINDOW)

    def request(self, account: str) -> None:
        self._add("requests", account, _REQUESTS_WINDOW)

    def headers(self, account: str, *, posting: bool, deleting: bool = False) -> dict[str, str]:
        name, limit, window = ("posts", _POSTS, _POSTS_WINDOW) if posting else ("requests", _REQUESTS, _REQUESTS_WINDOW)
        if deleting:
            name, limit, window = "deletes", _DELETES, _DELETES_WINDOW
        reset = datetime.fromtimestamp((self._machine() // window + 1) * window, UTC)
        return {
            "X-RateLimit-Limit": str(limit),
            "X-RateLimit-Remaining": str(max(0, limit - self._count(name, account, window))),
            "X-RateLimit-Reset": f"{reset:%Y-%m-%dT%H:%M:%S.%fZ}",
        }

    def _count(self, name: str, account: str, window: int) -> int:
        began, count = self._counts.get(f"{name} {account}", (0, 0))
        return int(count) if began == self._machine() // window else 0

    def _add(self, name: str, account: str, window: int) -> None:
        count = self._count(name, account, window)
        self._counts[f"{name} {account}"] = [self._machine() // window, count + 1]

"""Mastodon's rate limits: fixed windows, aligned to the epoch, told by an ISO time and no Retry-After.

New posts and deletions of an account are enforced; uploads and requests are only told, unless a server enforces them too.
"""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

#: How many in how many seconds.
LIMITS: Mapping[str, tuple[int, int]] = {
    "posts": (300, 3 * 60 * 60),
    "deletes": (30, 30 * 60),
    "uploads": (30, 30 * 60),
    "requests": (300, 5 * 60),
}


class Quota:
    """Counts in the machine's time; `counts` is the part of the memory that it keeps them in. `kind` is a key of LIMITS."""

    def __init__(self, counts: dict[str, Any], machine: Callable[[], float]) -> None:
        self._counts = counts
        self._machine = machine

    def is_spent(self, kind: str, account: str) -> bool:
        return self._count(kind, account) >= LIMITS[kind][0]

    def add(self, kind: str, account: str) -> None:
        self._counts[f"{kind} {account}"] = [self._window(kind), self._count(kind, account) + 1]

    def headers(self, kind: str, account: str) -> dict[str, str]:
        limit, window = LIMITS[kind]
        reset = datetime.fromtimestamp((self._window(kind) + 1) * window, UTC)
        return {
            "X-RateLimit-Limit": str(limit),
            "X-RateLimit-Remaining": str(max(0, limit - self._count(kind, account))),
            "X-RateLimit-Reset": f"{reset:%Y-%m-%dT%H:%M:%S.%fZ}",
        }

    def _count(self, kind: str, account: str) -> int:
        began, count = self._counts.get(f"{kind} {account}", (0, 0))
        return int(count) if began == self._window(kind) else 0

    def _window(self, kind: str) -> float:
        return self._machine() // LIMITS[kind][1]

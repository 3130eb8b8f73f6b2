"""A PDS's rate limits: windows that begin with the first request, told by an epoch second.

30 logins in 5 minutes and 300 a day an account; writes cost points: create 3, put 2, delete 1, of 5000 an
hour and 35,000 a day. 3000 requests in 5 minutes are only told.
"""

from collections.abc import Callable
from typing import Any

from amplify.testing.bluesky.xrpc import refuse

_HOUR = 60 * 60
LOGINS = ((30, 5 * 60), (300, 24 * _HOUR))
WRITES = ((5000, _HOUR), (35_000, 24 * _HOUR))
BLOBS = ((1000, 24 * _HOUR),)
_REQUESTS = (3000, 5 * 60)


class Quota:
    """Counts in the machine's time; `counts` is the part of the memory that it keeps them in."""

    def __init__(self, counts: dict[str, Any], machine: Callable[[], float]) -> None:
        self._counts = counts
        self._machine = machine

    def spend(self, key: str, limits: tuple[tuple[int, int], ...], points: int = 1) -> None:
        """Raises Refused where a window is full; then nothing is spent."""
        for limit, window in limits:
            began, spent = self._window(key, window)
            if spent + points > limit:
                raise refuse(429, headers=_told(limit, 0, began + window, window))
        for _, window in limits:
            began, spent = self._window(key, window)
            self._counts[f"{key} {window}"] = [began, spent + points]

    def headers(self) -> dict[str, str]:
        """What an answer tells of the requests left."""
        limit, window = _REQUESTS
        began, spent = self._window("requests", window)
        self._counts[f"requests {window}"] = [began, spent + 1]
        return _told(limit, max(0, limit - spent - 1), began + window, window)

    def exhausted(self) -> dict[str, str]:
        """What a 429 tells."""
        limit, window = _REQUESTS
        return _told(limit, 0, self._machine() + window, window)

    def _window(self, key: str, window: int) -> tuple[float, int]:
        began, spent = self._counts.get(f"{key} {window}", (0.0, 0))
        now = self._machine()
        return (began, spent) if now < began + window else (now, 0)


def _told(limit: int, left: int, reset: float, window: int) -> dict[str, str]:
    return {
        "RateLimit-Limit": str(limit),
        "RateLimit-Remaining": str(left),
        "RateLimit-Reset": str(int(reset) + 1),
        "RateLimit-Policy": f"{limit};w={window}",
    }

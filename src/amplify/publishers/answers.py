"""What a server answered, as far as it was heard: the ground on which a failure is judged.

The client libraries lose it in different ways (a 5xx without its number, a 429 that is none, a 200 that
cannot be read), so the answer is taken down where it arrives, by a hook of the HTTP layer.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any

_A_MINUTE = timedelta(minutes=1)


@dataclass(slots=True)
class Ear:
    """The last answer to reach us; `status` is None while none has, `body` until all of it has."""

    status: int | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes | None = None

    def forget(self) -> None:
        """A new request leaves: what was heard before says nothing about it."""
        self.status, self.headers, self.body = None, {}, None

    def hear(self, status: int, headers: Mapping[str, str]) -> None:
        self.status = status
        self.headers = {name.lower(): value for name, value in headers.items()}

    @property
    def said(self) -> str:
        """The server's own words, in one line; empty where it answered with a page for browsers."""
        told = self._json()
        words = [told[name] for name in ("error", "message", "description") if isinstance(told.get(name), str)]
        if not words and self.headers.get("content-type", "").startswith("text/plain"):
            words = [(self.body or b"").decode(errors="replace")]
        return re.sub(r"\s+", " ", ": ".join(words)).strip()

    @property
    def date(self) -> datetime | None:
        """The server's clock when it answered."""
        try:
            return parsedate_to_datetime(self.headers.get("date", "")).astimezone(UTC)
        except ValueError:
            return None

    @property
    def until(self) -> datetime | None:
        """When a throttled caller may come back: as told, else a minute after the answer; None: no clock was told."""
        return self._reset() or self._after_a_while()

    def _reset(self) -> datetime | None:
        told = self.headers.get("x-ratelimit-reset") or self.headers.get("ratelimit-reset") or ""
        try:
            return datetime.fromtimestamp(int(told), UTC) if told.isdigit() else _instant(told)
        except (OverflowError, OSError, ValueError):
            return None

    def _after_a_while(self) -> datetime | None:
        parameters = self._json().get("parameters")
        told = str(parameters.get("retry_after", "")) if isinstance(parameters, dict) else ""
        told = told or self.headers.get("retry-after", "")
        if self.date is None:
            return None
        try:
            return self.date + (timedelta(seconds=int(told) + 1) if told.isdigit() else _A_MINUTE)
        except (OverflowError, ValueError):
            return None

    def _json(self) -> dict[str, Any]:
        try:
            told = json.loads(self.body or b"")
        except (ValueError, RecursionError):
            return {}
        return told if isinstance(told, dict) else {}


def _instant(told: str) -> datetime:
    at = datetime.fromisoformat(told)
    return at if at.tzinfo else at.replace(tzinfo=UTC)

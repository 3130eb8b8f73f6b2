"""What a server answered, as far as it was heard: the ground on which a failure is judged.

The client libraries lose it in different ways (a 5xx without its number, a 429 that is none, a 200 that
cannot be read), so the answer is taken down where it arrives, by a hook of the HTTP layer.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from http import HTTPStatus
from typing import Any

from amplify.domain.budget import Reading, Use
from amplify.publishers.rate_limits import http_date, reading_of, until_of


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
        return http_date(self.headers.get("date", ""))

    def reading(self, use: Use, *, refused: bool = False) -> Reading | None:
        """What the answer tells of the server's limits; None where none has come. A 429 is always a refusal."""
        if self.status is None:
            return None
        parameters = self._json().get("parameters")
        told = str(parameters.get("retry_after", "")) if isinstance(parameters, dict) else ""
        refused = refused or self.status == HTTPStatus.TOO_MANY_REQUESTS
        return reading_of(self.headers, told, use, refused=refused)

    @property
    def until(self) -> datetime | None:
        """The instant that the server names for coming back, by its own clock; None where it names a span, or none."""
        return until_of(self.headers)

    def _json(self) -> dict[str, Any]:
        try:
            told = json.loads(self.body or b"")
        except (ValueError, RecursionError):
            return {}
        return told if isinstance(told, dict) else {}

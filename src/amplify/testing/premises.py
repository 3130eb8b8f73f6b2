"""What every look-alike is given, and what the sandbox asks of it in return."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import Protocol

from aiohttp import web

from amplify.testing.manners import Manners
from amplify.testing.memory import Memory
from amplify.testing.resident import Resident
from amplify.testing.wall import Hung

#: Where a look-alike shows the pictures that it was given.
PICTURES = "/pictures/"


@dataclass(frozen=True, slots=True, kw_only=True)
class Premises:
    """`url` is the look-alike's own, without a slash at the end.

    `now` is campaign time, which posts are dated with; `machine` is the real time in seconds, which
    tokens, windows and limits run on.
    """

    url: str
    residents: tuple[Resident, ...]
    memory: Memory
    now: Callable[[], datetime]
    machine: Callable[[], float]
    manners: Manners

    def today(self) -> datetime:
        """Campaign time, in UTC."""
        return self.now().astimezone(UTC)


class Refused(Exception):
    """Ends the handling of a request with `answer`."""

    def __init__(self, answer: web.Response) -> None:
        super().__init__(answer.status)
        self.answer = answer


class LookAlike(Protocol):
    def routes(self) -> Iterable[web.RouteDef]: ...

    def wall(self) -> Iterator[Hung]:
        """Every post that is public now."""
        ...

    def refusal(self, status: int) -> web.Response:
        """The network's own words for a status that a fault rule asks for."""
        ...


def number_of(*words: str, digits: int) -> int:
    """The same number for the same words, so that accounts keep their ids when the sandbox starts again."""
    smallest: int = 10 ** (digits - 1)
    spread = int.from_bytes(sha256("\n".join(words).encode()).digest()[:8], "big")
    return smallest + spread % (9 * smallest)

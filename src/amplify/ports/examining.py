"""What each account may do, and whether all is in order with it: optional for a publisher, asked by people only.

Nothing here posts, binds or halts anything. Words are for people who are tired and no programmers.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from hashlib import sha256
from typing import Protocol, runtime_checkable


class Standing(StrEnum):
    """The worst first."""

    WRONG = "wrong"
    NOTE = "note"
    GOOD = "good"

    @property
    def rank(self) -> int:
        return list(Standing).index(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class Observation:
    """`told` is one sentence about `topic`, such as rights; `advice` is what to do, empty where there is nothing."""

    topic: str
    standing: Standing
    told: str
    advice: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """What a server asks of those who post there, one rule a line; `url` is where people can read all of it."""

    lines: tuple[str, ...]
    url: str = ""

    @property
    def digest(self) -> str:
        return sha256("\n".join(self.lines).encode()).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Examined:
    """What a server told, and what it calls itself where that is not what we call it. `clock` is its own, at its last answer; `since` when it gave out our token, where it says so."""

    server: str = ""
    version: str = ""
    clock: datetime | None = None
    since: datetime | None = None
    rules: Rules | None = None
    observations: Sequence[Observation] = ()


@runtime_checkable
class Examines(Protocol):
    """A connected publisher that can look at its own account."""

    async def examine(self) -> Examined:
        """Ask only what changes nothing, and nothing about other people. Raises PublishError."""
        ...


@runtime_checkable
class Labels(Protocol):
    """A connected publisher that can say of its account that it is automated."""

    async def set_label(self) -> None:
        """Switch the automation label on; where it is on, nothing changes. Raises PublishError, saying where to click."""
        ...


def good(topic: str, told: str) -> Observation:
    return Observation(topic=topic, standing=Standing.GOOD, told=told)


def note(topic: str, told: str, advice: str = "") -> Observation:
    return Observation(topic=topic, standing=Standing.NOTE, told=told, advice=advice)


def wrong(topic: str, told: str, advice: str) -> Observation:
    return Observation(topic=topic, standing=Standing.WRONG, told=told, advice=advice)

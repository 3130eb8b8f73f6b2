"""Whether a server remembers a repeated request: optional for a publisher, tried out only when a person asks for it.

It takes posts that nobody but the account itself can see, and that are deleted at once.
"""

from dataclasses import dataclass
from typing import Protocol, runtime_checkable


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """`version` is what the server calls itself: another one has proven nothing. `told` is one sentence, and what was left."""

    version: str
    remembers: bool
    told: str


@runtime_checkable
class ProvesReplay(Protocol):
    """A connected publisher that can try it."""

    async def prove_replay(self) -> Proof:
        """Post the same request twice, count what came of it, and delete that. Raises PublishError."""
        ...

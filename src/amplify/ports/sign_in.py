"""How a person signs an account in: what a network asks, what it explains, and what comes of it.

Most networks need no walk of their own: their `fields` are asked one after the other, with what `guides` say of each.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Protocol, runtime_checkable

from amplify.ports.publisher import Access


@dataclass(frozen=True, slots=True, kw_only=True)
class Guide:
    """What helps to fill in one field.

    `how` says in a sentence where it is found or made. `usual` is offered. `shape` is a pattern that nearly all fit, and
    `doubt` a question to who gives something else: yes goes on.
    """

    how: str = ""
    usual: str = ""
    shape: str = ""
    doubt: str = ""


class Interviewer(Protocol):
    """Somebody at a terminal."""

    def say(self, line: str) -> None: ...

    def ask(self, question: str, usual: str = "") -> str:
        """What they type; `usual` where they type nothing."""
        ...

    def ask_secret(self, question: str) -> str:
        """The same, and nobody sees it."""
        ...

    def agrees(self, question: str) -> bool: ...


@runtime_checkable
class Guides(Protocol):
    """A network that helps with its fields."""

    @property
    def guides(self) -> Mapping[str, Guide]:
        """By the name of the field."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Granted:
    """`settings` are all of a channel, secrets included. `take_back` ends the secret on its server; it raises PublishError."""

    settings: Mapping[str, str] = field(repr=False)
    take_back: Callable[[], Awaitable[None]]


@runtime_checkable
class SignsIn(Protocol):
    """A network with a walk of its own, where a secret is made and not typed."""

    async def sign_in(
        self, person: Interviewer, known: Mapping[str, str], access_for: Callable[[Mapping[str, str]], Access]
    ) -> Granted:
        """What is `known` is not asked. Raises PublishError."""
        ...

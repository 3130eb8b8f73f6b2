"""Whoever does not go through with signing in leaves no token behind that is still good on the server."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import pytest

from amplify.domain.channel import Channel, LinkPolicy
from amplify.ports.publisher import Access
from amplify.ports.way import Way
from amplify.publishers.mastodon import MASTODON
from amplify.services.sign_in import GaveUp, SignedIn, sign_in
from servers.oauth import account_on, said_yes

WAIT = timedelta(seconds=10)


@dataclass(slots=True)
class Person:
    """Says yes in the browser and pastes the code; `last` is what they do when they are asked whether that is the account."""

    name: str
    pem: Path
    last: Callable[[], bool]
    said: list[str] = field(default_factory=list)

    def say(self, line: str) -> None:
        self.said.append(line)

    def ask(self, question: str, usual: str = "") -> str:
        raise AssertionError(question, usual)

    def ask_secret(self, question: str) -> str:  # noqa: ARG002  the code is all that is asked
        page = next(line for line in reversed(self.said) if "/oauth/authorize?" in line)
        return said_yes(page, self.name, self.pem)

    def agrees(self, question: str) -> bool:
        return self.last() if question == "Is that the account?" else False


@dataclass(slots=True)
class Attempt:
    """At a server over TLS; `tokens` are those it gave."""

    url: str
    pem: Path
    tokens: list[str] = field(default_factory=list)

    def access_for(self, settings: Mapping[str, str]) -> Access:
        self.tokens += [settings["token"]] if settings["token"] else []
        way = Way(ca=str(self.pem))
        return Access(channel="here", language="en", settings=settings, timeout=WAIT, connect_timeout=WAIT, way=way)

    async def made(self, last: Callable[[], bool]) -> SignedIn:
        person = Person(account_on(self.url, self.pem), self.pem, last)
        settings = {"server": self.url}
        channel = Channel(name="here", network="mastodon", language="en", links=LinkPolicy.FULL, settings=settings)
        return await sign_in(channel, MASTODON, person, self.access_for, None)


@pytest.fixture
def attempt(mastodon_over_tls: tuple[str, Path]) -> Attempt:
    return Attempt(*mastodon_over_tls)


def interrupted() -> bool:
    raise KeyboardInterrupt


@pytest.mark.real
async def test_who_goes_through_with_it_has_a_token_that_is_good(attempt: Attempt) -> None:
    signed_in = await attempt.made(lambda: True)
    assert account_on(attempt.url, attempt.pem, signed_in.settings["token"]) != ""


@pytest.mark.real
@pytest.mark.parametrize(("last", "ends"), [(lambda: False, GaveUp), (interrupted, KeyboardInterrupt)])
async def test_who_says_no_or_ends_it_has_none(
    attempt: Attempt, last: Callable[[], bool], ends: type[BaseException]
) -> None:
    with pytest.raises(ends):
        await attempt.made(last)
    assert [account_on(attempt.url, attempt.pem, token) for token in attempt.tokens] == [""]

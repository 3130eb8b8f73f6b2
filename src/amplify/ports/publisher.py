"""What carries envelopes to a network: the pure half that needs no connection, and the half that has one.

A network is registered under the entry point group `amplify.publishers`, ours like a stranger's.
docs/writing-a-publisher.md walks through one.
"""

from collections.abc import Collection, Iterable, Mapping
from contextlib import AbstractAsyncContextManager, nullcontext
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Protocol, runtime_checkable

from amplify.domain.envelope import Envelope, Parents, Receipt, Ticket
from amplify.domain.feature import Feature
from amplify.domain.rendition import Layout, Limits, Rendition
from amplify.domain.richtext import RichText
from amplify.ports.darkroom import Picture
from amplify.ports.meter import Deaf, Meter
from amplify.ports.way import STRAIGHT, Way

#: The version of this port: a publisher that is written for another one is not loaded. A new one where a promise changes.
PORT = 1
#: For a post without pictures.
NO_PICTURES: Mapping[str, Picture] = MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """A key of a channel's entry in config/channels.yaml that this network reads. `values` are all it may have; none: any."""

    name: str
    required: bool = True
    secret: bool = False
    values: tuple[str, ...] = ()


class Keepsake(Protocol):
    """What a publisher remembers of one account, between runs and across processes. A secret: never log it."""

    def load(self) -> str:
        """What was saved last, by whichever process; empty where nothing is kept or it cannot be read."""
        ...

    def save(self, text: str) -> None:
        """Keep `text` in place of what was kept; an empty one forgets.

        Never raises: a publisher can do without, and asks its server anew.
        """
        ...

    def locked(self) -> AbstractAsyncContextManager[None]:
        """Shut out every other keeper of this account, in this process and in others, while inside."""
        ...


class Forgetful:
    """Keeps nothing and shuts out nobody: for a publisher that is tried alone."""

    def load(self) -> str:
        return ""

    def save(self, text: str) -> None:
        pass

    def locked(self) -> AbstractAsyncContextManager[None]:
        return nullcontext()


@dataclass(frozen=True, slots=True, kw_only=True)
class Access:
    """What connect() needs: the channel's settings with secrets filled in, and how long to wait.

    `timeout` bounds the wait for an answer, `connect_timeout` the wait for a connection. `keep` is the
    account's own, whichever of its channels asks, and so is what `meter` counts. `way` is the only one to take.
    `proven` is the version of the server that was seen to know a repeated request (ports/proving.py); empty: none was.
    """

    channel: str
    language: str
    settings: Mapping[str, str] = field(repr=False)
    timeout: timedelta
    connect_timeout: timedelta
    keep: Keepsake = field(default_factory=Forgetful, repr=False)
    meter: Meter = field(default_factory=Deaf, repr=False)
    way: Way = STRAIGHT
    proven: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """Who an account is. `id` is the server's own, unchanging one; `name` and `url` are for people.

    `automated` is whether the network shows people that the account is, as far as its server tells: one that is not
    publishes nothing. `label` is where to switch that on.
    """

    network: str
    id: str
    name: str
    url: str
    automated: bool = False
    label: str = "in the settings of the account"


@dataclass(frozen=True, slots=True, kw_only=True)
class Replay:
    """How long after the first try the same bytes may go again without a second post; zero: never.

    `boosts`: that holds as well for what only shows an own post again.
    """

    safe_for: timedelta = timedelta(0)
    boosts: bool = False


class Publisher(Protocol):
    """A connected account. No method retries anything."""

    @property
    def identity(self) -> Identity: ...

    @property
    def limits(self) -> Limits: ...

    @property
    def replay(self) -> Replay: ...

    def prepare(self, rendition: Rendition, ticket: Ticket, now: datetime, parents: Parents | None) -> Envelope:
        """Check and seal, without I/O; `now` is campaign time. Raises Rejected with every problem at once."""
        ...

    async def stage(self, envelope: Envelope, pictures: Mapping[str, Picture] = NO_PICTURES) -> Envelope:
        """Do what may be repeated and stays invisible. Raises PublishError.

        `pictures` are those of the rendition, by their marks; what is in `envelope.staged` is not uploaded again.
        """
        ...

    async def publish(self, envelope: Envelope, pictures: Mapping[str, Picture] = NO_PICTURES) -> Receipt:
        """Make exactly one irreversible request. Raises PublishError.

        `pictures` are for networks where nothing can be staged, so that they travel with the request.
        """
        ...

    async def find(self, envelope: Envelope, taken: Collection[str]) -> Receipt | None:
        """Look whether it is public already; `taken` are remote ids that receipts of other posts name. Raises CannotTell."""
        ...

    async def close(self) -> None:
        """Let go of connections and threads."""
        ...


@runtime_checkable
class HoldsSecrets(Protocol):
    """A publisher that a server has given secrets, such as the tokens of a session: no text may contain them."""

    @property
    def secrets(self) -> Collection[str]:
        """Those in use now."""
        ...


@runtime_checkable
class Settles(Protocol):
    """A publisher with something to do once a post is public, such as to pin it."""

    async def settle(self, envelope: Envelope, receipt: Receipt) -> None:
        """Do it; doing it twice changes nothing. Raises PublishError, which never changes what became of the post."""
        ...


@runtime_checkable
class Refuses(Protocol):
    """A network that knows without a server what it takes only apart, such as an album or buttons."""

    def refusals(self, rendition: Rendition, limits: Limits) -> Iterable[str]:
        """Why it would not take a post that its features and lengths allow, each in words. Pure."""
        ...


@runtime_checkable
class TakesLists(Protocol):
    """A network some of whose `variants` may be a list: it is told them as one text, with a comma between."""

    @property
    def lists(self) -> frozenset[str]: ...


@runtime_checkable
class SaysWhatFor(Protocol):
    """A network that says in a sentence what each of its `fields` and `variants` is for: editors show it."""

    @property
    def purposes(self) -> Mapping[str, str]: ...


class Network(Protocol):
    """A kind of server. Everything but connect() is pure and loads no client library."""

    @property
    def name(self) -> str: ...

    @property
    def port(self) -> int:
        """Which `PORT` it is written for, as a number of its own: an import of ours would always agree."""
        ...

    @property
    def fields(self) -> tuple[Field, ...]:
        """The keys of a channel's entry, besides `network`, `language` and `links`."""
        ...

    @property
    def variants(self) -> Mapping[str, tuple[str, ...]]:
        """The keys of an `on:` block that it knows, with the values allowed; none listed means any text.

        `warning`, a text by language, is one of them where the network has content warnings.
        """
        ...

    @property
    def features(self) -> frozenset[Feature]:
        """What it can do beyond plain text; a post that wants anything else is refused when it is checked."""
        ...

    @property
    def defaults(self) -> Limits:
        """The limits of an ordinary server, for as long as ours has not been asked."""
        ...

    def lay_out(self, body: RichText, settings: Mapping[str, str], limits: Limits) -> Layout:
        """Show the text in this network's manner and measure it.

        `settings` are the post's, because some count (a Mastodon content warning).
        """
        ...

    async def connect(self, access: Access) -> Publisher:
        """Ask the server who we are and what it allows. Raises PublishError."""
        ...

"""A network that nobody has: the notice board of a town, as one file. docs/writing-a-publisher.md walks through it.

The board remembers the key of every notice for good, so the same notice may go again at any time.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, TypeVar

from amplify.domain.envelope import Envelope, Parents, Receipt, Ticket
from amplify.domain.feature import Feature
from amplify.domain.rendition import Layout, Limits, Rendition
from amplify.domain.richtext import RichText
from amplify.ports.darkroom import Picture
from amplify.ports.errors import (
    LookFailed,
    OutcomeUnknown,
    PublishError,
    Rejected,
    Throttled,
    Unauthorized,
    Unavailable,
)
from amplify.ports.publisher import NO_PICTURES, Access, Field, Identity, Replay
from amplify.publishers.answers import Ear
from amplify.publishers.failures import Border, Row
from amplify.publishers.lines import leading
from amplify.publishers.measure import graphemes, too_long
from amplify.publishers.reshape import entities

if TYPE_CHECKING:
    from httpx import AsyncClient, Response

T = TypeVar("T")

#: The answers that the board gives before it puts anything up. A 5xx has no row: the notice may hang.
REFUSALS = (
    Row(401, "", Unauthorized, "Ask the town hall for a new token"),
    Row(422, "", Rejected),
    Row(429, "", Throttled),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Square:
    """The kind of server."""

    name: str = "square"
    port: int = 1
    fields: tuple[Field, ...] = (Field(name="server"), Field(name="token", secret=True))
    variants: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    features: frozenset[Feature] = frozenset(
        {Feature.MARKS, Feature.LABELLED_LINK, Feature.TAG, Feature.MENTION, Feature.LANGUAGE, Feature.THREAD}
    )
    defaults: Limits = Limits(text=280, unit="graphemes")  # noqa: RUF009  frozen

    def lay_out(self, body: RichText, settings: Mapping[str, str], limits: Limits) -> Layout:  # noqa: ARG002  the port's
        """As it is: the board shows every mark."""
        length = graphemes(body.text)
        return Layout(
            text=body.text,
            entities=entities(body, len),
            length=length,
            limit=limits.text,
            unit=limits.unit,
            too_long=too_long("the square", length, limits.text),
        )

    async def connect(self, access: Access) -> "Board":
        """Ask who we are and how long a notice may be. Raises PublishError."""
        line = Line.opened(access)
        try:
            return await line.ask("GET", "/me", lambda answer: self._board(line, answer.json()), otherwise=Unavailable)
        except PublishError:
            await line.client.aclose()
            raise

    def _board(self, line: "Line", me: Mapping[str, Any]) -> "Board":
        """Raises KeyError, TypeError or ValueError where the answer tells of no account."""
        identity = Identity(
            network=self.name, id=me["id"], name=me["name"], url=me["url"], automated=me["automated"] is True
        )
        return Board(line=line, identity=identity, limits=replace(self.defaults, text=int(me["longest"])))


@dataclass(frozen=True, slots=True, kw_only=True)
class Board:
    """An account that may put up notices."""

    line: "Line"
    identity: Identity
    limits: Limits
    replay: Replay = Replay(safe_for=timedelta(days=3650))  # noqa: RUF009  frozen

    def prepare(self, rendition: Rendition, ticket: Ticket, now: datetime, parents: Parents | None) -> Envelope:
        """Check and seal. Raises Rejected."""
        problems = [
            "the text is empty" if not rendition.text.strip() else "",
            too_long("the square", graphemes(rendition.text), self.limits.text),
            "the square takes no pictures" if rendition.pictures else "",
        ]
        if any(problems):
            raise Rejected(*filter(None, problems))
        marks = [[e.kind, e.start, e.end, e.value] for e in rendition.layout.entities]
        request = {"key": ticket.idempotency_key, "text": rendition.text, "marks": marks, "lang": rendition.language}
        if parents:
            request["below"] = parents.parent.remote_id
        return Envelope(key=rendition.key, network=SQUARE.name, sealed_at=now, request=request)

    async def stage(self, envelope: Envelope, pictures: Mapping[str, Picture] = NO_PICTURES) -> Envelope:  # noqa: ARG002  none
        """Nothing is given ahead."""
        return envelope

    async def publish(self, envelope: Envelope, pictures: Mapping[str, Picture] = NO_PICTURES) -> Receipt:  # noqa: ARG002  none
        """Put the notice up. Raises PublishError."""
        return await self.line.ask("POST", "/notices", lambda answer: _receipt(answer.json()), json=envelope.request)

    async def find(self, envelope: Envelope, taken: Collection[str]) -> Receipt | None:  # noqa: ARG002  the key is ours alone
        """Ask for the notice of this key. Raises CannotTell."""
        asked = {"key": str(envelope.request["key"])}
        try:
            found = await self.line.ask("GET", "/notices", lambda answer: list(answer.json()), params=asked)
            return _receipt(found[0]) if found else None
        except (PublishError, KeyError, TypeError, ValueError) as error:
            raise LookFailed(f"could not look at the board: {error}") from None

    async def close(self) -> None:
        """Let go of the connection."""
        await self.line.client.aclose()


@dataclass(frozen=True, slots=True)
class Line:
    """Requests to the board: heard, never redirected, never tried again."""

    access: Access = field(repr=False)
    client: "AsyncClient" = field(repr=False)

    @classmethod
    def opened(cls, access: Access) -> "Line":
        """It takes no way but the channel's, whatever the environment says."""
        import httpx

        waits = httpx.Timeout(access.timeout.total_seconds(), connect=access.connect_timeout.total_seconds())
        known = {"Authorization": f"Bearer {access.settings['token']}"}
        server = access.settings["server"].rstrip("/")
        return cls(access, httpx.AsyncClient(base_url=server, headers=known, timeout=waits, **leading(access.way)))

    async def ask(
        self,
        method: str,
        path: str,
        read: "Callable[[Response], T]",
        otherwise: type[PublishError] = OutcomeUnknown,
        **said: Any,
    ) -> T:
        """What `read` makes of the answer. Raises PublishError: by the table, else `otherwise`."""
        ear, token = Ear(), self.access.settings["token"]
        border = Border(
            network="The square",
            table=REFUSALS,
            ear=ear,
            otherwise=otherwise,
            secrets=(token,),
            way=self.access.way,
            server=self.access.settings["server"],
        )
        with border.crossed():
            async with self.client.stream(method, path, **said) as answer:
                ear.hear(answer.status_code, answer.headers)
                ear.body = await answer.aread()
                answer.raise_for_status()
                return read(answer)


SQUARE = Square()


def _receipt(notice: Mapping[str, Any]) -> Receipt:
    """Raises KeyError, TypeError or ValueError where the answer is no notice."""
    return Receipt(remote_id=str(notice["id"]), url=str(notice["url"]), at=datetime.fromisoformat(notice["at"]))

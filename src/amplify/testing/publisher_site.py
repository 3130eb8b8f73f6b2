"""Where a publisher's promises are tried: an account on a server, and the ways to look at and to trouble it."""

from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Any

from amplify.domain.envelope import Envelope, Parents, Receipt, Ticket
from amplify.domain.feature import Feature
from amplify.domain.key import Key
from amplify.domain.picture import Shown
from amplify.domain.rendition import Rendition
from amplify.domain.richtext import RichText, SpanKind, marked, paragraphs, plain
from amplify.ports.errors import CannotTell
from amplify.ports.publisher import Access, Network, Publisher
from amplify.testing.faults import Faults, Rule
from amplify.testing.wall import WallPost

LINK = "https://petition.example/sign"
NO_WISHES: Mapping[str, Any] = MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """A server that is there, an account on it, and the ways to look at and to trouble it.

    `sends` is a pattern for the path of the one irreversible request. `refusal` is the status with which
    the server refuses a text. `sent` counts such requests as they left us, also where a fault kept them from the server. `leave` takes the server away.
    `keeps_keys`: it knows a repeated request; `answers_replays`: and answers it as the first (Mastodon 4.6 says 500).
    `edits` are the method and a pattern for the path of a request that edits, and `edited` counts those, where the network
    can edit. `deletes` is the same for one that deletes. `mention` is a handle that the server knows. `shows_alt`: it has a place for the words of a picture. `cannot_show`: the promises, by the names of their tests, that
    this server does not let anybody see, each with the reason; `cannot_show_features` likewise.
    """

    network: Network
    access: Access
    secret: str
    wall: Callable[[], Sequence[WallPost]]
    faults: Faults
    leave: Callable[[], Awaitable[None]]
    sent: Callable[[], int]
    now: Callable[[], datetime]
    sends: str
    refusal: int
    keeps_keys: bool = False
    answers_replays: bool = True
    shows_alt: bool = True
    edits: tuple[str, str] = ("", "")
    edited: Callable[[], int] = int
    deletes: tuple[str, str] = ("", "")
    mention: str = "@campaign"
    cannot_show: Mapping[str, str] = field(default_factory=dict)
    cannot_show_features: Mapping[Feature, str] = field(default_factory=dict)
    opened: list[Publisher] = field(default_factory=list)

    async def connect(self, patience: timedelta | None = None, settings: Mapping[str, str] | None = None) -> Publisher:
        """A connected publisher, with less `patience`, or other `settings` than the account's."""
        filled = {**self.access.settings, **(settings or {})}
        access = replace(self.access, settings=filled, timeout=patience or self.access.timeout)
        publisher = await self.network.connect(access)
        self.opened.append(publisher)
        return publisher

    def strike(self, what: str, arg: float = 0, phase: str = "") -> None:
        """Order a fault for the next request that would publish."""
        self.faults.add(Rule(what=what, path=self.sends, method="POST", arg=arg, phase=phase))

    def strike_edit(self, what: str, arg: float = 0, phase: str = "") -> None:
        """Order a fault for the next request that would edit."""
        method, path = self.edits
        self.faults.add(Rule(what=what, path=path, method=method, arg=arg, phase=phase))

    def strike_delete(self, what: str, arg: float = 0, phase: str = "") -> None:
        """Order a fault for the next request that would delete."""
        method, path = self.deletes
        self.faults.add(Rule(what=what, path=path, method=method, arg=arg, phase=phase))

    def sealed(
        self,
        publisher: Publisher,
        body: RichText,
        post: str = "call",
        *,
        parents: Parents | None = None,
        settings: Mapping[str, str] | None = None,
        pictures: tuple[Shown, ...] = (),
        wishes: Mapping[str, Any] = NO_WISHES,
    ) -> Envelope:
        """An envelope for `body` as the post of that id; `wishes` are other fields of its rendition."""
        said = settings or {}
        pictures = wishes.get("pictures", pictures)
        key = Key(edition="2027", post=post, channel=self.access.channel)
        rendition = Rendition(
            key=key,
            network=self.network.name,
            channel=self.access.channel,
            language=self.access.language,
            due=self.now(),
            layout=self.network.lay_out(body, said, publisher.limits.beside(pictures)),
            settings=said,
            **{**wishes, "pictures": pictures},
        )
        ticket = Ticket(key=key, nonce=f"nonce-of-{post}", made_at=self.now())
        return publisher.prepare(rendition, ticket, self.now(), parents)

    async def close(self) -> None:
        for publisher in self.opened:
            await publisher.close()


def body() -> RichText:
    """Marks of every kind, and letters that count differently in every unit."""
    return paragraphs(
        plain("Дзень 🙂 ") + marked("салідарнасці", SpanKind.BOLD, "") + plain(" з палітвязнямі"),
        plain("Калі ласка, ")
        + marked("падпішыце", SpanKind.LINK, LINK)
        + plain(" сёння: ")
        + marked(LINK, SpanKind.LINK, LINK),
        marked("#Belarus", SpanKind.TAG, "Belarus"),
    )


async def send(publisher: Publisher, envelope: Envelope) -> Receipt:
    return await publisher.publish(await publisher.stage(envelope))


async def look_up(publisher: Publisher, envelope: Envelope, taken: Collection[str] = ()) -> Receipt | CannotTell | None:
    try:
        return await publisher.find(envelope, taken)
    except CannotTell as told:
        return told

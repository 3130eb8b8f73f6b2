"""Rooms that Apprise knows a way to: a Discord or Slack channel, a Matrix room and others on a short list.

Such a room is an address and nothing else. Connecting asks nobody, since there is nobody to ask; a post cannot be looked
up, sent again without a second one, changed or answered. Where its answer is lost, a person has to look.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from hashlib import sha256
from importlib.util import find_spec

from amplify.domain.budget import Use
from amplify.domain.envelope import Envelope, Parents, Receipt, Ticket
from amplify.domain.feature import Feature
from amplify.domain.loopback import on_this_machine
from amplify.domain.rendition import Layout, Limits, Rendition
from amplify.domain.richtext import RichText, SpanKind
from amplify.ports.darkroom import Picture
from amplify.ports.errors import CannotTell, Rejected, Unauthorized, Unavailable
from amplify.ports.examining import Examined
from amplify.ports.publisher import NO_PICTURES, Access, Field, Identity, Replay
from amplify.ports.sign_in import Guide
from amplify.publishers.answers import Ear
from amplify.publishers.apprise_answers import NOT_INSTALLED, judge
from amplify.publishers.apprise_errand import Carry, Order, by_courier
from amplify.publishers.apprise_examine import examined
from amplify.publishers.apprise_refused import why_not
from amplify.publishers.apprise_services import SERVICES, Place, place_of
from amplify.publishers.mastodon_text import written_out
from amplify.publishers.measure import too_long, utf16
from amplify.publishers.metering import metered
from amplify.publishers.reshape import entities, spelled_out

_NEVER = Replay()
_URL = re.compile(r"https?://\S+", re.IGNORECASE)
#: What most of these services would take for marks, and show in another way than it is written.
_MARKS = re.compile(r"(\*|~~|`|\|\|)(?=\S)[^\n]*?\S\1|(?<!\w)(_{1,2})(?=\S)[^\n]*?\S\2(?!\w)")
#: What would ring at everybody in the room.
_CALLS = re.compile(r"(?<![\w/])@(?:everyone|here|channel|all|room)\b|<[!@#]", re.IGNORECASE)
_BEGINNING = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Apprise:
    """The kind of room. The limit is that of the strictest service, until the address is known."""

    name: str = "apprise"
    port: int = 1
    fields: tuple[Field, ...] = (Field(name="address", secret=True), Field(name="url", required=False))
    variants: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    purposes: Mapping[str, str] = field(
        default_factory=lambda: {
            "address": "The room's webhook, or its address as Apprise writes it: the name of a secret, never the secret itself.",
            "url": "Where people read the room, if there is such an address: https://….",
        }
    )
    guides: Mapping[str, Guide] = field(
        default_factory=lambda: {
            "address": Guide(
                how=f"In the settings of the room, under integrations or webhooks: make one and copy its address "
                f"({', '.join(service.name for service in SERVICES)})."
            )
        }
    )
    features: frozenset[Feature] = frozenset()
    defaults: Limits = Limits(text=min(service.text for service in SERVICES), unit="utf-16")  # noqa: RUF009  frozen
    carry: Carry = field(default=by_courier, repr=False)

    @property
    def missing(self) -> str:
        """Empty, or what must be installed before anything can be published."""
        return "" if find_spec("apprise") else NOT_INSTALLED

    def lay_out(self, body: RichText, settings: Mapping[str, str], limits: Limits) -> Layout:  # noqa: ARG002  the port's
        """Plain text; the URL of a labelled link stands behind its label, and a hashtag is a word."""
        shown = written_out(spelled_out(body.keep(lambda span: span.kind is SpanKind.LINK)))
        length = utf16(shown.text)
        return Layout(
            text=shown.text,
            entities=entities(shown, len),
            length=length,
            limit=limits.text,
            unit=limits.unit,
            too_long=too_long("the room", length, limits.text),
        )

    def refusals(self, rendition: Rendition, limits: Limits) -> Iterable[str]:  # noqa: ARG002  the port's
        """What would be shown in another way than it is written, or ring at people."""
        return _unplain(rendition.text)

    async def connect(self, access: Access) -> "Room":
        """Know the room by its address; nobody is asked. Raises PublishError."""
        if self.missing:
            raise Unauthorized(self.missing)
        place, url = _allowed(access.settings["address"].strip()), access.settings.get("url", "")
        if url and not url.startswith("https://") and not on_this_machine(url):
            raise Unauthorized("`url` is where people read the room: it begins with https://, or is left out")
        identity = Identity(
            network=self.name,
            id=place.id,
            name=place.service.room,
            url=url or place.home,
            automated=True,
            label="nowhere: the service shows every message of a webhook as a program's",
        )
        return Room(
            place=place,
            access=access,
            identity=identity,
            limits=replace(self.defaults, text=place.service.text),
            carry=self.carry,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """A room that may be posted to."""

    place: Place = field(repr=False)
    access: Access = field(repr=False)
    identity: Identity
    limits: Limits
    carry: Carry = field(repr=False)
    replay: Replay = _NEVER

    @property
    def secrets(self) -> Collection[str]:
        return frozenset(self.place.secrets())

    def prepare(self, rendition: Rendition, ticket: Ticket, now: datetime, parents: Parents | None) -> Envelope:  # noqa: ARG002  nothing is answered here
        """Check and seal. Raises Rejected with every problem at once."""
        text = rendition.text
        problems = [
            "the text is empty" if not text.strip() else "",
            too_long(self.place.service.name, utf16(text), self.limits.text),
            "a room takes no pictures here: a picture would be a second message" if rendition.pictures else "",
            *_unplain(text),
        ]
        if any(problems):
            raise Rejected(*filter(None, problems))
        known = sha256(ticket.nonce.encode()).hexdigest()[:16]
        request = {"text": text, "receipt": f"unnamed-{known}"}
        return Envelope(key=rendition.key, network=self.identity.network, sealed_at=now, request=request)

    async def stage(self, envelope: Envelope, pictures: Mapping[str, Picture] = NO_PICTURES) -> Envelope:  # noqa: ARG002  none
        """Nothing is given ahead."""
        return envelope

    async def publish(self, envelope: Envelope, pictures: Mapping[str, Picture] = NO_PICTURES) -> Receipt:  # noqa: ARG002  none
        """Send a courier with the one request. Raises PublishError.

        The receipt names the room and no message: a room does not tell what it calls one.
        """
        waits, connects = self.access.timeout, self.access.connect_timeout
        order = Order(
            address=self.place.address(cto=str(connects.total_seconds()), rto=str(waits.total_seconds())),
            sends=self.place.service.sends,
            text=str(envelope.request["text"]),
            within=waits + connects,
            way=self.access.way,
        )
        ear = Ear()
        async with metered(self.access.meter, ear, Use.POST):
            try:
                back = await self.carry(order)
            except OSError as error:
                raise Unavailable(f"no process could be started for it ({error.strerror}); nothing has left") from None
            judge(back, self.place, ear)
        at = ear.date or envelope.sealed_at.astimezone(UTC)
        return Receipt(remote_id=str(envelope.request["receipt"]), url=self.identity.url, at=at)

    async def find(self, envelope: Envelope, taken: Collection[str]) -> Receipt | None:  # noqa: ARG002  nothing to go by
        """Raises CannotTell, always: who may post to a room may not read it."""
        begins = str(envelope.request["text"]).split("\n")[0][:_BEGINNING]
        raise CannotTell(
            f"{self.place.service.name} shows nobody what was posted there through an address. Open the room "
            f"({self.identity.url}) and look for the message that begins “{begins}”; then say so with `amplify resolve`: "
            "--published with its address, or --absent."
        )

    async def examine(self) -> Examined:
        """What a person should look at; nobody is asked."""
        return examined(self.place)

    async def close(self) -> None:
        """Nothing is kept open between posts."""


APPRISE = Apprise()


def _allowed(address: str) -> Place:
    """Raises Unauthorized, without a word of the address but its first."""
    place = place_of(address)
    if place is not None:
        return place
    schema = address.partition("://")[0].lower() if "://" in address else ""
    examples = {word: service for service in SERVICES for word in (*service.schemas, service.clear) if word}
    if schema in examples:
        service = examples[schema]
        raise Unauthorized(
            f"this is no address of one {service.name} room. It must be like {service.example}, encrypted, and say nothing else: "
            "no second room, no person, no options"
        )
    allowed = ", ".join(service.name for service in SERVICES)
    if schema in ("", "http", "https"):
        raise Unauthorized(
            f"this is no address of a room that amplify knows. It publishes through Apprise to: {allowed}"
        )
    raise Unauthorized(
        f"amplify does not publish to {schema}:// addresses: {why_not(schema)}. It publishes to: {allowed}"
    )


def _unplain(text: str) -> Iterator[str]:
    bare = _URL.sub("", text)
    if marks := _MARKS.search(bare):
        yield f"the room may show “{marks[0]}” in bold, slanted or hidden, and without its signs: write it without them"
    if call := _CALLS.search(bare):
        yield f"“{call[0]}” would ring at everybody in the room: amplify calls nobody"

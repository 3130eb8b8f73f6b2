"""A post on its way while a server's answer is garbled, and whether what we then believe is what the wall shows.

Not knowing is always allowed. Believing that a post is public when it is not, or the other way round, never is.
"""

import random
import traceback
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from io import BytesIO
from typing import Self

from bench.fuzz.garbling import Accident, Garbler

from amplify.domain.envelope import Envelope, Receipt, Ticket
from amplify.domain.key import Key
from amplify.domain.picture import Shown, digest_of
from amplify.domain.rendition import Rendition
from amplify.domain.richtext import plain
from amplify.imaging.darkroom import PillowDarkroom
from amplify.ports.darkroom import Picture
from amplify.ports.errors import CannotTell, NotSent, OutcomeUnknown, PublishError
from amplify.ports.publisher import Access, Publisher
from amplify.publishers import installed
from amplify.testing.faults import Rule
from amplify.testing.resident import Resident, settings_for
from amplify.testing.sandbox import Sandbox

NAMES = {"mastodon": "campaign", "bluesky": "campaign.example", "telegram": "@campaign"}
_SENDS = {"mastodon": r"/api/v1/statuses$", "bluesky": r"repo\.putRecord$", "telegram": r"/send(Message|Photo)$"}
_LOOKS = {"mastodon": r"/statuses|/source", "bluesky": r"repo\.getRecord", "telegram": r"."}
_GIVES = {"mastodon": r"/media", "bluesky": r"uploadBlob", "telegram": r"/sendPhoto$"}
_REFUSALS = (400, 401, 403, 404, 413, 422, 429, 500, 502, 503)
#: What every account of these look-alikes is told to be its password.
_TOLD = "7:fuzz"
_WAIT = timedelta(seconds=5)
_SOON = datetime(2027, 5, 21, 7, tzinfo=UTC)


def _red() -> bytes:
    """A picture."""
    from PIL import Image

    with BytesIO() as file:
        Image.new("RGB", (20, 20), "red").save(file, "PNG")
        return file.getvalue()


@dataclass(slots=True)
class Stage:
    """Three look-alikes, each behind a door that garbles."""

    sandbox: Sandbox
    doors: dict[str, Garbler] = field(default_factory=dict)
    publishers: dict[str, Publisher] = field(default_factory=dict)
    picture: bytes = field(default_factory=_red)
    prints: dict[str, Picture] = field(default_factory=dict)

    @classmethod
    async def open(cls) -> Self:
        residents = [Resident(network=n, channels=(n,), name=name, secret=_TOLD) for n, name in NAMES.items()]
        stage = cls(await Sandbox.open(residents, now=lambda: _SOON))
        for resident in residents:
            door = await Garbler.open(stage.sandbox.urls[resident.network])
            stage.doors[resident.network] = door
        return stage

    async def close(self) -> None:
        for publisher in self.publishers.values():
            await publisher.close()
        for door in self.doors.values():
            await door.close()
        await self.sandbox.close()

    async def publisher(self, network: str) -> Publisher:
        if network not in self.publishers:
            self.publishers[network] = await self._connected(network)
        return self.publishers[network]

    async def wrong(self, number: int) -> str:
        """Play one; nothing, or what was wrong, in words."""
        chance = random.Random(number)  # noqa: S311  accidents need not be secret
        network = chance.choice(list(NAMES))
        play = chance.choice((self._sent, self._sent, self._refused, self._looked_for, self._given, self._met))
        try:
            told = await play(network, number, chance)
        except Exception:  # noqa: BLE001  whatever it is, it is what we look for
            told = traceback.format_exc()
        happened = self.doors[network].happened[-1:] or ["nothing"]
        self.sandbox.faults.clear()
        self.doors[network].waiting = None
        return f"{number} {network}, {play.__name__}, {happened[0]}: {told}" if told else ""

    async def _met(self, network: str, number: int, _: random.Random) -> str:
        """While we only ask who we are, any failure is one of ours, by name."""
        self._order(network, number, ".")
        with suppress(NotSent):
            await (await self._connected(network)).close()
        return ""

    async def _sent(self, network: str, number: int, chance: random.Random) -> str:
        publisher, envelope = await self._sealed(network, number, pictured=chance.random() < 1 / 3)
        envelope = await publisher.stage(envelope, self.prints)
        self._order(network, number, _SENDS[network])
        return await self._judged(network, publisher, envelope, number)

    async def _refused(self, network: str, number: int, chance: random.Random) -> str:
        """A refusal, or a failure of the server before or after it has stored the post, is garbled as well."""
        publisher, envelope = await self._sealed(network, number)
        status = chance.choice(_REFUSALS)
        phase = "after" if status >= _REFUSALS[-3] and chance.random() < 1 / 2 else "before"
        self.sandbox.faults.add(Rule(what="status", arg=status, phase=phase, path=_SENDS[network], method="POST"))
        self._order(network, number, _SENDS[network])
        return await self._judged(network, publisher, envelope, number)

    async def _given(self, network: str, number: int, _: random.Random) -> str:
        """The answer to a picture is garbled, and then the post goes out with whatever we were told."""
        publisher, envelope = await self._sealed(network, number, pictured=True)
        self._order(network, number, _GIVES[network])
        try:
            envelope = await publisher.stage(envelope, self.prints)
        except PublishError:
            return f"a post is public that was not sent: {envelope.key}" if self._public(network, number) else ""
        return await self._judged(network, publisher, envelope, number)

    async def _looked_for(self, network: str, number: int, chance: random.Random) -> str:
        """The post was lost sight of, landed or not; then the answers to our looking are garbled."""
        publisher, envelope = await self._sealed(network, number)
        lost = chance.choice(("drop_before", "drop_after"))
        self.sandbox.faults.add(Rule(what=lost, path=_SENDS[network], method="POST"))
        try:
            await publisher.publish(envelope)
        except OutcomeUnknown:
            self._order(network, number, _LOOKS[network])
            return await self._found(network, publisher, envelope, number)
        except NotSent as error:
            return f"lost sight of, and held to be not sent: {error!r}"
        return "lost sight of, and held to be public"

    async def _judged(self, network: str, publisher: Publisher, envelope: Envelope, number: int) -> str:
        try:
            receipt = await publisher.publish(envelope, self.prints)
        except NotSent as error:
            return f"it is public, and we believe it is not: {error!r}" if self._public(network, number) else ""
        except OutcomeUnknown:
            self.doors[network].waiting = None
            return await self._found(network, publisher, envelope, number)
        return self._held(network, receipt, number)

    async def _found(self, network: str, publisher: Publisher, envelope: Envelope, number: int) -> str:
        try:
            receipt = await publisher.find(envelope, ())
        except CannotTell:
            return ""
        if receipt is None:
            return "it is public, and we looked and believe it is not" if self._public(network, number) else ""
        return self._held(network, receipt, number)

    def _held(self, network: str, receipt: Receipt, number: int) -> str:
        public = self._public(network, number)
        if not public:
            return f"it is not public, and we believe it is: {receipt}"
        if receipt.remote_id not in public and receipt.remote_id.lstrip("-") in {
            "",
            "0.5",
            "True",
            "False",
            "None",
            "[]",
            "{}",
        }:
            return f"it is known by a name that is none: {receipt.remote_id!r}"
        return ""

    def _public(self, network: str, number: int) -> list[str]:
        return [
            post.remote_id for post in self.sandbox.walls() if post.network == network and post.text == _text(number)
        ]

    def _order(self, network: str, number: int, path: str) -> None:
        accident = Accident(path=path, number=number)
        self.doors[network].waiting = accident
        self.doors[network].happened.append(accident)

    async def _connected(self, network: str) -> Publisher:
        resident = Resident(network=network, channels=(network,), name=NAMES[network], secret=_TOLD)
        settings = settings_for(resident, {network: self.doors[network].url})
        way = Access(channel=network, language="en", settings=settings, timeout=_WAIT, connect_timeout=_WAIT)
        return await installed()[network].connect(way)

    async def _sealed(self, network: str, number: int, *, pictured: bool = False) -> tuple[Publisher, Envelope]:
        publisher = await self.publisher(network)
        key = Key(edition="1", post=f"p{number}", channel=network)
        shown = Shown(
            path="posts/media/a.png",
            digest=digest_of(self.picture),
            alt=f"A red field, number {number}, and nothing else",
        )
        pictures: Sequence[Shown] = (shown,) if pictured else ()
        if publisher.limits.pictures is not None:
            self.prints[shown.mark] = PillowDarkroom().develop(self.picture, publisher.limits.pictures)
        rendition = Rendition(
            key=key,
            network=network,
            channel=network,
            language="en",
            due=_SOON,
            layout=installed()[network].lay_out(plain(_text(number)), {}, publisher.limits),
            pictures=tuple(pictures),
        )
        ticket = Ticket(key=key, nonce=f"nonce-{number}", made_at=_SOON)
        return publisher, publisher.prepare(rendition, ticket, _SOON, None)


def _text(number: int) -> str:
    return f"Post number {number}"

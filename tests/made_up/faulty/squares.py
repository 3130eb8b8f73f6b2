"""The square as people write it who have not read to the end: each breaks one promise."""

import itertools
import logging
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, fields, replace
from datetime import UTC, datetime
from typing import Any

from notice_boards.square import SQUARE, Board, Square

from amplify.domain.envelope import Envelope, Parents, Receipt, Ticket
from amplify.domain.feature import Feature
from amplify.domain.rendition import Rendition
from amplify.ports.darkroom import Picture
from amplify.ports.errors import OutcomeUnknown, Rejected, Unavailable
from amplify.ports.publisher import NO_PICTURES, Access

PUBLIC = "https://square.example/1"
_counted = itertools.count()


@dataclass(frozen=True, slots=True, kw_only=True)
class Faulty(Square):
    """It connects to a board of another kind."""

    board: Callable[..., Board] = Board

    async def connect(self, access: Access) -> Board:
        good = await SQUARE.connect(access)
        return self.board(**{each.name: getattr(good, each.name) for each in fields(good)})


class Impatient(Board):
    async def publish(self, envelope: Envelope, pictures: Mapping[str, Picture] = NO_PICTURES) -> Receipt:
        try:
            return await Board.publish(self, envelope, pictures)
        except OutcomeUnknown:
            return await Board.publish(self, envelope, pictures)


class Hopeful(Board):
    async def publish(self, envelope: Envelope, pictures: Mapping[str, Picture] = NO_PICTURES) -> Receipt:
        try:
            return await Board.publish(self, envelope, pictures)
        except Rejected:
            return Receipt(remote_id="1", url=PUBLIC, at=datetime.now(UTC))


class Blind(Board):
    async def find(self, envelope: Envelope, taken: Collection[str]) -> Receipt | None:  # noqa: ARG002  it does not look
        return None


class Talkative(Board):
    async def publish(self, envelope: Envelope, pictures: Mapping[str, Picture] = NO_PICTURES) -> Receipt:
        logging.getLogger("square").debug("publishing with %s", self.line.access.settings)
        return await Board.publish(self, envelope, pictures)


class Careless(Board):
    def prepare(self, rendition: Rendition, ticket: Ticket, now: datetime, parents: Parents | None) -> Envelope:
        plain = replace(rendition, layout=replace(rendition.layout, entities=()))
        return Board.prepare(self, plain, ticket, now, parents)


class Moody(Board):
    def prepare(self, rendition: Rendition, ticket: Ticket, now: datetime, parents: Parents | None) -> Envelope:
        sealed = Board.prepare(self, rendition, ticket, now, parents)
        return replace(sealed, request={**sealed.request, "key": f"key-{next(_counted)}"})


class Forgetful(Board):
    async def publish(self, envelope: Envelope, pictures: Mapping[str, Picture] = NO_PICTURES) -> Receipt:
        request: dict[str, Any] = {**envelope.request, "key": f"key-{next(_counted)}"}
        return await Board.publish(self, replace(envelope, request=request), pictures)


class Certain(Board):
    async def publish(self, envelope: Envelope, pictures: Mapping[str, Picture] = NO_PICTURES) -> Receipt:
        try:
            return await Board.publish(self, envelope, pictures)
        except OutcomeUnknown as lost:
            raise Unavailable(str(lost)) from None


IMPATIENT = Faulty(board=Impatient)
HOPEFUL = Faulty(board=Hopeful)
BLIND = Faulty(board=Blind)
TALKATIVE = Faulty(board=Talkative)
CARELESS = Faulty(board=Careless)
BOASTFUL = Faulty(features=SQUARE.features | {Feature.POLL})
MOODY = Faulty(board=Moody)
FORGETFUL = Faulty(board=Forgetful)
CERTAIN = Faulty(board=Certain)

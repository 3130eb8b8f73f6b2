"""A Bluesky account that we may post from: the half that has a connection."""

from collections.abc import Collection, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from amplify.domain.budget import Use
from amplify.domain.envelope import Envelope, Json, Parents, Receipt, Ticket
from amplify.domain.rendition import Limits, Onto, Rendition
from amplify.ports.darkroom import Picture
from amplify.ports.errors import CannotTell, LookFailed, OutcomeUnknown, PublishError, Rejected, Throttled, Unavailable
from amplify.ports.examining import Examined
from amplify.ports.publisher import NO_PICTURES, Identity, Replay
from amplify.ports.upkeep import Counts
from amplify.publishers.bluesky_check import lost, refusals
from amplify.publishers.bluesky_embed import card_of, marks_in, ref_of
from amplify.publishers.bluesky_examine import examine
from amplify.publishers.bluesky_gate import gates_in, gates_of, once_more
from amplify.publishers.bluesky_measure import AT_ONCE, measure
from amplify.publishers.bluesky_post import POST, collection_of, handles_in, record_of, undated, whole
from amplify.publishers.bluesky_profile import label, pin
from amplify.publishers.bluesky_session import PUT, Session
from amplify.publishers.bluesky_withdraw import withdraw
from amplify.publishers.pictures import listed
from amplify.publishers.refusals import BLUESKY as REFUSALS
from amplify.publishers.refusals import BLUESKY_BLOBS as BLOBS

_FOR_EVER = Replay(safe_for=timedelta(days=3650), boosts=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class BlueskyAccount:
    """What is asked of its server."""

    session: Session
    identity: Identity
    limits: Limits
    replay: Replay = _FOR_EVER
    at_once: int = AT_ONCE

    @property
    def secrets(self) -> Collection[str]:
        """The tokens of the session that we have now."""
        return self.session.tokens

    def prepare(self, rendition: Rendition, ticket: Ticket, now: datetime, parents: Parents | None) -> Envelope:
        """Check and seal the record, and who may reply to it. Raises Rejected with every problem at once."""
        problems = [*refusals(rendition, self.limits), *lost(rendition, parents)]
        if problems:
            raise Rejected(*dict.fromkeys(problems))
        settings = rendition.settings
        record = record_of(rendition, now, parents)
        request: dict[str, Json] = {"repo": self.identity.id, "rkey": ticket.tid, "record": record}
        if rendition.pictures:
            request["media"] = listed(rendition)
        if rendition.link_card is not None:
            request["card"] = card_of(rendition.link_card)
        if rendition.onto is Onto.BOOST and parents:
            request["shows"] = parents.parent.url
        begins = parents is None or rendition.onto is Onto.QUOTE
        gates = gates_of(f"at://{self.identity.id}/{POST}/{ticket.tid}", settings, now, begins=begins)
        if gates:
            request["gates"] = gates
        if rendition.pin:
            request["pin"] = True
        settles = bool(gates) or rendition.pin
        return Envelope(
            key=rendition.key, network=self.identity.network, sealed_at=now, request=request, settles=settles
        )

    async def stage(self, envelope: Envelope, pictures: Mapping[str, Picture] = NO_PICTURES) -> Envelope:
        """Ask who is mentioned, give the server the pictures, and say who may reply and quote. Raises PublishError."""
        record = deepcopy(envelope.request["record"])
        for mention, handle in handles_in(record):
            mention["did"] = await self._did(handle)
        staged = dict(envelope.staged)
        for mark in marks_in(envelope):
            if mark not in staged:
                staged[mark] = await self._given(pictures[mark], staged)
        for gate in gates_in(envelope):
            await self._lay(gate, envelope)
        return replace(envelope, request={**envelope.request, "record": record}, staged=staged)

    async def publish(self, envelope: Envelope, pictures: Mapping[str, Picture] = NO_PICTURES) -> Receipt:  # noqa: ARG002  staged
        """Put the record where there is none. Raises PublishError."""
        body: dict[str, Json] = {
            **self._place(envelope),
            "record": whole(envelope),
            "collection": collection_of(envelope),
            "swapRecord": None,
        }
        try:
            uri, cid = await self.session.procedure(PUT, body, _stored, REFUSALS, OutcomeUnknown, Use.POST)
        except OutcomeUnknown:
            if not self.session.was_told("InvalidSwap"):
                raise
        else:
            return self._receipt(envelope, uri, cid)
        return await self._what_is_there(envelope)

    async def find(self, envelope: Envelope, taken: Collection[str]) -> Receipt | None:  # noqa: ARG002  a key is enough
        """Look whether the record is stored under its key. Raises CannotTell."""
        repo, rkey = (envelope.request[name] for name in ("repo", "rkey"))
        try:
            record = whole(envelope)
            there = await self.session.record(str(repo), collection_of(envelope), str(rkey), REFUSALS)
        except PublishError as error:
            if self.session.was_told("RecordNotFound"):
                return None
            raise LookFailed(f"could not look at the account's posts: {error}") from None
        if undated(there.get("value")) != undated(record):
            raise CannotTell(f"another text is stored under this post's key: {self._url(envelope)}")
        try:
            return self._receipt(envelope, *_stored(there))
        except (KeyError, ValueError) as error:
            raise LookFailed(f"the server does not say what the post is called: {error}") from None

    async def settle(self, envelope: Envelope, receipt: Receipt) -> None:
        """Say once more who may reply and quote; pin it, where that is wanted. Raises PublishError."""
        for gate in gates_in(envelope):
            await self._lay(once_more(gate, envelope), envelope)
        if envelope.request.get("pin"):
            await pin(self.session, receipt)

    async def _given(self, picture: Picture, staged: Mapping[str, Json]) -> Json:
        """What the server calls it. Raises PublishError; `staged` is what it has already, and keeps while we wait."""
        try:
            return ref_of(await self.session.upload(picture.data, picture.mime, BLOBS), picture)
        except Throttled as error:
            raise Throttled(str(error), error.until, error.reading, staged) from None

    async def _lay(self, gate: dict[str, Json], envelope: Envelope) -> None:
        """Raises PublishError."""
        sent = {**self._place(envelope), "collection": gate["$type"], "record": gate}
        await self.session.procedure(PUT, sent, _stored, REFUSALS, Unavailable)

    async def withdraw(self, envelope: Envelope | None, receipt: Receipt) -> str:
        """Delete its record and those beside it. Raises PublishError."""
        return await withdraw(self.session, envelope, receipt)

    async def measure(self, receipts: Sequence[Receipt]) -> Mapping[str, Counts]:
        """What the network's view of posts tells. Raises PublishError."""
        return await measure(self.session, receipts)

    async def examine(self) -> Examined:
        """What kind of password it is, and where the server's terms are. Raises PublishError."""
        return await examine(self.session)

    async def set_label(self) -> None:
        """Say in the account's profile that it is automated. Raises PublishError."""
        await label(self.session)

    async def close(self) -> None:
        """Let go of the connection."""
        await self.session.close()

    async def _did(self, handle: str) -> str:
        """Raises PublishError; Rejected where nobody is called so."""
        try:
            return await self.session.did_of(handle, REFUSALS)
        except Rejected:
            told = f"nobody on Bluesky is called @{handle}; correct `addressees` in config/campaign.yaml"
            raise Rejected(told) from None

    @staticmethod
    def _place(envelope: Envelope) -> dict[str, Json]:
        return {name: envelope.request[name] for name in ("repo", "rkey")}

    async def _what_is_there(self, envelope: Envelope) -> Receipt:
        try:
            found = await self.find(envelope, ())
        except CannotTell as error:
            raise OutcomeUnknown(f"Bluesky: {error}") from None
        if found is None:
            raise OutcomeUnknown("Bluesky says both that the post is there and that it is not")
        return found

    def _receipt(self, envelope: Envelope, uri: str, cid: str) -> Receipt:
        return Receipt(remote_id=uri, url=self._url(envelope), at=envelope.sealed_at, proof={"cid": cid})

    def _url(self, envelope: Envelope) -> str:
        """What is shown again has no page of its own, only that of the post."""
        return str(envelope.request.get("shows") or f"{self.identity.url}/post/{envelope.request['rkey']}")


def _stored(answer: Any) -> tuple[str, str]:
    """Where and as what a record is stored. Raises TypeError, KeyError or ValueError where the answer says neither."""
    uri, cid = answer["uri"], answer["cid"]
    if not (isinstance(uri, str) and uri.startswith("at://") and isinstance(cid, str) and cid):
        raise ValueError("an answer without the name of a record")
    return uri, cid

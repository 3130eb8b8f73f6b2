"""Taking a post back from Bluesky: its record is deleted, and with it who might reply to it and quote it, and its place on top.

A server says yes also where there is no such record, so all may be said again at any time.
"""

from collections.abc import Iterator

from amplify.domain.budget import Use
from amplify.domain.envelope import Envelope, Json, Receipt
from amplify.ports.errors import OutcomeUnknown, PublishError, Rejected, Unavailable
from amplify.publishers.bluesky_gate import GATES, gates_in
from amplify.publishers.bluesky_post import POST, collection_of
from amplify.publishers.bluesky_profile import unpin
from amplify.publishers.bluesky_session import Session
from amplify.publishers.refusals import BLUESKY

_DELETE = "com.atproto.repo.deleteRecord"
LEFT = (
    "the relay and others who copy the network keep what they have until they hear of it; the record stays in the "
    "history of the account's repository until its server tidies up; notifications and screenshots stay"
)


async def withdraw(session: Session, envelope: Envelope | None, receipt: Receipt) -> str:
    """First what everybody sees, then what stands beside it. Raises PublishError."""
    collection, rkey = _place(session, envelope, receipt)
    try:
        await _delete(session, collection, rkey, OutcomeUnknown)
    except OutcomeUnknown as unclear:
        await _look(session, collection, rkey, unclear)
    for gate in _gates(collection, envelope):
        await _delete(session, gate, rkey, Unavailable)
    if collection == POST:
        await unpin(session, f"at://{session.did}/{collection}/{rkey}")
    return LEFT


async def _delete(session: Session, collection: str, rkey: str, otherwise: type[PublishError]) -> None:
    body: dict[str, Json] = {"repo": session.did, "collection": collection, "rkey": rkey}
    await session.procedure(_DELETE, body, lambda _: None, BLUESKY, otherwise, Use.DELETE)


async def _look(session: Session, collection: str, rkey: str, unclear: OutcomeUnknown) -> None:
    """Raises PublishError, unless it is gone."""
    try:
        await session.record(session.did, collection, rkey, BLUESKY)
    except PublishError as error:
        if session.was_told("RecordNotFound"):
            return
        raise OutcomeUnknown(f"{unclear}; and it could not be looked at: {error}") from None
    raise Unavailable("the server did not say clearly that it was deleted, and it is still there")


def _place(session: Session, envelope: Envelope | None, receipt: Receipt) -> tuple[str, str]:
    """Collection and key. What a person has found is known by the end of its address. Raises Rejected.

    A boost's address is that of the post that it shows: only the envelope tells them apart then.
    """
    if not receipt.remote_id.startswith("at://"):
        if envelope is None or not envelope.boosts:
            return POST, receipt.remote_id
        if "rkey" not in envelope.request:
            raise Rejected("which record shows it again is not known any more: take the boost back in the app")
        return collection_of(envelope), str(envelope.request["rkey"])
    repo, _, place = receipt.remote_id.removeprefix("at://").partition("/")
    collection, _, rkey = place.partition("/")
    if repo != session.did or not rkey:
        raise Rejected(f"this is no record of the account: {receipt.remote_id}")
    return collection, rkey


def _gates(collection: str, envelope: Envelope | None) -> Iterator[str]:
    """Where nobody knows any more whether there are any, both are deleted: that costs nothing."""
    if envelope is not None:
        yield from (str(gate["$type"]) for gate in gates_in(envelope))
    elif collection == POST:
        yield from GATES

"""The account's own profile: whether it says that it is automated, and which post stays on top.

The account's own server has that record; what others have labelled it with is not asked. Everything else that stands in
it is the owner's: it is put back as it was read, and only where nobody has changed it in between.
"""

from collections.abc import Mapping
from typing import Any

from amplify.domain.envelope import Json, Receipt
from amplify.ports.errors import PublishError, Rejected, Unavailable
from amplify.publishers.bluesky_session import PUT, Session
from amplify.publishers.refusals import BLUESKY as REFUSALS
from amplify.publishers.refusals import SIGN_IN

_PROFILE = "app.bsky.actor.profile"
_SELF_LABELS = "com.atproto.label.defs#selfLabels"
_AUTOMATED = "bot"


async def is_automated(session: Session) -> bool:
    """Whether the automation label is on. Raises PublishError."""
    try:
        told = await session.record(session.did, _PROFILE, "self", SIGN_IN)
    except PublishError:
        if session.was_told("RecordNotFound"):
            return False
        raise
    return any(_in(label, "val") == _AUTOMATED for label in _listed(_in(_in(told, "value"), "labels")))


async def pin(session: Session, receipt: Receipt) -> None:
    """Put a post on top of the account's own; where it is already, nothing changes. Raises PublishError."""
    cid = receipt.proof.get("cid")
    if not cid:
        raise Rejected("the post was confirmed by hand, and pinning it takes its record: pin it by hand too")
    profile, seen = await _profile(session)
    if _in(profile.get("pinnedPost"), "uri") == receipt.remote_id:
        return
    await _put(session, {**profile, "pinnedPost": {"uri": receipt.remote_id, "cid": cid}}, seen, "nothing was pinned")


async def unpin(session: Session, uri: str) -> None:
    """Take a post from the top of the account's own; where another or none is there, nothing changes. Raises PublishError."""
    profile, seen = await _profile(session)
    if _in(profile.get("pinnedPost"), "uri") == uri:
        del profile["pinnedPost"]
        await _put(session, profile, seen, "the post that is gone is still named there as pinned")


async def label(session: Session) -> None:
    """Let the account say that it is automated; where it does already, nothing changes. Raises PublishError."""
    profile, seen = await _profile(session)
    said = _listed(profile.get("labels"))
    if any(_in(one, "val") == _AUTOMATED for one in said):
        return
    labels: Json = {"$type": _SELF_LABELS, "values": [*said, {"val": _AUTOMATED}]}
    await _put(session, {**profile, "labels": labels}, seen, "the label was not switched on; try again")


async def _put(session: Session, profile: Mapping[str, Json], seen: str | None, otherwise: str) -> None:
    """In the place of the record that was `seen`, and of no other. Raises PublishError."""
    put: dict[str, Json] = {"repo": session.did, "collection": _PROFILE, "rkey": "self", "record": dict(profile)}
    try:
        await session.procedure(PUT, {**put, "swapRecord": seen}, lambda _: None, REFUSALS, Unavailable)
    except PublishError:
        if session.was_told("InvalidSwap"):
            raise Unavailable(f"somebody has changed the account's profile meanwhile, so {otherwise}") from None
        raise


async def _profile(session: Session) -> tuple[dict[str, Json], str | None]:
    """What stands there, and as what it must still stand there when it is put back."""
    try:
        told = await session.record(session.did, _PROFILE, "self", REFUSALS)
    except PublishError:
        if session.was_told("RecordNotFound"):
            return {"$type": _PROFILE}, None
        raise
    profile = told.get("value")
    return (dict(profile) if isinstance(profile, dict) else {"$type": _PROFILE}), str(told.get("cid"))


def _listed(labels: Any) -> list[Any]:
    values = _in(labels, "values")
    return values if isinstance(values, list) else []


def _in(table: Any, name: str) -> Any:
    return table.get(name) if isinstance(table, dict) else None

"""Changing a post that is public: the same address, other words, and everybody sees that it was edited.

A server takes what an edit does not repeat as removed: pictures, the warning, the cover over them. So they are read
first, where the correction has none of its own. Doing it twice changes nothing.
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from amplify.domain.budget import Use
from amplify.domain.envelope import Envelope, Json, Parents, Receipt
from amplify.domain.rendition import Rendition
from amplify.ports.errors import CannotTell, LookFailed, OutcomeUnknown, PublishError, Rejected, Unavailable
from amplify.publishers.mastodon_server import Server
from amplify.publishers.pictures import listed, staged_as
from amplify.publishers.refusals import MASTODON as REFUSALS
from amplify.publishers.refusals import MASTODON_EDITS as EDITING

#: What a request that edits has, and no other: the id of the post. Beside what is staged: what the post has by now.
EDITS, KEPT = "edits", "kept"
#: What the post says, as far as anybody of us knows.
_SAID = "said"


def is_edit(rendition: Rendition) -> bool:
    return rendition.settings.get("as") == "edit"


def edit_of(rendition: Rendition, parents: Parents | None) -> dict[str, Json]:
    """The request. Raises Rejected."""
    if parents is None:
        raise Rejected("what it would change is not public here any more")
    if rendition.settings.get("visibility"):
        raise Rejected("an edit cannot change who sees a post: take `visibility` out of it")
    if rendition.poll is not None:
        raise Rejected("an edit would throw away the votes of a poll: take `poll` out of it")
    request: dict[str, Json] = {EDITS: parents.parent.remote_id, "status": rendition.text, _SAID: parents.said}
    if warning := rendition.settings.get("warning", ""):
        request["spoiler_text"] = warning
    if rendition.pictures:
        request["media"] = listed(rendition)
    return request


async def besides(server: Server, envelope: Envelope) -> Json:
    """What the post has besides its words. Raises PublishError, also where somebody has given it other words by hand."""
    right, said = (str(envelope.request[name]).strip() for name in ("status", _SAID))

    def read(client: Any) -> Json:
        status = client.status(envelope.request[EDITS])
        words = str(client.status_source(envelope.request[EDITS])["text"]).strip()
        if said and words not in {said, right}:
            told = f"somebody has changed the post by hand, so it stays as it is: look at {status['url']}"
            raise Rejected(f"Mastodon: {told}. Change it there again, or answer it: take `as: edit` out")
        media: list[Json] = [str(one["id"]) for one in status["media_attachments"]]
        return {"media": media, "warning": str(status["spoiler_text"] or ""), "sensitive": bool(status["sensitive"])}

    return await server.ask(read, REFUSALS, Unavailable)


async def put(server: Server, envelope: Envelope) -> Receipt:
    """Change it. Raises PublishError."""
    said, kept = envelope.request, envelope.staged.get(KEPT)
    has: Mapping[str, Any] = kept if isinstance(kept, dict) else {}
    own = [str(ref) for ref, _ in staged_as(envelope)]
    warning = str(said.get("spoiler_text") or has.get("warning") or "")

    def send(client: Any) -> Receipt:
        status = client.status_update(
            said[EDITS],
            status=said["status"],
            spoiler_text=warning or None,
            sensitive=bool(warning) or bool(has.get("sensitive")),
            media_ids=own or list(has.get("media", ())) or None,
        )
        return receipt(status, str(said[EDITS]))

    return await server.ask(send, EDITING, OutcomeUnknown, Use.EDIT)


async def found(server: Server, envelope: Envelope) -> Receipt | None:
    """Whether the post has these words by now. Raises CannotTell."""
    changed = str(envelope.request[EDITS])

    def read(client: Any) -> Receipt | None:
        words = str(client.status_source(changed)["text"]).strip()
        return receipt(client.status(changed), changed) if words == str(envelope.request["status"]).strip() else None

    try:
        return await server.ask(read, REFUSALS, Unavailable)
    except Rejected:
        raise CannotTell("the post that it changes is no longer on the server: look at the account") from None
    except PublishError as error:
        raise LookFailed(f"could not look at the post: {error}") from None


def receipt(status: Mapping[str, Any], id: str) -> Receipt:
    """Raises KeyError, ValueError or TypeError where the answer is not that post."""
    if str(status["id"]) != id:
        raise ValueError("an answer about another post")
    at = status.get("edited_at") or status["created_at"]
    at = at if isinstance(at, datetime) else datetime.fromisoformat(at)
    address = status["url"] or status["uri"]
    if not isinstance(address, str) or not address:
        raise ValueError("an answer without an address")
    return Receipt(remote_id=id, url=address, at=at.astimezone(UTC))

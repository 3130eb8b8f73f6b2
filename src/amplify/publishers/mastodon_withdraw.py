"""Taking a post back from a Mastodon server. Some of other makers answer that it is not there, and leave it where it is.

So only a plain yes is believed; after everything else the post itself is looked at.
"""

from typing import Any

from amplify.domain.budget import Use
from amplify.domain.envelope import Envelope, Receipt
from amplify.ports.errors import NotSent, OutcomeUnknown, PublishError, Rejected, Unavailable
from amplify.publishers.failures import Row
from amplify.publishers.mastodon_server import Server
from amplify.publishers.refusals import MASTODON

_BY_HAND = "Delete it by hand: sign in with a browser"
_TABLE = (*(Row(status, "", Rejected, _BY_HAND) for status in (404, 405, 410, 501)), *MASTODON)
#: While a post is looked at: it is gone.
_GONE = tuple(Row(status, "", Rejected) for status in (404, 410))
LEFT = (
    "servers that others run keep their copies until they hear of it, and some never listen; notifications, "
    "screenshots and archives stay"
)


async def withdraw(server: Server, envelope: Envelope | None, receipt: Receipt) -> str:
    """Delete it, or no longer show again what it shows. Raises PublishError."""
    boosted = (envelope.boosts or envelope.request.get("boosts")) if envelope is not None else ""

    def delete(client: Any) -> None:
        if boosted:
            client.status_unreblog(boosted)
        else:
            client.status_delete(receipt.remote_id)

    try:
        await server.ask(delete, _TABLE, OutcomeUnknown, Use.DELETE)
    except (Rejected, OutcomeUnknown) as unclear:
        await _look(server, receipt, unclear)
    return LEFT


async def _look(server: Server, receipt: Receipt, unclear: PublishError) -> None:
    """Raises PublishError, unless it is gone."""
    try:
        await server.ask(lambda client: client.status(receipt.remote_id), _GONE, Unavailable)
    except Rejected:
        return
    except NotSent as error:
        raise OutcomeUnknown(f"{unclear}; and it could not be looked at: {error}") from None
    if isinstance(unclear, Rejected):
        raise unclear
    raise Unavailable("the server did not say clearly that it was deleted, and it is still there")

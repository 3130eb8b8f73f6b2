"""What follows once a post is public, such as to pin it. Whatever becomes of that, the post stays published.

The row's reason tells whether it was pinned: a worker that begins finds there what the one before has left undone.
"""

import asyncio
from dataclasses import replace
from datetime import timedelta

from amplify.domain.delivery import Delivery, State
from amplify.domain.stop import in_the_way
from amplify.ports.errors import PublishError
from amplify.ports.publisher import Publisher, Settles
from amplify.services.desk import Desk

#: What a row says that needs nothing more.
PINNED = "pinned"
_BUT = "published, but"
#: Seconds: the next post of the account waits for no more than that.
_PATIENCE = 5
#: What is older than that is left to people.
_LATELY = timedelta(days=1)


def is_unsettled(row: Delivery, desk: Desk) -> bool:
    """Whether it should be pinned, and nobody has written down that it is."""
    if row.envelope is None or not row.envelope.pin or row.published_at is None or row.state is not State.PUBLISHED:
        return False
    return row.reason != PINNED and row.published_at > desk.clock.now() - _LATELY


def has_failed(row: Delivery) -> bool:
    """Whether people have been told so; where something is stopped, nothing has been tried."""
    return row.reason.startswith(_BUT)


async def settle(row: Delivery, publisher: Publisher, desk: Desk) -> Delivery:
    """Try once, unless something is stopped; the row says how it went. Raises LedgerError."""
    if row.state is not State.PUBLISHED or row.envelope is None or row.receipt is None:
        return row
    if not isinstance(publisher, Settles) or await asyncio.to_thread(_stopped, row, desk):
        return row
    envelope = row.envelope
    if row.staged is not None:
        envelope = replace(envelope, staged={**row.staged.refs, **envelope.staged})
    try:
        async with asyncio.timeout(_PATIENCE):
            await publisher.settle(envelope, row.receipt)
        told = PINNED if envelope.pin else row.reason
    except TimeoutError:
        told = _told(row, "the server did not answer in time")
    except PublishError as error:
        told = _told(row, str(error))
    except Exception as error:  # noqa: BLE001 - a bug of a network must not touch a post that is public
        told = _told(row, f"our own error: {error!r}")
    desk.checkpoint("settled")
    return row if told == row.reason else await asyncio.to_thread(desk.ledger.remark, row, told)


def _told(row: Delivery, why: str) -> str:
    pin = row.envelope is not None and row.envelope.pin
    return f"{_BUT} {'not pinned' if pin else 'what goes with it is not done'}: {why}"


def _stopped(row: Delivery, desk: Desk) -> bool:
    stops = [stop for stop in desk.ledger.stops() if stop.lifted_at is None]
    return desk.folder.stopped() or any(True for _ in in_the_way(stops, row.key, urgent=False))

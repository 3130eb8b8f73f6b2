"""What follows once a post is public, such as to pin it. Whatever becomes of that, the post stays published.

The row's reason tells whether it was done: a worker that begins finds there what the one before has left undone.
"""

import asyncio
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta

from amplify.domain.delivery import Delivery, State
from amplify.domain.stop import in_the_way
from amplify.ports.errors import PublishError
from amplify.ports.publisher import Publisher, Settles
from amplify.services.desk import Desk

#: How the reason of a row ends that needs nothing more.
PINNED, DONE = "pinned", "what goes with it is done"
_BUT = "published, but"
#: Seconds: the next post of the account waits for no more than that.
_PATIENCE = 5
#: What is older than that is left to people.
_LATELY = timedelta(days=1)


@dataclass(slots=True)
class Leftovers:
    """What the worker before has left undone: looked up once, for all lanes."""

    _rows: Sequence[Delivery] | None = None
    _looking: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def on(self, channels: Collection[str], desk: Desk) -> list[Delivery]:
        """Raises LedgerError."""
        async with self._looking:
            if self._rows is None:
                rows = await asyncio.to_thread(desk.ledger.deliveries, (State.PUBLISHED,))
                self._rows = [row for row in rows if is_unsettled(row, desk)]
        return [row for row in self._rows if row.key.channel in channels]


def is_unsettled(row: Delivery, desk: Desk) -> bool:
    """Whether something should follow, and nobody has written down that it did."""
    if row.envelope is None or not row.envelope.settles or row.published_at is None:
        return False
    lately = row.published_at > desk.clock.now() - _LATELY
    return lately and row.state is State.PUBLISHED and not row.reason.endswith((PINNED, DONE))


def has_failed(row: Delivery) -> bool:
    """Whether people have been told so; where something is stopped, nothing has been tried."""
    return row.reason.startswith(_BUT)


async def settle(row: Delivery, publisher: Publisher, desk: Desk) -> Delivery:
    """Try once, unless something is stopped; the row says how it went. Raises LedgerError."""
    if row.state is not State.PUBLISHED or row.envelope is None or row.receipt is None or not row.envelope.settles:
        return row
    if not isinstance(publisher, Settles) or await asyncio.to_thread(_stopped, row, desk):
        return row
    envelope = row.envelope
    if row.staged is not None:
        envelope = replace(envelope, staged={**row.staged.refs, **envelope.staged})
    try:
        async with asyncio.timeout(_PATIENCE):
            await publisher.settle(envelope, row.receipt)
        told = _done(row)
    except TimeoutError:
        told = _told(row, "the server did not answer in time")
    except PublishError as error:
        told = _told(row, str(error))
    except Exception as error:  # noqa: BLE001 - a bug of a network must not touch a post that is public
        told = _told(row, f"our own error: {error!r}")
    desk.checkpoint("settled")
    return row if told == row.reason else await asyncio.to_thread(desk.ledger.remark, row, told)


def _done(row: Delivery) -> str:
    """Beside what else is known of how it is shown."""
    told = PINNED if _pins(row) else DONE
    return told if not row.reason or has_failed(row) else f"{row.reason}; {told}"


def _told(row: Delivery, why: str) -> str:
    return f"{_BUT} {'not pinned' if _pins(row) else 'what goes with it is not done'}: {why}"


def _pins(row: Delivery) -> bool:
    return row.envelope is not None and bool(row.envelope.request.get("pin"))


def _stopped(row: Delivery, desk: Desk) -> bool:
    stops = [stop for stop in desk.ledger.stops() if stop.lifted_at is None]
    return desk.folder.stopped() or any(True for _ in in_the_way(stops, row.key, urgent=False))

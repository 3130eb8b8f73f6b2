"""What a step does to a delivery's row besides its state: one answer for every ledger.

An attempt is a request whose outcome a network decided or nobody knows: BEGIN and REPLAY count one, and
NOT_SENT (throttled, not reached, account refused) takes it back. A replay keeps `begun_at` and `lost_at`
of the first request: they say since when it may be public.
"""

from dataclasses import replace
from datetime import datetime

from amplify.domain.delivery import SEALED, Delivery, Event, ImpossibleMove, State, move
from amplify.domain.envelope import Envelope, Receipt

_LEASED = frozenset({State.CLAIMED, State.SENDING})
_LOSES_SIGHT = frozenset({Event.LOSE_SIGHT, Event.RESTORE})
#: What only the request that was lost sight of makes possible, and what only its absence does.
_WITH_ENVELOPE = frozenset({Event.ABSENT, Event.REPLAY})
_WITHOUT_ENVELOPE = frozenset({Event.REVISE})
_COUNTS = {Event.REPLAY: 1, Event.NOT_SENT: -1}


def claimed(row: Delivery, *, worker: str, account: str, lease_until: datetime) -> Delivery:
    """The row after CLAIM. Raises ImpossibleMove."""
    return replace(
        row,
        state=move(row.state, Event.CLAIM),
        version=row.version + 1,
        worker=worker,
        account=account,
        lease_until=lease_until,
    )


def begun(row: Delivery, envelope: Envelope, *, lease_until: datetime, now: datetime) -> Delivery:
    """The row after BEGIN. Raises ImpossibleMove."""
    return replace(
        row,
        state=move(row.state, Event.BEGIN),
        version=row.version + 1,
        attempts=row.attempts + 1,
        reason="",
        not_before=None,
        lease_until=lease_until,
        begun_at=now,
        envelope=envelope,
    )


def stepped(
    row: Delivery,
    event: Event,
    *,
    now: datetime,
    reason: str = "",
    receipt: Receipt | None = None,
    not_before: datetime | None = None,
    lost_at: datetime | None = None,
    refused: bool = False,
    unstaged: bool = False,
) -> Delivery:
    """The row after any other event. Raises ImpossibleMove, for CLAIM and BEGIN too: they need more than this."""
    if event in {Event.CLAIM, Event.BEGIN}:
        raise ImpossibleMove(f"a delivery cannot {event} without its lease or its envelope")
    if event is Event.CONFIRM and receipt is None:
        raise ImpossibleMove("a delivery cannot be confirmed without the network's proof")
    if row.state is State.UNCONFIRMED and event in (_WITH_ENVELOPE if row.envelope is None else _WITHOUT_ENVELOPE):
        raise ImpossibleMove(
            f"an unconfirmed delivery {'without' if row.envelope is None else 'with'} envelope cannot {event}"
        )
    state = move(row.state, event)
    leased, sealed = state in _LEASED, state in SEALED
    renews = refused or event is Event.REFUSE
    return replace(
        row,
        state=state,
        version=row.version + 1,
        ticket=replace(row.ticket, renewals=row.ticket.renewals + 1) if renews else row.ticket,
        attempts=max(0, row.attempts + _COUNTS.get(event, 0)),
        reason=reason,
        worker=row.worker if leased else "",
        lease_until=row.lease_until if leased else None,
        not_before=not_before,
        begun_at=row.begun_at if sealed else None,
        staged=None if unstaged else row.staged,
        lost_at=lost_at if event in _LOSES_SIGHT else row.lost_at if state is State.SENDING else None,
        envelope=row.envelope if sealed and event is not Event.RESTORE else None,
        receipt=(receipt or row.receipt) if sealed else None,
        published_at=now if event is Event.CONFIRM else row.published_at,
    )

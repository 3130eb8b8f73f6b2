"""One delivery, from the claim to the network's proof. Why nothing is posted twice is decided here.

Before BEGIN nothing can be public, whatever goes wrong. BEGIN makes the envelope durable and fails when
anything that can forbid the send has moved since it was judged. After BEGIN only the network's own clear
word counts: what is not known is recorded as not known.
"""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from amplify.domain.budget import Full
from amplify.domain.delivery import Delivery, Event, State
from amplify.domain.envelope import REMARK, Envelope
from amplify.domain.guard import Say, Verdict
from amplify.ports.author import UnusableText
from amplify.ports.darkroom import Picture
from amplify.ports.errors import (
    NotSent,
    OutcomeUnknown,
    PublishError,
    Rejected,
    Throttled,
    Unauthorized,
    Unfinished,
    Unstaged,
)
from amplify.ports.ledger import Changed, LedgerError, Outcome
from amplify.ports.publisher import NO_PICTURES, Publisher
from amplify.services.desk import Desk
from amplify.services.room import no_room
from amplify.services.room import told as crowded
from amplify.services.seal import Sealed, kept, seal
from amplify.services.throttle import heed, told
from amplify.services.weigh import Weighed, again, weigh

#: How long to leave a server alone that was not reached.
PATIENCE = timedelta(seconds=10)
#: Seconds between two tries to write down what a request came to.
_WRITE_AGAIN = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """What became of one look at a delivery: a verdict that was not GO, or the row after the send.

    `until` is when its server takes it (machine time), where that is why it waits.
    """

    verdict: Verdict
    row: Delivery
    until: datetime | None = None


async def deliver(row: Delivery, publisher: Publisher, desk: Desk) -> Attempt:
    """Judge, claim, seal, send and record one approved delivery. Raises LedgerError."""
    weighed = await weigh(row, desk)
    row = weighed.facts.delivery
    if row.state is not State.APPROVED:
        return Attempt(verdict=Verdict(say=Say.WAIT, reason=f"it is {row.state} now"), row=row)
    if not weighed.approved:
        row = await _record(
            desk, row, Outcome(event=Event.REVISE, now=desk.clock.now(), reason="its approval no longer stands")
        )
        return Attempt(verdict=Verdict(say=Say.WAIT, reason=row.reason), row=row)
    if weighed.verdict.say is not Say.GO:
        if denied := weighed.denied:  # a proposal ends that, not a step of its life; until then `status` says why
            row = row if row.reason == denied else await asyncio.to_thread(desk.ledger.remark, row, denied)
        return Attempt(verdict=weighed.verdict, row=await set_aside(row, weighed.verdict, desk))
    if (found := await no_room(row, weighed.rendition, publisher, desk)) is not None:
        return await _crowded_out(row, found, weighed, desk)
    return await _carry(row, weighed, publisher, desk)


async def _crowded_out(row: Delivery, found: Full, weighed: Weighed, desk: Desk) -> Attempt:
    """Nobody asks for a refusal: it waits, is late while it waits, and `status` says why."""
    zone = weighed.situation.campaign.zone if weighed.situation is not None else "UTC"
    why = crowded(found, zone, desk.clock)
    row = row if row.reason == why else await asyncio.to_thread(desk.ledger.remark, row, why)
    return Attempt(verdict=Verdict(say=Say.WAIT, reason=why), row=row, until=found.until)


async def _carry(row: Delivery, weighed: Weighed, publisher: Publisher, desk: Desk) -> Attempt:
    """Claim, seal, and, if nothing has moved since it was judged, send."""
    claimed = await asyncio.to_thread(
        desk.ledger.claim,
        row,
        worker=desk.worker,
        account=publisher.identity.id,
        lease_until=desk.clock.machine() + desk.lease,
        now=desk.clock.now(),
    )
    desk.checkpoint("claimed")
    try:
        sealed = await seal(claimed, weighed, publisher, desk)
    except (Unfinished, Throttled) as unfinished:
        return await _give_up(await kept(claimed, unfinished.staged, publisher, desk), unfinished, publisher, desk)
    except PublishError as error:
        return await _give_up(claimed, error, publisher, desk)
    except UnusableText as unusable:
        held = Outcome(event=Event.HOLD, now=desk.clock.now(), reason=str(unusable))
        return _waits(await _record(desk, claimed, held))
    except LedgerError:
        raise
    except Exception as error:  # noqa: BLE001 - a bug of ours before BEGIN: nothing left, and nothing may be lost
        held = Outcome(event=Event.HOLD, now=desk.clock.now(), reason=f"it could not be prepared: {error!r}")
        return _waits(await _record(desk, claimed, held))
    desk.checkpoint("staged")
    verdict = again(weighed, desk)
    if verdict.say is not Say.GO:
        return Attempt(verdict=verdict, row=await _release(sealed.row, verdict.reason, desk))
    return await _leave(sealed, weighed, publisher, desk)


async def _leave(sealed: Sealed, weighed: Weighed, publisher: Publisher, desk: Desk) -> Attempt:
    """BEGIN, and then the send."""
    try:
        begun = await asyncio.to_thread(
            desk.ledger.begin,
            sealed.row,
            sealed.envelope,
            epoch=weighed.facts.epoch,
            lease_until=desk.clock.machine() + desk.lease,
            now=desk.clock.now(),
        )
    except Changed:
        return _waits(await _release(sealed.row, "", desk))
    desk.checkpoint("begun")
    verdict = again(weighed, desk)
    if verdict.say is not Say.GO:
        # the ledger may have kept us waiting, or the machine has slept, and nothing has left yet
        stays = Outcome(event=Event.NOT_SENT, now=desk.clock.now(), reason=verdict.reason)
        return Attempt(verdict=verdict, row=await _keep(desk, begun, stays))
    # what was kept for a while may be gone, and goes again at once; what was given just now may not
    patience = timedelta() if sealed.row.staged else PATIENCE
    return _waits(await send(begun, sealed.envelope, publisher, desk, sealed.pictures, patience))


async def send(
    begun: Delivery,
    envelope: Envelope,
    publisher: Publisher,
    desk: Desk,
    pictures: Mapping[str, Picture] = NO_PICTURES,
    patience: timedelta = PATIENCE,
) -> Delivery:
    """The one irreversible request, and what it came to. Also for a replay of the same bytes.

    `patience` is how long to leave a server alone that has lost what was staged.
    """
    try:
        receipt = await publisher.publish(envelope, pictures)
    except Exception as error:  # noqa: BLE001 - whatever it was, it may be public; cancellation is left to the lease
        desk.checkpoint("failed")
        return await _keep(desk, begun, await _verdict(begun, error, publisher, desk, patience))
    desk.checkpoint("answered" if begun.lost_at is None else "replay answered")
    told = receipt.proof.get(REMARK, "")
    return await _keep(desk, begun, Outcome(event=Event.CONFIRM, now=desk.clock.now(), receipt=receipt, reason=told))


async def set_aside(row: Delivery, verdict: Verdict, desk: Desk) -> Delivery:
    """Record a HOLD or a MISS; a WAIT is nothing to record."""
    if verdict.say is Say.HOLD:
        row = await _record(desk, row, Outcome(event=Event.HOLD, now=desk.clock.now(), reason=verdict.reason))
        return await asyncio.to_thread(desk.ledger.hush, row.key, now=desk.clock.now()) if verdict.silent else row
    if verdict.say is Say.MISS:
        why = f"{verdict.reason}; {row.reason}" if row.reason else verdict.reason
        return await _record(desk, row, Outcome(event=Event.MISS, now=desk.clock.now(), reason=why))
    return row


async def put_back(row: Delivery, desk: Desk) -> Delivery:
    """Give up what nobody has in hand any more, because the ledger failed in between. Raises LedgerError."""
    if row.state is State.CLAIMED:
        return await _release(row, "the ledger could not be used before it was sent", desk)
    lost = Outcome(
        event=Event.LOSE_SIGHT,
        now=desk.clock.now(),
        reason="the ledger could not be used while the request was on its way",
        lost_at=row.lost_at or desk.clock.machine(),
    )
    return await _record(desk, row, lost)


async def _give_up(claimed: Delivery, error: PublishError, publisher: Publisher, desk: Desk) -> Attempt:
    """Nothing is public: BEGIN was not reached."""
    now = desk.clock.now()
    if isinstance(error, Rejected):
        refused = Outcome(event=Event.REFUSE, now=now, reason=str(error), refused=True)
        return _waits(await _record(desk, claimed, refused))
    not_before = await _heed(claimed, error, publisher, desk)
    return _waits(await _release(claimed, told(error, desk.clock.machine()), desk, not_before=not_before))


async def _verdict(begun: Delivery, error: Exception, publisher: Publisher, desk: Desk, patience: timedelta) -> Outcome:
    now, unstaged = desk.clock.now(), isinstance(error, Unstaged)
    not_before = await _heed(begun, error, publisher, desk) if isinstance(error, NotSent) else None
    said_yes = error.receipt if isinstance(error, OutcomeUnknown) else None
    repeatable = begun.envelope is not None and begun.envelope.repeatable
    if begun.lost_at is not None and not (repeatable and isinstance(error, Rejected)):
        # a replay: whatever it came to, the first request may have made the post public
        # what may go again however late is waited for anew: it must not arrive behind what comes after it
        lost_at = desk.clock.machine() if repeatable else begun.lost_at
        return Outcome(
            event=Event.LOSE_SIGHT, now=now, reason=str(error), lost_at=lost_at, unstaged=unstaged, receipt=said_yes
        )
    if unstaged and begun.attempts > 1:
        # a picture can be used once: it may be gone because an earlier request, held to be lost, has arrived
        lost_at = desk.clock.machine()
        return Outcome(event=Event.LOSE_SIGHT, now=now, reason=str(error), lost_at=lost_at, unstaged=True)
    if isinstance(error, Rejected):
        return Outcome(event=Event.REFUSE, now=now, reason=str(error), refused=True)
    if isinstance(error, NotSent):
        not_before = desk.clock.machine() + patience if unstaged else not_before
        said = told(error, desk.clock.machine())
        return Outcome(event=Event.NOT_SENT, now=now, reason=said, not_before=not_before, unstaged=unstaged)
    said = str(error) if isinstance(error, PublishError) else f"our own error after the request began: {error!r}"
    return Outcome(event=Event.LOSE_SIGHT, now=now, reason=said, lost_at=desk.clock.machine(), receipt=said_yes)


async def _heed(row: Delivery, error: PublishError, publisher: Publisher, desk: Desk) -> datetime:
    """What the error says about the account, not the post; when it may be tried again."""
    if isinstance(error, Unauthorized):
        await asyncio.to_thread(desk.ledger.halt, row.key.channel, str(error), desk.clock.now())
    if isinstance(error, Throttled):
        return await heed(row.account, error, publisher.limits.budgets, desk.ledger, desk.clock)
    return desk.clock.machine() + PATIENCE


async def _release(claimed: Delivery, reason: str, desk: Desk, not_before: datetime | None = None) -> Delivery:
    outcome = Outcome(event=Event.RELEASE, now=desk.clock.now(), reason=reason, not_before=not_before)
    return await _record(desk, claimed, outcome)


async def _keep(desk: Desk, begun: Delivery, outcome: Outcome) -> Delivery:
    """Write down what a request came to, however busy or full the disk is: nobody else knows it.

    Raises LedgerError, which says what it came to, when that takes longer than a lease.
    """
    until = desk.clock.machine() + desk.lease
    while True:
        try:
            return await _record(desk, begun, outcome)
        except Changed:
            raise
        except LedgerError as error:
            if desk.clock.machine() >= until:
                came_to = f"public, {outcome.receipt.url}" if outcome.receipt is not None else outcome.reason
                told = f"what became of {begun.key} could not be written down ({came_to})"
                raise LedgerError(f"{told}: {error}") from error
        await asyncio.sleep(_WRITE_AGAIN)


async def _record(desk: Desk, row: Delivery, outcome: Outcome) -> Delivery:
    return await asyncio.to_thread(desk.ledger.record, row, outcome)


def _waits(row: Delivery) -> Attempt:
    return Attempt(verdict=Verdict(say=Say.WAIT, reason=row.reason), row=row)

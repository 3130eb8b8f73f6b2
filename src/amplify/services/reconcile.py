"""Find out what became of requests we lost sight of: found, absent, or a question for a person.

Nothing is believed absent before the quarantine is over, which is longer than any request of ours can
still be on its way.
"""

import asyncio
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from amplify.domain.delivery import Delivery, Event, State
from amplify.domain.guard import Say
from amplify.ports.errors import CannotTell, LookFailed, Rejected
from amplify.ports.ledger import Outcome
from amplify.ports.publisher import Publisher
from amplify.services.deliver import send
from amplify.services.desk import Desk
from amplify.services.weigh import weigh


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """The row after a look. `again`: it is still unconfirmed, and another look may bring an answer without a person."""

    row: Delivery
    again: bool = False


def ripe(row: Delivery, desk: Desk) -> bool:
    """Whether the quarantine of an unconfirmed delivery is over."""
    since = _ripe_at(row, desk)
    return since is not None and desk.clock.machine() >= since


def looks_on(row: Delivery, desk: Desk, span: timedelta) -> bool:
    """Whether it is looked for, or will be, since not longer than `span`."""
    since = _ripe_at(row, desk)
    return since is not None and desk.clock.machine() < since + span


def _ripe_at(row: Delivery, desk: Desk) -> datetime | None:
    """Counted anew when a worker begins: between two processes, only the wall clock tells how long it was."""
    if row.state is not State.UNCONFIRMED or row.lost_at is None:
        return None
    return max(row.lost_at, desk.since) + desk.quarantine


async def reconcile(row: Delivery, publisher: Publisher, desk: Desk) -> Looked:
    """Look once. A row that stays UNCONFIRMED waits for `amplify resolve`. Raises LedgerError."""
    if row.envelope is None:
        return await _by_its_words(row, publisher, desk)
    taken = await _taken(row, publisher, desk)
    try:
        receipt = await publisher.find(row.envelope, taken)
    except CannotTell as why:
        return await _replay(row, why, publisher, desk)
    desk.checkpoint("looked")
    if receipt is None and row.receipt is not None:
        # it may be held back there, and shown another day: what said yes once is never sent again by itself
        told = f"the server took it, as {row.receipt.url}, and does not show it"
        return await _asked(row, f"{told}: ask who runs it, then `amplify resolve`", desk, again=True)
    found = Outcome(event=Event.CONFIRM, now=desk.clock.now(), receipt=receipt, reason="found on the account")
    absent = Outcome(event=Event.ABSENT, now=desk.clock.now(), reason="looked for after the quarantine and not there")
    return Looked(row=await asyncio.to_thread(desk.ledger.record, row, found if receipt is not None else absent))


async def _by_its_words(row: Delivery, publisher: Publisher, desk: Desk) -> Looked:
    """Look for what a restored ledger has no envelope of. Not found proves nothing: the words may have changed since."""
    weighed = await weigh(row, desk)
    if weighed.situation is None:
        return await _asked(row, weighed.verdict.reason, desk)
    taken = await _taken(row, publisher, desk)
    try:
        envelope = publisher.prepare(weighed.rendition, row.ticket, row.due, weighed.parents)
        if row.staged is not None and row.staged.account == publisher.identity.id:
            envelope = replace(envelope, staged=row.staged.refs)
        receipt = await publisher.find(envelope, taken)
    except (CannotTell, Rejected) as why:
        return await _asked(row, str(why), desk, again=isinstance(why, LookFailed))
    desk.checkpoint("looked")
    if receipt is None:
        return await _asked(row, "the ledger was restored, and these words are not on the account: look there", desk)
    found = Outcome(event=Event.CONFIRM, now=desk.clock.now(), receipt=receipt, reason="found on the account")
    return Looked(row=await asyncio.to_thread(desk.ledger.record, row, found))


async def _taken(row: Delivery, publisher: Publisher, desk: Desk) -> frozenset[str]:
    """What is on the account and cannot be this one."""
    known = await asyncio.to_thread(desk.ledger.remote_ids, publisher.identity.id)
    return known - {row.receipt.remote_id} if row.receipt is not None else known


async def _asked(row: Delivery, why: str, desk: Desk, *, again: bool = False) -> Looked:
    """The row as it was, and what a person should know about it."""
    told = row if why == row.reason else await asyncio.to_thread(desk.ledger.remark, row, why)
    return Looked(row=told, again=again)


async def _replay(row: Delivery, why: CannotTell, publisher: Publisher, desk: Desk) -> Looked:
    """The same bytes again, where the server has proven to answer them with the first post.

    Only for a request that this worker has sent, as of another one's nobody knows how long ago that was, and to
    which nobody said yes.
    """
    ours = row.lost_at is not None and row.lost_at >= desk.since
    safe_until = row.lost_at + publisher.replay.safe_for - desk.lease if row.lost_at and ours else None
    in_time = safe_until is not None and desk.clock.machine() < safe_until
    known = row.envelope is not None and (publisher.replay.boosts or not row.envelope.boosts)
    if row.envelope is None or row.receipt is not None or not ((in_time and known) or row.envelope.repeatable):
        return await _asked(row, str(why), desk, again=isinstance(why, LookFailed))
    weighed = await weigh(row, desk)
    if weighed.verdict.say is not Say.GO or not weighed.approved:
        # a stop, a changed text, a yes that was taken back or the hour forbids a replay as it forbids a send; it is looked for again later
        return Looked(row=row, again=isinstance(why, LookFailed))
    epoch = weighed.facts.epoch
    replay = Outcome(event=Event.REPLAY, now=desk.clock.now(), reason="the same bytes once more", epoch=epoch)
    begun = await asyncio.to_thread(desk.ledger.record, row, replay)
    desk.checkpoint("replaying")
    sent = await send(begun, row.envelope, publisher, desk)
    return Looked(row=sent, again=sent.state is State.UNCONFIRMED)

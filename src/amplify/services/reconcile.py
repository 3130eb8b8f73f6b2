"""Find out what became of requests we lost sight of: found, absent, or a question for a person.

Nothing is believed absent before the quarantine is over, which is longer than any request of ours can
still be on its way.
"""

import asyncio
from dataclasses import replace

from amplify.domain.delivery import Delivery, Event, State
from amplify.domain.guard import Say
from amplify.ports.errors import CannotTell, Rejected
from amplify.ports.ledger import Outcome
from amplify.ports.publisher import Publisher
from amplify.services.deliver import send
from amplify.services.desk import Desk
from amplify.services.weigh import weigh


def ripe(row: Delivery, desk: Desk) -> bool:
    """Whether the quarantine of an unconfirmed delivery is over.

    It is counted anew when a worker begins: between two processes, only the wall clock tells how long it was.
    """
    if row.state is not State.UNCONFIRMED or row.lost_at is None:
        return False
    return desk.clock.machine() >= max(row.lost_at, desk.since) + desk.quarantine


async def reconcile(row: Delivery, publisher: Publisher, desk: Desk) -> Delivery:
    """Look once. A row that stays UNCONFIRMED waits for `amplify resolve`. Raises LedgerError."""
    if row.envelope is None:
        return await _by_its_words(row, publisher, desk)
    taken = await asyncio.to_thread(desk.ledger.remote_ids, publisher.identity.id)
    try:
        receipt = await publisher.find(row.envelope, taken)
    except CannotTell as why:
        return await _replay(row, str(why), publisher, desk)
    found = Outcome(event=Event.CONFIRM, now=desk.clock.now(), receipt=receipt, reason="found on the account")
    absent = Outcome(event=Event.ABSENT, now=desk.clock.now(), reason="looked for after the quarantine and not there")
    return await asyncio.to_thread(desk.ledger.record, row, found if receipt is not None else absent)


async def _by_its_words(row: Delivery, publisher: Publisher, desk: Desk) -> Delivery:
    """Look for what a restored ledger has no envelope of. Not found proves nothing: the words may have changed since."""
    weighed = await weigh(row, desk)
    if weighed.situation is None:
        return await _asked(row, weighed.verdict.reason, desk)
    taken = await asyncio.to_thread(desk.ledger.remote_ids, publisher.identity.id)
    try:
        envelope = publisher.prepare(weighed.rendition, row.ticket, row.due, weighed.parents)
        if row.staged is not None and row.staged.account == publisher.identity.id:
            envelope = replace(envelope, staged=row.staged.refs)
        receipt = await publisher.find(envelope, taken)
    except (CannotTell, Rejected) as why:
        return await _asked(row, str(why), desk)
    if receipt is None:
        return await _asked(row, "the ledger was restored, and these words are not on the account: look there", desk)
    found = Outcome(event=Event.CONFIRM, now=desk.clock.now(), receipt=receipt, reason="found on the account")
    return await asyncio.to_thread(desk.ledger.record, row, found)


async def _asked(row: Delivery, why: str, desk: Desk) -> Delivery:
    """The row as it was, and what a person should know about it."""
    return row if why == row.reason else await asyncio.to_thread(desk.ledger.remark, row, why)


async def _replay(row: Delivery, why: str, publisher: Publisher, desk: Desk) -> Delivery:
    """The same bytes again, where the server has proven to answer them with the first post.

    Only for a request that this worker has sent: of another one's nobody knows how long ago that was.
    """
    ours = row.lost_at is not None and row.lost_at >= desk.since
    safe_until = row.lost_at + publisher.replay.safe_for - desk.lease if row.lost_at and ours else None
    if row.envelope is None or safe_until is None or desk.clock.machine() >= safe_until:
        return await _asked(row, why, desk)
    weighed = await weigh(row, desk)
    if weighed.verdict.say is not Say.GO:
        # a stop, a changed text or the hour forbids a replay as it forbids a send; it is looked for again later
        return row
    epoch = weighed.facts.epoch
    replay = Outcome(event=Event.REPLAY, now=desk.clock.now(), reason="the same bytes once more", epoch=epoch)
    again = await asyncio.to_thread(desk.ledger.record, row, replay)
    return await send(again, row.envelope, publisher, desk)

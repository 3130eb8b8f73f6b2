"""Find out what became of requests we lost sight of: found, absent, or a question for a person.

Nothing is believed absent before the quarantine is over, which is longer than any request of ours can
still be on its way.
"""

import asyncio

from amplify.domain.delivery import Delivery, Event, State
from amplify.domain.guard import Say
from amplify.ports.errors import CannotTell
from amplify.ports.ledger import Outcome
from amplify.ports.publisher import Publisher
from amplify.services.deliver import send
from amplify.services.desk import Desk
from amplify.services.weigh import weigh


def ripe(row: Delivery, desk: Desk) -> bool:
    """Whether the quarantine of an unconfirmed delivery is over."""
    return (
        row.state is State.UNCONFIRMED
        and row.lost_at is not None
        and desk.clock.machine() >= row.lost_at + desk.quarantine
    )


async def reconcile(row: Delivery, publisher: Publisher, desk: Desk) -> Delivery:
    """Look once. A row that stays UNCONFIRMED waits for `amplify resolve`. Raises LedgerError."""
    if row.envelope is None:
        return row
    taken = await asyncio.to_thread(desk.ledger.remote_ids, publisher.identity.id)
    try:
        receipt = await publisher.find(row.envelope, taken)
    except CannotTell as why:
        return await _replay(row, str(why), publisher, desk)
    found = Outcome(event=Event.CONFIRM, now=desk.clock.now(), receipt=receipt, reason="found on the account")
    absent = Outcome(event=Event.ABSENT, now=desk.clock.now(), reason="looked for after the quarantine and not there")
    return await asyncio.to_thread(desk.ledger.record, row, found if receipt is not None else absent)


async def _replay(row: Delivery, why: str, publisher: Publisher, desk: Desk) -> Delivery:
    """The same bytes again, where the server has proven to answer them with the first post."""
    safe_until = row.lost_at + publisher.replay.safe_for - desk.lease if row.lost_at else None
    if row.envelope is None or safe_until is None or desk.clock.machine() >= safe_until:
        if why == row.reason:
            return row
        return await asyncio.to_thread(desk.ledger.remark, row, why)
    weighed = await weigh(row, desk)
    if weighed.verdict.say is not Say.GO:
        # a stop, a changed text or the hour forbids a replay as it forbids a send; it is looked for again later
        return row
    epoch = weighed.facts.epoch
    replay = Outcome(event=Event.REPLAY, now=desk.clock.now(), reason="the same bytes once more", epoch=epoch)
    again = await asyncio.to_thread(desk.ledger.record, row, replay)
    return await send(again, row.envelope, publisher, desk)

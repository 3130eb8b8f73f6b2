"""Ahead of the due time only pictures leave, so that one small request is all that is left to the due instant."""

import asyncio
from dataclasses import dataclass, replace
from datetime import timedelta

from amplify.domain.delivery import Delivery, State
from amplify.domain.guard import Say, judge
from amplify.ports.errors import Throttled, Unfinished
from amplify.ports.publisher import Publisher
from amplify.services.desk import Desk
from amplify.services.room import uploads_left, uploads_of
from amplify.services.seal import kept, seal
from amplify.services.throttle import heed
from amplify.services.weigh import Weighed, weigh

#: Machine time. Long enough for a slow server and a large picture; short, because servers throw away what no post
#: shows: Mastodon after a day, Bluesky after some minutes that it does not tell.
AHEAD = timedelta(minutes=10)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ahead:
    """The row after a look, and how many of its pictures the server has still to be given."""

    row: Delivery
    missing: int = 0


async def stage_ahead(row: Delivery, publisher: Publisher, desk: Desk, kept_free: int = 0) -> Ahead:
    """Stage its pictures, or leave it as it was: whatever goes wrong here is left to the send.

    `kept_free` are the uploads that posts before it still need: they may not be used up.
    """
    missing = 0
    try:
        async with asyncio.timeout(desk.quarantine.total_seconds()):
            weighed = await weigh(row, desk)
            if weighed.situation is None:
                return Ahead(row=row)
            missing = uploads_of(weighed.facts.delivery, weighed.rendition, publisher.identity.id)
            if not _would_go(weighed) or not await asyncio.to_thread(_fits, missing + kept_free, publisher, desk):
                return Ahead(row=row, missing=missing)
            row = weighed.facts.delivery
            return Ahead(row=await _staged(row, weighed, publisher, desk))
    except Exception:  # noqa: BLE001 - the send meets the same, and tells people of it
        return Ahead(row=row, missing=missing)


async def _staged(row: Delivery, weighed: Weighed, publisher: Publisher, desk: Desk) -> Delivery:
    """The row with what the server has now, though it may not be all: a film takes it a while, and it may be busy."""
    try:
        return (await seal(row, weighed, publisher, desk)).row
    except Unfinished as unfinished:
        return await kept(row, unfinished.staged, publisher, desk)
    except Throttled as throttled:
        await heed(publisher.identity.id, throttled, publisher.limits.budgets, desk.ledger, desk.clock)
        return await kept(row, throttled.staged, publisher, desk)


def _fits(needed: int, publisher: Publisher, desk: Desk) -> bool:
    left = uploads_left(publisher, desk)
    return left is None or needed <= left


def _would_go(weighed: Weighed) -> bool:
    """Whether it has pictures, and nothing but its time is missing. What hangs on another post waits for that one."""
    situation, row = weighed.situation, weighed.facts.delivery
    if situation is None or not weighed.approved or row.state is not State.APPROVED or situation.previous is not None:
        return False
    rendition = situation.rendition
    if not rendition.prints() or rendition.digest != row.digest:
        return False
    return judge(replace(situation, now=rendition.due, late_by=timedelta())).say is Say.GO

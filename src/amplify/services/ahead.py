"""Ahead of the due time only pictures leave, so that one small request is all that is left to the due instant."""

import asyncio
from dataclasses import replace
from datetime import timedelta

from amplify.domain.delivery import Delivery, State
from amplify.domain.guard import Say, judge
from amplify.ports.errors import Unfinished
from amplify.ports.publisher import Publisher
from amplify.services.desk import Desk
from amplify.services.seal import kept, seal
from amplify.services.weigh import Weighed, weigh

#: Machine time. Long enough for a slow server and a large picture; short, because servers throw away what no post
#: shows: Mastodon after a day, Bluesky after some minutes that it does not tell.
AHEAD = timedelta(minutes=10)


async def stage_ahead(row: Delivery, publisher: Publisher, desk: Desk) -> Delivery:
    """The row after its pictures were staged, or as it was: whatever goes wrong here is left to the send."""
    try:
        async with asyncio.timeout(desk.quarantine.total_seconds()):
            weighed = await weigh(row, desk)
            if not _would_go(weighed):
                return row
            row = weighed.facts.delivery
            try:
                return (await seal(row, weighed, publisher, desk)).row
            except Unfinished as unfinished:  # a film takes a server a while; at the send it is asked again
                return await kept(row, unfinished.staged, publisher, desk)
    except Exception:  # noqa: BLE001 - the send meets the same, and tells people of it
        return row


def _would_go(weighed: Weighed) -> bool:
    """Whether it has pictures, and nothing but its time is missing. What hangs on another post waits for that one."""
    situation, row = weighed.situation, weighed.facts.delivery
    if situation is None or not weighed.approved or row.state is not State.APPROVED or situation.previous is not None:
        return False
    rendition = situation.rendition
    if not rendition.prints() or rendition.digest != row.digest:
        return False
    return judge(replace(situation, now=rendition.due, late_by=timedelta())).say is Say.GO

"""Whether a delivery still fits into what its server takes in a while: looked at before the claim, so that nobody is refused."""

import asyncio
from datetime import datetime

from amplify.domain.budget import Budget, Full, Use, full, left
from amplify.domain.delivery import Delivery
from amplify.domain.rendition import Rendition
from amplify.domain.when import zone_named
from amplify.ports.clock import Clock
from amplify.ports.publisher import Publisher
from amplify.services.desk import Desk


async def no_room(row: Delivery, rendition: Rendition, publisher: Publisher, desk: Desk) -> Full | None:
    """The budget that it has to wait for, and until when; None where it fits. Raises LedgerError."""
    budgets = publisher.limits.budgets
    if not budgets:
        return None
    return await asyncio.to_thread(_full, row, rendition, publisher, desk)


def told(found: Full, zone: str, clock: Clock) -> str:
    """Why it waits, with the time at which it goes on, as the campaign's clocks show it."""
    now = clock.now()
    at = (now + (found.until - clock.machine())).astimezone(zone_named(zone))
    today = at.date() == now.astimezone(zone_named(zone)).date()
    return f"{found.budget.told}; the next one at {at:%H:%M}" + ("" if today else f" on {at.day} {at:%b}")


def uploads_of(row: Delivery, rendition: Rendition, account: str) -> int:
    """How many pictures the server has not got yet."""
    known = row.staged.refs if row.staged is not None and row.staged.account == account else {}
    return len({shown.mark for shown in rendition.prints()} - known.keys())


def uploads_left(publisher: Publisher, desk: Desk) -> int | None:
    """How many pictures it takes now; None where it does not count them. Raises LedgerError."""
    account, now = publisher.identity.id, desk.clock.machine()
    spent, words = desk.ledger.spent(account), desk.ledger.words(account)
    counting = [one for one in publisher.limits.budgets if one.cost_of(Use.UPLOAD) and not one.cost_of(Use.REQUEST)]
    if full(counting, spent, words, Use.UPLOAD, 1, now) is not None:
        return 0
    return min((_fit(one, left(one, spent, now)) for one in counting), default=None)


def _fit(budget: Budget, room: int) -> int:
    return room // budget.cost_of(Use.UPLOAD)


def _full(row: Delivery, rendition: Rendition, publisher: Publisher, desk: Desk) -> Full | None:
    account, now = publisher.identity.id, desk.clock.machine()
    spent, words = desk.ledger.spent(account), desk.ledger.words(account)
    use = Use.EDIT if rendition.settings.get("as") == "edit" else Use.POST
    found = [full(publisher.limits.budgets, spent, words, use, 1, now)]
    if new := uploads_of(row, rendition, account):
        found.append(full(publisher.limits.budgets, spent, words, Use.UPLOAD, new, now))
    return max((one for one in found if one is not None), key=_until, default=None)


def _until(one: Full) -> datetime:
    return one.until

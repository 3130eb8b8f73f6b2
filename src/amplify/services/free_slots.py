"""When corrections can go out: time to read them first, then the first moment at which no rule is in the way."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta

from amplify.domain.campaign import Campaign
from amplify.domain.delivery import WAITING, Delivery
from amplify.domain.guard import cap_on
from amplify.domain.key import Key
from amplify.domain.mistake import Mistake
from amplify.domain.post import Kind
from amplify.domain.quiet import quiet_until
from amplify.domain.when import zone_named
from amplify.ports.ledger import Account

#: Before the first slot, so that there is time to read, approve and think again; slots are at whole fives.
TO_READ, STEP = timedelta(minutes=15), 5
_A_WEEK = timedelta(days=7)


def free_slots(
    found: Iterable[Mistake],
    rows: Iterable[Delivery],
    accounts: Mapping[str, Account],
    campaign: Campaign,
    now: datetime,
) -> Mapping[str, datetime]:
    """For each by its name, one after the other: corrections keep their distance from one another as well.

    Where nothing is free within a week, the first moment that is not in quiet hours.
    """
    of = {name: account.id for name, account in accounts.items()}
    taken = [
        (of.get(row.key.channel, row.key.channel), row.begun_at or row.due, row.key.thread)
        for row in rows
        if row.state in WAITING or row.begun_at is not None
    ]
    slots: dict[str, datetime] = {}
    for one in found:
        here = {of.get(row.key.channel, row.key.channel) for row in one.rows}
        near = [(at, thread) for account, at, thread in taken if account in here]
        loud = list(_loud(now, campaign))
        slots[one.named] = slot = next((at for at in loud if _fits(at, near, campaign)), loud[0])
        taken += [(account, slot, one.key) for account in here]
    return slots


def _loud(now: datetime, campaign: Campaign) -> Iterator[datetime]:
    """Every moment of a week that is neither in quiet hours nor in a pause; if there is none, the first of all."""
    first = now + TO_READ
    first += timedelta(minutes=-first.minute % STEP, seconds=-first.second, microseconds=-first.microsecond)
    quiet, step = campaign.rules.quiet_hours, timedelta(minutes=STEP)
    pauses = [pause for pause in campaign.rules.pauses if Kind.CORRECTION in pause.kinds]
    every = [first + step * number for number in range(int(_A_WEEK / step))]
    loud = [
        at
        for at in every
        if (quiet is None or quiet_until(quiet, at, campaign.zone) is None)
        and not any(pause.since <= at < pause.until for pause in pauses)
    ]
    yield from loud or every[:1]


def _fits(at: datetime, near: Sequence[tuple[datetime, Key]], campaign: Campaign) -> bool:
    caps, day = campaign.rules.per_account, _day(at, campaign)
    that_day = {thread for other, thread in near if _day(other, campaign) == day}
    apart = all(abs(at - other) >= caps.least_gap for other, _ in near)
    return apart and len(that_day) < cap_on(day, campaign, on_loopback=False)


def _day(at: datetime, campaign: Campaign) -> date:
    return at.astimezone(zone_named(campaign.zone)).date()

"""A server that is another than it was when it was last asked: what is different, and which posts no longer fit."""

from collections.abc import Mapping

from amplify.domain.channel import Channel
from amplify.domain.delivery import State
from amplify.domain.rendition import Limits
from amplify.domain.traits import changes
from amplify.domain.wanted import Wanted
from amplify.domain.written import Written
from amplify.ports.author import UnusableText
from amplify.ports.ledger import Account, Ledger
from amplify.services.compose import compose
from amplify.services.revision_copy import copy_of
from amplify.services.workshop import Workshop

_WAITING = (State.PLANNED, State.APPROVED)


def changed_mind(channel: Channel, before: Mapping[str, Account], ledger: Ledger, workshop: Workshop) -> str:
    """One sentence, or nothing. `before` are the accounts as they were. Raises LedgerError."""
    now = ledger.accounts()
    old, new = before.get(channel.name), now.get(channel.name)
    different = changes(old.traits, new.traits) if old is not None and new is not None else ""
    if not different:
        return ""
    told = f"{channel.name}: its server is not what it was: {different}"
    misfits = _misfits(channel, before, now, ledger, workshop)
    if not misfits:
        return told
    number = "1 post that waits no longer fits" if misfits == 1 else f"{misfits} posts that wait no longer fit"
    return f"{told}. {number}: `amplify check` says which"


def _misfits(
    channel: Channel, before: Mapping[str, Account], now: Mapping[str, Account], ledger: Ledger, workshop: Workshop
) -> int:
    """How many posts that wait could go out before, and cannot now."""
    revision, workshop = ledger.revision(), workshop.settled()
    if revision is None:
        return 0
    copy = copy_of(revision, workshop)
    rows = [row for row in ledger.deliveries(_WAITING) if row.key.channel == channel.name]
    waiting = [(row.key.thread, wanted) for row in rows if (wanted := copy.wanted.get(row.key)) is not None]
    old, new = workshop.limits(channel, before), workshop.limits(channel, now)
    return len(
        {
            post
            for post, wanted in waiting
            if not _fits(wanted, copy.written, workshop, new) and _fits(wanted, copy.written, workshop, old)
        }
    )


def _fits(wanted: Wanted, written: Written, workshop: Workshop, limits: Limits) -> bool:
    try:
        compose(wanted, written, workshop, limits)
    except UnusableText:
        return False
    return True

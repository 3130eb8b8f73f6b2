"""amplify now: a new slot, now. The words stay, so the yeses to them must be given again for the new time."""

from dataclasses import replace

from amplify.domain.delivery import ENDED, SEALED, Delivery, Event
from amplify.domain.written import Written
from amplify.ports.author import UnusableText
from amplify.ports.ledger import Ledger, LedgerError, Update
from amplify.services.approve import approve, check_name, named, own_post, posts_by_name
from amplify.services.compose import compose
from amplify.services.workshop import Workshop


def now(what: str, written: Written, workshop: Workshop, ledger: Ledger, *, by: str, via: str) -> list[Delivery]:
    """Give every unpublished delivery of a post, or one, the slot `now`, approved by the person who asks.

    Where two people must approve, another is still needed; the author of a post moves it and approves nothing.
    Raises LedgerError, and then nothing has changed.
    """
    check_name(by, written)
    revision = ledger.revision()
    if revision is None:
        raise LedgerError("nothing is applied yet; `amplify apply` comes first")
    applied = workshop.author.read(revision.files)
    epoch, at, accounts = ledger.epoch(), workshop.clock.now(), ledger.accounts()
    rows = {row.key: row for row in named(what, applied, ledger) if row.state not in SEALED}
    if not rows:
        raise LedgerError(f"{what} is public already, or its outcome is not known; it will not go out twice")
    updates = []
    for wanted in workshop.wanted(applied):
        row = rows.get(wanted.key) or (rows.get(wanted.former) if wanted.former else None)
        if row is None:
            continue
        try:
            limits = workshop.limits(wanted.channel, accounts)
            rendition = compose(replace(wanted, due=at), applied, workshop, limits)
        except UnusableText as unusable:
            raise LedgerError(f"{row.key}: {unusable}") from None
        event = Event.RENEW if row.state in ENDED else Event.REVISE
        update = Update(
            key=row.key,
            version=row.version,
            event=event,
            reason=f"now, by {by}",
            due=at,
            digest=rendition.digest,
            text=rendition.text,
        )
        updates.append(update)
    if not updates:
        raise LedgerError(f"{what} is not in what was applied last; `amplify apply` comes first")
    ledger.apply(revision.files, (), updates, epoch=epoch, now=at, by=by)
    fresh = [row for update in updates if (row := ledger.delivery(update.key)) is not None]
    posts = posts_by_name(applied)
    others = [row for row in fresh if not own_post(by, posts[row.key.post], applied)]
    approve(others, applied, workshop, ledger, by=by, via=via)
    return [row for update in updates if (row := ledger.delivery(update.key)) is not None]

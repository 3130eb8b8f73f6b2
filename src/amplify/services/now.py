"""amplify now: a new slot, now. The words stay, so the yeses to them must be given again for the new time."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from amplify.domain.delivery import ENDED, SEALED, Delivery, Event, State
from amplify.domain.guard import Say, Situation, Verdict, judge
from amplify.domain.past import may_be_public
from amplify.domain.rendition import Rendition
from amplify.domain.wanted import Wanted
from amplify.domain.written import Written
from amplify.ports.author import UnusableText
from amplify.ports.ledger import Ledger, LedgerError, Update
from amplify.services.approve import approve, check_name, named, own_post, posts_by_name
from amplify.services.compose import compose
from amplify.services.loopback import on_loopback
from amplify.services.survey import SENT_SINCE, urgent_posts
from amplify.services.workshop import Workshop

_SAYS = ", who has looked and says that it was not public before"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Anew:
    """A delivery as it would be if its slot were now."""

    row: Delivery
    wanted: Wanted
    rendition: Rendition


def now(
    what: str,
    written: Written,
    workshop: Workshop,
    ledger: Ledger,
    *,
    by: str,
    via: str,
    not_published_yet: bool = False,
) -> list[Delivery]:
    """Give every unpublished delivery of a post, or one, the slot `now`, approved by the person who asks.

    Where two people must approve, another is still needed; the author of a post moves it and approves nothing.
    `not_published_yet`: that person has looked at the account, where the ledger cannot know.
    Raises LedgerError, and then nothing has changed.
    """
    check_name(by, written)
    revision = ledger.revision()
    if revision is None:
        raise LedgerError("nothing is applied yet; `amplify apply` comes first")
    applied = workshop.author.read(revision.files)
    epoch, at = ledger.epoch(), workshop.clock.now()
    unknown = {row.key for row in unknown_to(ledger, named(what, applied, ledger))}
    if unknown and not not_published_yet:
        raise LedgerError(
            f"this ledger is new and does not know whether {what} was published before; look at the account, and only "
            "if it is not there, say so with `--not-published-yet`"
        )
    updates = [
        Update(
            key=anew.row.key,
            version=anew.row.version,
            event=Event.RENEW if anew.row.state in ENDED else Event.REVISE,
            reason=f"now, by {by}{_SAYS if anew.row.key in unknown else ''}",
            due=at,
            digest=anew.rendition.digest,
            text=anew.rendition.text,
        )
        for anew in _anew(what, applied, workshop, ledger, at)
    ]
    if not updates:
        raise LedgerError(f"{what} is not in what was applied last; `amplify apply` comes first")
    ledger.apply(revision.files, (), updates, epoch=epoch, now=at, by=by)
    fresh = [row for update in updates if (row := ledger.delivery(update.key)) is not None]
    posts = posts_by_name(applied)
    others = [row for row in fresh if not own_post(by, posts[row.key.post], applied)]
    approve(others, applied, workshop, ledger, by=by, via=via)
    return [row for update in updates if (row := ledger.delivery(update.key)) is not None]


def unknown_to(ledger: Ledger, rows: Iterable[Delivery]) -> list[Delivery]:
    """Those that may have been published before the ledger began."""
    first = ledger.revision(1)
    return [row for row in rows if may_be_public(row, first.at)] if first is not None else []


def outlook(what: str, written: Written, workshop: Workshop, ledger: Ledger, *, stop_file: bool) -> list[Verdict]:
    """What would keep it from going out if its slot were now, each answer once. Raises LedgerError."""
    if written.campaign is None:
        return []
    at, accounts, stops = workshop.clock.now(), ledger.accounts(), ledger.stops()
    verdicts: dict[str, Verdict] = {}
    for anew in _anew(what, written, workshop, ledger, at):
        account = accounts.get(anew.row.key.channel)
        sent = ledger.facts(anew.row.key, account.id, at - SENT_SINCE).sent if account is not None else ()
        situation = Situation(
            campaign=written.campaign,
            post=anew.wanted.post,
            rendition=anew.rendition,
            now=at,
            late_by=timedelta(),
            stops=stops,
            stop_file=stop_file,
            sent=[one for one in sent if one.thread != anew.row.key.thread],
            previous=State.PUBLISHED if anew.wanted.position else None,
            urgent_posts=urgent_posts(written),
            on_loopback=on_loopback(anew.wanted.channel, account),
        )
        verdict = judge(situation)
        if verdict.say is not Say.GO:
            verdicts.setdefault(verdict.reason, verdict)
    return list(verdicts.values())


def _anew(what: str, applied: Written, workshop: Workshop, ledger: Ledger, at: datetime) -> Iterator[_Anew]:
    rows = {row.key: row for row in named(what, applied, ledger) if row.state not in SEALED}
    if not rows:
        raise LedgerError(f"{what} is public already, or its outcome is not known; it will not go out twice")
    accounts = ledger.accounts()
    for wanted in workshop.wanted(applied):
        row = rows.get(wanted.key) or (rows.get(wanted.former) if wanted.former else None)
        if row is None:
            continue
        try:
            limits = workshop.limits(wanted.channel, accounts)
            rendition = compose(replace(wanted, due=at), applied, workshop, limits)
        except UnusableText as unusable:
            raise LedgerError(f"{row.key}: {unusable}") from None
        yield _Anew(row=row, wanted=wanted, rendition=replace(rendition, key=row.key))

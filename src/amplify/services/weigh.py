"""Everything that decides about one delivery, looked at together: words, approvals, rules, brakes."""

import asyncio
from collections.abc import Collection
from dataclasses import dataclass, replace

from amplify.domain.approval import still_needed
from amplify.domain.delivery import Delivery
from amplify.domain.envelope import Parents
from amplify.domain.guard import Say, Situation, Verdict, judge
from amplify.domain.printed import contradicted
from amplify.domain.protected import PROTECTED, Register
from amplify.domain.rendition import FigureUsed, Rendition
from amplify.domain.wanted import Wanted
from amplify.domain.written import Written
from amplify.ports.author import UnusableText
from amplify.ports.ledger import Facts
from amplify.services.company import company
from amplify.services.compose import compose
from amplify.services.desk import Desk
from amplify.services.loopback import on_loopback
from amplify.services.survey import SENT_SINCE, urgent_posts


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighed:
    """A verdict and what it rests on. With GO there is a situation, and `parents` where it is a reply.

    `approved` is False where people have not (or no longer) said yes to these very words.
    """

    facts: Facts
    verdict: Verdict
    register: Register = Register()  # noqa: RUF009 - it is frozen and says nothing
    situation: Situation | None = None
    parents: Parents | None = None
    approved: bool = True

    @property
    def denied(self) -> str:
        """The open proposal that keeps a figure of it back, in words; empty where none does."""
        denied = self.situation.contradicted if self.situation is not None else ""
        return denied if self.verdict.reason == denied else ""

    @property
    def rendition(self) -> Rendition:
        if self.situation is None:
            raise ValueError("nothing to send")
        return self.situation.rendition


async def weigh(row: Delivery, desk: Desk) -> Weighed:
    """Read the facts of this moment and judge. Raises LedgerError."""
    now = desk.clock.now()
    accounts = await asyncio.to_thread(desk.ledger.accounts)
    account = accounts[row.key.channel].id if row.key.channel in accounts else ""
    facts = await asyncio.to_thread(desk.ledger.facts, row.key, account, now - SENT_SINCE)
    copy = await desk.office.copy(facts.revision)
    row, written = facts.delivery, copy.written
    wanted = copy.wanted.get(row.key)
    if wanted is None or written.campaign is None:
        return Weighed(
            facts=facts, verdict=Verdict(say=Say.HOLD, reason="what it was written in cannot be read any more")
        )
    workshop = await asyncio.to_thread(desk.workshop.settled)
    register = workshop.protection.read()
    try:
        limits = workshop.limits(wanted.channel, accounts)
        rendition = compose(replace(wanted, due=row.due), written, workshop, limits)
    except UnusableText as unusable:
        silent = unusable.code == PROTECTED
        verdict = Verdict(say=Say.HOLD, reason=str(unusable), silent=silent)
        return Weighed(facts=facts, verdict=verdict, register=register)
    with_it = await asyncio.to_thread(company, row, wanted, copy, desk, limits)
    situation = Situation(
        campaign=written.campaign,
        post=wanted.post,
        rendition=replace(rendition, key=row.key),
        now=now,
        late_by=desk.clock.machine() - desk.clock.on_machine(row.due),
        stops=facts.stops,
        stop_file=desk.folder.stopped(),
        unprotected=register.fault,
        sent=[sent for sent in facts.sent if sent.thread != row.key.thread],
        previous=with_it.previous,
        named=with_it.named,
        shown_before=with_it.shown_before,
        figures=with_it.figures,
        torn=with_it.torn,
        contradicted=await asyncio.to_thread(_contradicted, (*rendition.figures, *with_it.figures), written, desk),
        urgent_posts=urgent_posts(written),
        on_loopback=on_loopback(wanted.channel, accounts.get(row.key.channel)),
    )
    verdict = judge(situation)
    approved = _approved(facts, wanted, written, rendition)
    if verdict.say is Say.GO and rendition.digest != row.digest:
        verdict = Verdict(
            say=Say.HOLD, reason="its words are no longer those that were planned; `amplify plan` shows them"
        )
    return Weighed(
        facts=facts,
        verdict=verdict,
        register=register,
        situation=situation,
        parents=with_it.parents,
        approved=approved,
    )


def again(weighed: Weighed, desk: Desk) -> Verdict:
    """Judge once more, now: staging takes time, and neither the file STOP nor the register of persons is in a ledger."""
    if weighed.situation is None:
        return weighed.verdict
    if desk.workshop.protection.read().mark != weighed.register.mark:
        return Verdict(say=Say.WAIT, reason="the register of protected persons has changed, so it is looked at again")
    due = weighed.situation.rendition.due
    return judge(
        replace(
            weighed.situation,
            now=desk.clock.now(),
            late_by=desk.clock.machine() - desk.clock.on_machine(due),
            stop_file=desk.folder.stopped(),
        )
    )


def _contradicted(used: Collection[FigureUsed], written: Written, desk: Desk) -> str:
    """Raises LedgerError."""
    if not used:
        return ""
    return contradicted([written.figures[one.id] for one in used], desk.ledger.proposals())


def _approved(facts: Facts, wanted: Wanted, written: Written, rendition: Rendition) -> bool:
    rules = written.campaign.rules if written.campaign is not None else None
    if rules is None:
        return False
    return still_needed(wanted.post, rules, rendition.digest, facts.approvals) == 0

"""Every wanted delivery with its rendition or its problem, and what the rules would say at its slot."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import cache

from amplify.domain.approval import people_needed
from amplify.domain.delivery import Delivery, State
from amplify.domain.guard import Say, Situation, judge
from amplify.domain.key import Key
from amplify.domain.plan import Intent
from amplify.domain.protected import PROTECTED
from amplify.domain.rendition import Limits, Rendition
from amplify.domain.sent import Sent
from amplify.domain.stop import Stop
from amplify.domain.wanted import Wanted
from amplify.domain.written import Written
from amplify.ports.author import UnusableText
from amplify.ports.ledger import Account
from amplify.services.compose import compose
from amplify.services.corrected import corrected
from amplify.services.loopback import on_loopback
from amplify.services.workshop import Workshop, account_of

#: How far back caps and gaps look.
SENT_SINCE = timedelta(days=2)


@dataclass(frozen=True, slots=True, kw_only=True)
class Surveyed:
    """`unusable` is what made `intent.problem`, with its code and hint."""

    intent: Intent
    unusable: UnusableText | None = None


def survey(
    written: Written,
    workshop: Workshop,
    accounts: Mapping[str, Account],
    stops: Sequence[Stop] = (),
    known: Mapping[Key, Delivery] | None = None,
) -> list[Surveyed]:
    """In the order of their slots, so that caps and gaps see what comes before.

    `known` are the ledger's deliveries, where what a correction names is looked up.
    """
    workshop = workshop.settled()
    sent: dict[str, list[Sent]] = defaultdict(list)
    urgent, of_channel = urgent_posts(written), cache(lambda name: account_of(written.channels[name], accounts))
    surveyed = []
    for wanted in sorted(workshop.wanted(written), key=lambda w: (w.due, w.position)):
        account = of_channel(wanted.channel.name)
        intent = Intent(wanted=wanted, account=account)
        try:
            limits = workshop.limits(wanted.channel, accounts)
            rendition = compose(wanted, written, workshop, limits)
            _look_at_pictures(rendition, wanted, workshop, limits)
            intent = replace(intent, rendition=rendition)
        except UnusableText as unusable:
            silent = unusable.code == PROTECTED
            intent = replace(intent, problem=str(unusable), silent=silent)
            surveyed.append(Surveyed(intent=intent, unusable=unusable))
            continue
        home = on_loopback(wanted.channel, accounts.get(wanted.channel.name))
        concerns = _concerns(intent, written, sent[account], stops, urgent, known, on_loopback=home)
        surveyed.append(Surveyed(intent=replace(intent, concerns=concerns, waits=_waits(intent, written))))
        sent[account].append(Sent(key=wanted.key, thread=wanted.key.thread, begun_at=wanted.due))
        sent[account] = [s for s in sent[account] if s.begun_at > wanted.due - SENT_SINCE]
    return surveyed


def _look_at_pictures(rendition: Rendition, wanted: Wanted, workshop: Workshop, limits: Limits) -> None:
    """Raises UnusableText, at the picture that it is about; a card was looked at when it was drawn."""
    files = [shown for shown in rendition.pictures if shown.card is None]
    for media, shown in zip(wanted.part.media, files, strict=True):
        try:
            workshop.pictures.look_at([shown], limits.pictures)
        except UnusableText as unusable:
            unusable.place = media.place
            raise


def urgent_posts(written: Written) -> frozenset[str]:
    return frozenset(post.id for post in written.posts if post.urgent)


def _concerns(
    intent: Intent,
    written: Written,
    sent: list[Sent],
    stops: Sequence[Stop],
    urgent: frozenset[str],
    known: Mapping[Key, Delivery] | None,
    *,
    on_loopback: bool,
) -> tuple[str, ...]:
    wanted = intent.wanted
    if written.campaign is None or intent.rendition is None:
        return ()
    said = judge(
        Situation(
            campaign=written.campaign,
            post=wanted.post,
            rendition=intent.rendition,
            now=wanted.due,
            late_by=timedelta(),
            stops=stops,
            sent=sent,
            previous=State.PUBLISHED if wanted.position else None,
            corrected=_corrected(wanted, written, known),
            urgent_posts=urgent,
            on_loopback=on_loopback,
        )
    )
    return () if said.say is Say.GO else (said.reason,)


def _corrected(wanted: Wanted, written: Written, known: Mapping[Key, Delivery] | None) -> State | None:
    if known is None:
        return State.PUBLISHED
    wrong = corrected(wanted.key, wanted.post, written.posts, known.get) if wanted.post.corrects else None
    return wrong.state if wrong is not None else None


def _waits(intent: Intent, written: Written) -> tuple[str, ...]:
    if written.campaign is None or intent.rendition is None:
        return ()
    return _needs(people_needed(intent.wanted.post, written.campaign.rules, intent.rendition.ending))


@cache
def _needs(people: int) -> tuple[str, ...]:
    return (f"needs {people} {'approval' if people == 1 else 'approvals'}",) if people else ()

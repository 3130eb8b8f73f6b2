"""Every wanted delivery with its rendition or its problem, and what the rules would say at its slot."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import cache

from amplify.domain.approval import people_needed
from amplify.domain.delivery import ENDED, SEALED, Delivery, State
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
from amplify.services.loopback import on_loopback
from amplify.services.named import named_by
from amplify.services.once import shown_before
from amplify.services.revision_copy import Copy
from amplify.services.workshop import Workshop, account_of

#: How far back caps and gaps look.
SENT_SINCE = timedelta(days=2)


@dataclass(frozen=True, slots=True, kw_only=True)
class Surveyed:
    """`unusable` is what made `intent.problem`, with its code and hint.

    `crowded` is the one of its concerns that tells how much is too much for its server, with others.
    """

    intent: Intent
    unusable: UnusableText | None = None
    crowded: str = ""


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
    in_order = sorted(workshop.wanted(written), key=lambda w: (w.due, w.position))
    copy = Copy(revision=0, written=written, wanted={w.key: w for w in in_order})
    boosted: dict[tuple[str, Key], Key] = {}
    for wanted in in_order:
        account = of_channel(wanted.channel.name)
        intent = Intent(wanted=wanted, account=account)
        try:
            limits = workshop.limits(wanted.channel, accounts)
            rendition = compose(wanted, written, workshop, limits)
            _look_at_pictures(rendition, wanted, workshop, limits)
            _boost_once(wanted, account, copy, known or {}, boosted)
            intent = replace(intent, rendition=rendition)
        except UnusableText as unusable:
            silent = unusable.code == PROTECTED
            intent = replace(intent, problem=str(unusable), silent=silent)
            surveyed.append(Surveyed(intent=intent, unusable=unusable))
            continue
        home = on_loopback(wanted.channel, accounts.get(wanted.channel.name))
        concerns = _concerns(intent, copy, sent[account], stops, urgent, known, on_loopback=home)
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


def _boost_once(
    wanted: Wanted, account: str, copy: Copy, known: Mapping[Key, Delivery], boosted: dict[tuple[str, Key], Key]
) -> None:
    """Raises UnusableText where the account has shown that post again, or will before this. Remembers what it shows."""
    post = wanted.post
    if not post.boosts:
        return
    row = named_by(wanted.key, post, copy.written.posts, known.get)
    sealed = [one for one in known.values() if one.state in SEALED]
    before = shown_before({wanted.key, wanted.former}, row, sealed, copy) if row is not None else ""
    first = boosted.setdefault((account, wanted.key.sibling(post.boosts)), wanted.key)
    if before or first != wanted.key:
        told = f"{before or first} shows {post.boosts} again already, and that is done once only"
        raise UnusableText(told, code="boosted-twice", hint="leave this one out, or quote that post with `quotes:`")


def urgent_posts(written: Written) -> frozenset[str]:
    return frozenset(post.id for post in written.posts if post.urgent)


def _concerns(
    intent: Intent,
    copy: Copy,
    sent: list[Sent],
    stops: Sequence[Stop],
    urgent: frozenset[str],
    known: Mapping[Key, Delivery] | None,
    *,
    on_loopback: bool,
) -> tuple[str, ...]:
    wanted, written = intent.wanted, copy.written
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
            named=_named(wanted, copy, known),
            urgent_posts=urgent,
            on_loopback=on_loopback,
        )
    )
    return () if said.say is Say.GO else (said.reason,)


def _named(wanted: Wanted, copy: Copy, known: Mapping[Key, Delivery] | None) -> State | None:
    """What has become, at the slot, of the post that this one names. A quote or boost may name what is not public yet."""
    if known is None:
        return State.PUBLISHED
    post, posts = wanted.post, copy.written.posts
    if not post.names:
        return None
    row = named_by(wanted.key, post, posts, known.get)
    if post.corrects or (row is not None and row.state in SEALED | ENDED):
        return row.state if row is not None else None
    shown = named_by(wanted.key, post, posts, copy.wanted.get)
    if shown is None:
        return None
    return State.PUBLISHED if shown.due <= wanted.due else State.PLANNED


def _waits(intent: Intent, written: Written) -> tuple[str, ...]:
    if written.campaign is None or intent.rendition is None:
        return ()
    return _needs(people_needed(intent.wanted.post, written.campaign.rules, intent.rendition.ending))


@cache
def _needs(people: int) -> tuple[str, ...]:
    return (f"needs {people} {'approval' if people == 1 else 'approvals'}",) if people else ()

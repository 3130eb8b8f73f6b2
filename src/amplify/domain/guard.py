"""May this delivery leave now? The rules, as one pure question.

Asked by the worker with the facts of the moment, before the claim and once more before BEGIN, and by `plan`
with the facts of the slot, so that what stops a post at the send is what the plan said would stop it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum

from amplify.domain.campaign import Campaign
from amplify.domain.delivery import ENDED, State
from amplify.domain.key import Key
from amplify.domain.lateness import is_day_bound
from amplify.domain.post import Post
from amplify.domain.printed import outdated
from amplify.domain.quiet import quiet_until
from amplify.domain.rendition import FigureUsed, Rendition
from amplify.domain.sent import Sent
from amplify.domain.stop import Stop, in_the_way
from amplify.domain.when import on_wall, zone_named

#: Nobody may set these (design 8): what one account publishes at most, threads and urgent posts aside.
MOST_A_DAY = 48
LEAST_GAP = timedelta(minutes=5)
MOST_URGENT_A_DAY = 2


class Say(StrEnum):
    GO = "go"
    WAIT = "wait"
    HOLD = "hold"
    MISS = "miss"


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """`until` is campaign time; None with WAIT: until something else changes, and `person` if only a person can.

    `silent`: what it is about must not stay written in the ledger either.
    """

    say: Say
    reason: str = ""
    until: datetime | None = None
    person: bool = False
    silent: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """Everything that counts. `now` is campaign time; `late_by` is machine time since the slot.

    `previous` is the state of the thread's part before this one; None for first parts and single posts. With the
    first part of a thread come what its other parts print (`figures`) and why one of them could not follow (`torn`):
    a thread that cannot be finished is not begun. `named` is the state of what it corrects, quotes or boosts, on
    its channel; `shown_before` says which post of the account has boosted that already.
    `contradicted` and `unprotected` say which proposal denies a figure, and why nobody knows who must not be named.
    `sent` are the account's earlier posts of the last two days; `urgent_posts` tells which of them were urgent.
    """

    campaign: Campaign
    post: Post
    rendition: Rendition
    now: datetime
    late_by: timedelta
    stops: Sequence[Stop] = ()
    stop_file: bool = False
    unprotected: str = ""
    sent: Sequence[Sent] = ()
    previous: State | None = None
    named: State | None = None
    shown_before: str = ""
    figures: Sequence[FigureUsed] = ()
    torn: str = ""
    contradicted: str = ""
    urgent_posts: frozenset[str] = frozenset()
    on_loopback: bool = False

    @property
    def key(self) -> Key:
        return self.rendition.key


GO = Verdict(say=Say.GO)


def cap_on(day: date, campaign: Campaign, *, on_loopback: bool) -> int:
    """How many posts one account may begin on a day of the campaign's wall."""
    caps = campaign.rules.per_account
    cap = caps.on_day if day == campaign.day else caps.a_day
    return cap if on_loopback else min(cap, MOST_A_DAY)


def gap_between(campaign: Campaign, *, on_loopback: bool) -> timedelta:
    """How long an account is silent between two posts."""
    gap = campaign.rules.per_account.least_gap
    return gap if on_loopback else max(gap, LEAST_GAP)


def judge(situation: Situation) -> Verdict:
    """The first rule that says no, or GO."""
    for rule in (
        _early,
        _stopped,
        _unprotected,
        _fell_into_a_stop,
        _after_its_part,
        _after_what_it_corrects,
        _late,
        _after_what_it_shows,
        _whole,
        _paused,
        _quiet,
        _urgent,
        _capped,
        _flooded,
        _gap,
        _figures,
    ):
        verdict = rule(situation)
        if verdict is not GO:
            return verdict
    return GO


def _early(s: Situation) -> Verdict:
    if s.now < s.rendition.due:
        return Verdict(say=Say.WAIT, reason="its time has not come", until=s.rendition.due)
    return GO


def _stopped(s: Situation) -> Verdict:
    if s.stop_file:
        return Verdict(say=Say.WAIT, reason="stopped by the file STOP in the campaign's folder", person=True)
    for stop in in_the_way(s.stops, s.key, urgent=s.post.urgent):
        if stop.lifted_at is None:
            return Verdict(say=Say.WAIT, reason=f"stopped by {stop.by}: {stop.reason}", person=True)
    return GO


def _unprotected(s: Situation) -> Verdict:
    return Verdict(say=Say.WAIT, reason=s.unprotected, person=True) if s.unprotected else GO


def _fell_into_a_stop(s: Situation) -> Verdict:
    if any(stop.contains(s.rendition.due) for stop in in_the_way(s.stops, s.key, urgent=s.post.urgent)):
        return Verdict(say=Say.MISS, reason="its time fell into a stop")
    return GO


def _after_its_part(s: Situation) -> Verdict:
    if s.previous is None or s.previous is State.PUBLISHED:
        return GO
    if s.previous is State.MISSED:
        return Verdict(say=Say.MISS, reason="the part before it was missed")
    if s.previous in ENDED or s.previous is State.WITHDRAWN:
        return Verdict(say=Say.HOLD, reason=f"the part before it is {s.previous}; the thread would be torn")
    person = s.previous in {State.HELD, State.UNCONFIRMED, State.PLANNED}
    return Verdict(say=Say.WAIT, reason=f"the part before it is {s.previous}", person=person)


def _after_what_it_corrects(s: Situation) -> Verdict:
    what = s.post.corrects
    if not what or s.named in {State.PUBLISHED, State.WITHDRAWN}:
        return GO
    if s.named in {State.SENDING, State.UNCONFIRMED}:
        return Verdict(
            say=Say.WAIT, reason=f"nobody knows yet whether {what}, which it corrects, is public", person=True
        )
    return Verdict(say=Say.HOLD, reason=f"{what} is not public here, so there is nothing to correct")


def _after_what_it_shows(s: Situation) -> Verdict:
    """What it quotes or boosts goes first; a post is boosted once, whatever boosts it."""
    what, does = s.post.quotes or s.post.boosts, s.post.does
    if not what or not _begins(s):
        return GO
    if s.shown_before:
        return Verdict(say=Say.HOLD, reason=f"{s.shown_before} shows {what} again already, and that is done once only")
    if s.named is State.PUBLISHED:
        return GO
    if s.named is State.MISSED:
        return Verdict(say=Say.MISS, reason=f"{what}, which it {does}, was missed")
    if s.named is None or s.named in ENDED or s.named is State.WITHDRAWN:
        state = s.named or "not public here"
        return Verdict(say=Say.HOLD, reason=f"{what}, which it {does}, is {state}; take it out, or name another post")
    person = s.named in {State.HELD, State.UNCONFIRMED, State.PLANNED}
    return Verdict(say=Say.WAIT, reason=f"{what}, which it {does}, is {s.named}", person=person)


def _whole(s: Situation) -> Verdict:
    return Verdict(say=Say.WAIT, reason=s.torn, person=True) if s.torn else GO


def _late(s: Situation) -> Verdict:
    minutes = int(s.late_by.total_seconds() // 60)
    if s.late_by > s.campaign.rules.late:
        if s.previous is State.PUBLISHED:
            return Verdict(say=Say.HOLD, reason=f"the thread stopped before this part, {minutes} minutes ago")
        return Verdict(say=Say.MISS, reason=f"{minutes} minutes past its time{_kept_back(s)}")
    zone = zone_named(s.campaign.zone)
    if is_day_bound(s.rendition, s.post) and s.now.astimezone(zone).date() > s.rendition.due.astimezone(zone).date():
        return Verdict(say=Say.MISS, reason="its day is over, and its words hold on that day only")
    return GO


def _kept_back(s: Situation) -> str:
    """What made it late, as far as the rules did: people want to know why, not only by how much."""
    in_time = replace(s, now=s.rendition.due)
    said = (_after_what_it_shows(s), _whole(s), _unprotected(s), _paused(in_time), _quiet(in_time), _capped(s), _gap(s))
    return next((f"; {verdict.reason}" for verdict in said if verdict is not GO), "")


def _paused(s: Situation) -> Verdict:
    for pause in s.campaign.rules.pauses:
        if not s.post.urgent and s.post.kind in pause.kinds and pause.since <= s.now < pause.until:
            return Verdict(say=Say.WAIT, reason=f"posts of kind {s.post.kind} pause: {pause.reason}", until=pause.until)
    return GO


def _quiet(s: Situation) -> Verdict:
    quiet = s.campaign.rules.quiet_hours
    if quiet is None or s.post.urgent:
        return GO
    until = quiet_until(quiet, s.now, s.campaign.zone)
    if until is None:
        return GO
    return Verdict(say=Say.WAIT, reason=f"quiet hours, {quiet.since:%H:%M} to {quiet.until:%H:%M}", until=until)


def _urgent(s: Situation) -> Verdict:
    if s.post.urgent and _begins(s):
        today = {sent.thread for sent in _today(s) if sent.key.post in s.urgent_posts}
        if len(today) >= MOST_URGENT_A_DAY:
            return Verdict(say=Say.HOLD, reason=f"{MOST_URGENT_A_DAY} urgent posts went out today already")
    return GO


def _capped(s: Situation) -> Verdict:
    if s.post.urgent or not _begins(s):
        return GO
    local = s.now.astimezone(zone_named(s.campaign.zone))
    cap = cap_on(local.date(), s.campaign, on_loopback=s.on_loopback)
    if len({sent.thread for sent in _today(s)}) >= cap:
        midnight = local.replace(hour=0, minute=0, second=0, microsecond=0, tzinfo=None) + timedelta(days=1)
        until = on_wall(midnight, s.campaign.zone).at
        return Verdict(say=Say.WAIT, reason=f"the account has published {cap} posts today", until=until)
    return GO


def _flooded(s: Situation) -> Verdict:
    """What nobody may set is counted over any day and night: no change of zone or of the day makes room."""
    if s.post.urgent or s.on_loopback or not _begins(s):
        return GO
    lately = {sent.thread: sent.begun_at for sent in s.sent if sent.begun_at > s.now - timedelta(days=1)}
    if len(lately) < MOST_A_DAY:
        return GO
    until = min(lately.values()) + timedelta(days=1)
    return Verdict(
        say=Say.WAIT, reason=f"the account has published {MOST_A_DAY} posts in a day and a night", until=until
    )


def _gap(s: Situation) -> Verdict:
    if s.post.urgent or not _begins(s):
        return GO
    gap = gap_between(s.campaign, on_loopback=s.on_loopback)
    last = max((sent.begun_at for sent in s.sent), default=None)
    if last is not None and s.now < last + gap:
        minutes = int(gap.total_seconds() // 60)
        return Verdict(
            say=Say.WAIT, reason=f"less than {minutes} minutes since the account's last post", until=last + gap
        )
    return GO


def _figures(s: Situation) -> Verdict:
    if s.contradicted:
        return Verdict(say=Say.WAIT, reason=s.contradicted, person=True)
    today = s.now.astimezone(zone_named(s.campaign.zone)).date()
    old = outdated((*s.rendition.figures, *s.figures), today, s.campaign.rules.moving)
    return Verdict(say=Say.HOLD, reason=old) if old else GO


def _begins(s: Situation) -> bool:
    """Caps and gaps count a thread once, at its first part."""
    return s.previous is None


def _today(s: Situation) -> list[Sent]:
    zone = zone_named(s.campaign.zone)
    today = s.now.astimezone(zone).date()
    return [sent for sent in s.sent if sent.begun_at.astimezone(zone).date() == today]

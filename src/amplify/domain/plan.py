"""The difference between what is written and what the ledger knows. Nothing public ever changes by it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from hashlib import blake2b

from amplify.domain.delivery import ENDED, SEALED, WAITING, Delivery, Event, State
from amplify.domain.key import Key
from amplify.domain.past import BEFORE_A_YES, LATE, UNKNOWN, WRITTEN_LATE, may_be_public
from amplify.domain.rendition import Onto, Rendition
from amplify.domain.taken_back import is_taken_back
from amplify.domain.torn import PartNow, torn
from amplify.domain.wanted import Wanted


class Action(StrEnum):
    CREATE = "create"
    MOVE = "move"
    REWORD = "reword"
    CANCEL = "cancel"
    KEEP = "keep"
    PUBLISHED = "published"
    BLOCKED = "blocked"


@dataclass(frozen=True, slots=True, kw_only=True)
class Intent:
    """A wanted delivery and what became of its text: a rendition, or the problem that holds it.

    `concerns` are what the rules would say at the slot, `waits` is for whom it waits: both are told and hold
    nothing by themselves.
    `account` tells channels of one account together. `silent`: the words that were planned must not stay in the ledger.
    """

    wanted: Wanted
    account: str
    rendition: Rendition | None = None
    problem: str = ""
    silent: bool = False
    concerns: tuple[str, ...] = ()
    waits: tuple[str, ...] = ()

    @property
    def reasons(self) -> tuple[str, ...]:
        return (*self.concerns, *self.waits)


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One line of the plan. Applying it takes the step `event`, or makes a row in `state`, or does nothing.

    `due` is the slot that will be in force, `slot` the written one where that changes.
    """

    key: Key
    action: Action
    due: datetime
    slot: datetime | None = None
    text: str = ""
    reasons: tuple[str, ...] = ()
    event: Event | None = None
    state: State | None = None
    digest: str = ""
    file: str = ""
    position: int = 0
    version: int = 0
    silent: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    changes: tuple[Change, ...]
    waiting: int

    @property
    def steps(self) -> tuple[Change, ...]:
        """The changes that applying would write."""
        return tuple(change for change in self.changes if change.event is not None or change.state is not None)

    @property
    def cancels_much(self) -> bool:
        """More than half of what waits would be cancelled: a person should look (design 2)."""
        cancelled = sum(change.event is Event.CANCEL for change in self.changes)
        return cancelled > 1 and cancelled * 2 > self.waiting

    def summary(self) -> Mapping[str, int]:
        return {action.value: sum(c.action is action for c in self.changes) for action in Action}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Known:
    """The ledger's side, looked up the ways the diff needs it."""

    by_key: Mapping[Key, Delivery]
    accounts: Mapping[str, str]
    now: datetime
    began: datetime
    said: dict[tuple[str, str, bytes], Key]
    frozen: Mapping[Key, str]
    lapsed: Mapping[Key, str]
    editions: frozenset[str]


def diff(
    intents: Iterable[Intent],
    known: Sequence[Delivery],
    *,
    now: datetime,
    accounts: Mapping[str, str],
    why_held: Callable[[Delivery], str],
    lapsed: Mapping[Key, str] | None = None,
    began: datetime | None = None,
) -> Plan:
    """Compare. Rows that are not wanted are held, not cancelled, where `why_held` says why they must stay.

    `lapsed` are rows whose yes no longer counts although their words are the same, and why. `began`: the first revision.
    """
    wanted = sorted(intents, key=lambda i: (i.wanted.due, i.wanted.position))
    by_key = {row.key: row for row in known}
    parts = (
        PartNow(
            key=_identity(intent.wanted, by_key),
            position=intent.wanted.position,
            text=intent.rendition.text if intent.rendition is not None else None,
            cut=intent.wanted.post.split,
        )
        for intent in wanted
    )
    said = {
        (r.key.edition, accounts.get(r.key.channel, r.key.channel), _words(r.text)): r.key
        for r in known
        if r.state in SEALED
    }
    state = _Known(
        by_key=by_key,
        accounts=accounts,
        now=now,
        began=began or now,
        said=said,
        frozen=torn(parts, known),
        lapsed=lapsed or {},
        editions=frozenset(intent.wanted.key.edition for intent in wanted),
    )
    changes = []
    seen: set[Key] = set()
    for intent in wanted:
        key = _identity(intent.wanted, by_key)
        seen.add(key)
        row = by_key.get(key)
        changes.append(_make(intent, key, state) if row is None else _compare(intent, row, state))
    gone = (row for row in known if row.key not in seen)
    changes += [change for row in gone if (change := _vanish(row, state, why_held)) is not None]
    waiting = sum(row.state in WAITING for row in known)
    return Plan(changes=tuple(sorted(changes, key=lambda c: (c.due, c.key.channel, c.position))), waiting=waiting)


def _identity(wanted: Wanted, by_key: Mapping[Key, Delivery]) -> Key:
    """A renamed post stays who it was where the ledger knows it under its former id."""
    if wanted.former is not None and wanted.key not in by_key and wanted.former in by_key:
        return wanted.former
    return wanted.key


def _words(text: str) -> bytes:
    """The same for the same words; short, because a plan may have a hundred thousand texts."""
    return blake2b(" ".join(text.casefold().split()).encode(), digest_size=16).digest()


def _twice(intent: Intent, key: Key, known: _Known) -> str:
    """Why these words may not go out on this account; remembers them for the rest of the plan.

    A new edition says everything anew: its words are compared among themselves.
    """
    if intent.rendition is None or intent.rendition.onto is Onto.BOOST:
        return ""
    first = known.said.setdefault((key.edition, intent.account, _words(intent.rendition.text)), key)
    if first == key or intent.wanted.post.again or intent.wanted.post.repeat is not None:
        return ""
    return f"the account says the same words in {first}; write `again: true` if that is meant"


def _make(intent: Intent, key: Key, known: _Known) -> Change:
    wanted = intent.wanted
    change = Change(
        key=key,
        action=Action.CREATE,
        due=wanted.due,
        text=intent.rendition.text if intent.rendition else "",
        digest=intent.rendition.digest if intent.rendition else "",
        file=wanted.post.place.file,
        position=wanted.position,
        reasons=intent.reasons,
        state=State.PLANNED,
    )
    torn = known.frozen.get(key.thread, "")
    if torn:
        return replace(change, action=Action.BLOCKED, reasons=(torn,), state=None)
    problem = intent.problem or _twice(intent, key, known)
    if wanted.due < known.began:
        return replace(change, action=Action.BLOCKED, reasons=(UNKNOWN,), state=State.MISSED)
    if problem:
        return replace(change, action=Action.BLOCKED, reasons=(problem,), state=State.HELD, digest="")
    if wanted.due <= known.now:
        return replace(change, action=Action.BLOCKED, reasons=(WRITTEN_LATE,), state=State.MISSED)
    return change


def _compare(intent: Intent, row: Delivery, known: _Known) -> Change:
    wanted, rendition = intent.wanted, intent.rendition
    keep = Change(
        key=row.key,
        action=Action.KEEP,
        due=row.due,
        text="" if intent.silent else row.text,
        version=row.version,
        file=wanted.post.place.file,
        position=wanted.position,
    )
    moved = wanted.due != row.slot
    if row.state in SEALED:
        reworded = rendition is not None and row.text not in ("", rendition.text)  # purged words are not compared
        return _public(keep, row, edited=moved or reworded)
    problem = known.frozen.get(row.key.thread, "") or intent.problem or _twice(intent, row.key, known)
    if problem or rendition is None:
        return _hold(replace(keep, silent=intent.silent), row, problem)
    rendition = rendition if moved else replace(rendition, due=row.due)
    # of what was taken back and then erased nobody knows any more whether it says something else now
    same = rendition.digest == row.digest or (is_taken_back(row) and not row.text and bool(rendition.text))
    if same and not moved and (row.state is not State.CANCELLED or is_taken_back(row)):
        if row.key in known.lapsed:
            reasons = (known.lapsed[row.key],)
            return replace(keep, action=Action.BLOCKED, event=Event.REVISE, digest=row.digest, reasons=reasons)
        ended = (f"{row.state}: {row.reason}",) if row.state in ENDED else ()
        held = (row.reason,) if row.state is State.HELD else ()
        return replace(keep, reasons=ended or held or intent.concerns)
    action = Action.MOVE if moved else Action.REWORD
    changed = replace(
        keep, action=action, due=rendition.due, slot=wanted.due, text=rendition.text, digest=rendition.digest
    )
    if row.state in ENDED:
        return _renew(changed, row, intent, known)
    return replace(changed, event=Event.REVISE, reasons=intent.reasons)


def _public(keep: Change, row: Delivery, *, edited: bool) -> Change:
    if row.state is not State.PUBLISHED:
        return replace(keep, reasons=(f"{row.state}: {row.reason}",))
    told = ("already public; editing the file changes nothing there",) if edited else ()
    return replace(keep, action=Action.PUBLISHED, reasons=told)


def _renew(changed: Change, row: Delivery, intent: Intent, known: _Known) -> Change:
    unknown = may_be_public(row, known.began)
    if changed.due <= known.now:
        late = (UNKNOWN if unknown else LATE,)
        return replace(changed, action=Action.BLOCKED, due=row.due, text=row.text, reasons=late)
    action = Action.CREATE if row.state is State.CANCELLED else changed.action
    return replace(changed, action=action, event=Event.RENEW, reasons=(BEFORE_A_YES,) * unknown + intent.reasons)


def _hold(keep: Change, row: Delivery, problem: str) -> Change:
    """Hold a row: with its digest gone, no approval covers it any more and its older text cannot go out."""
    blocked = replace(keep, action=Action.BLOCKED, reasons=(problem,))
    told = row.state is State.HELD and not row.digest and row.reason == problem
    if row.state in ENDED or (told and not (keep.silent and row.text)):
        return blocked
    return replace(blocked, event=Event.HOLD)


def _vanish(row: Delivery, known: _Known, why_held: Callable[[Delivery], str]) -> Change | None:
    gone = Change(
        key=row.key,
        action=Action.CANCEL,
        due=row.due,
        text=row.text,
        version=row.version,
        file=row.file,
        position=row.position,
    )
    if row.state is State.PUBLISHED:
        # that an earlier edition is no longer written is as it should be
        earlier = bool(known.editions) and row.key.edition not in known.editions
        told = () if earlier else ("no longer written; it stays public until withdrawn",)
        return replace(gone, action=Action.PUBLISHED, reasons=told)
    if row.state not in WAITING:
        return None
    problem = why_held(row) or known.frozen.get(row.key.thread, "")
    if problem:
        return _hold(gone, row, problem)
    return replace(gone, event=Event.CANCEL, reasons=("no longer written",))

"""A plan as a calendar: one event for a post and a time, in the campaign's zone, so that calendars show local times.

An event keeps its identity as long as its first channel does: an import after a move moves it, and what is no longer
written is struck out. The words of posts are in it: it is not for the public.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from uuid import NAMESPACE_URL, uuid5

from amplify.documents.agenda import Agenda
from amplify.documents.agenda_line import WORDS, reading_order
from amplify.domain.delivery import Delivery, State
from amplify.domain.key import Key
from amplify.domain.lateness import latest
from amplify.domain.plan import Action, Change, Intent

if TYPE_CHECKING:
    from icalendar import Event

_MAKER = "-//amplify//plan//EN"
_YEAR = timedelta(days=366)
_BEGINNING = 60
_SURE = frozenset({State.APPROVED, State.CLAIMED, State.SENDING, State.PUBLISHED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What was written, what the ledger knew, and for whom each delivery waits, by its key."""

    intents: Mapping[Key, Intent]
    known: Mapping[Key, Delivery]
    waits: Mapping[Key, str]


def calendar(agenda: Agenda, facts: Facts, now: datetime) -> bytes:
    """As a file. `now` is when it was made."""
    from icalendar import Calendar

    made = Calendar()
    made.add("prodid", _MAKER)
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    made.add("x-wr-calname", f"{agenda.campaign.name}, {agenda.campaign.edition}")
    order = {one.key: reading_order(one, agenda.campaign, facts.intents.get(one.key)) for one in agenda.plan.changes}
    events = _together(sorted(agenda.plan.changes, key=lambda one: order[one.key]))
    for changes in events:
        made.add_component(_event(changes, agenda, facts, now))
    if events:
        days = [changes[0].due.date() for changes in events]
        made.add_missing_timezones(first_date=min(days) - _YEAR, last_date=max(days) + _YEAR)
    return bytes(made.to_ical())


def _together(changes: Iterable[Change]) -> Sequence[Sequence[Change]]:
    """By post, occurrence and time."""
    events: dict[tuple[str, str, str, datetime], list[Change]] = {}
    for change in changes:
        events.setdefault((change.key.edition, change.key.post, change.key.occurrence, change.due), []).append(change)
    return list(events.values())


def _event(changes: Sequence[Change], agenda: Agenda, facts: Facts, now: datetime) -> "Event":
    from icalendar import Event

    first = min(change.key for change in changes)
    event = Event()
    event.add("uid", str(uuid5(NAMESPACE_URL, f"amplify:{agenda.campaign.name}:{first}")))
    event.add("dtstamp", now)
    event.add("dtstart", changes[0].due.astimezone(agenda.zone))
    event.add("summary", _summary(changes, facts))
    event.add("description", "\n\n".join([_about(changes, agenda, facts), *_texts(changes, agenda)]))
    event.add("status", _status(changes, facts))
    event.add("transp", "TRANSPARENT")
    event.add("class", "PRIVATE")
    return event


def _summary(changes: Sequence[Change], facts: Facts) -> str:
    """The post and how its words begin; what needs a hand says so."""
    first = changes[0]
    words = " ".join(next((change.text for change in changes if change.text), "").split())
    begins = words if len(words) <= _BEGINNING else f"{words[:_BEGINNING].rsplit(maxsplit=1)[0]} …"
    occurrence = f" ({first.key.occurrence})" if first.key.occurrence else ""
    marks = dict.fromkeys(word for change in changes if (word := _mark(change, facts)))
    return f"{''.join(f'{mark}: ' for mark in marks)}{first.key.post}{occurrence}{f': {begins}' if begins else ''}"


def _mark(change: Change, facts: Facts) -> str:
    state = _state(change, facts)
    if change.action in {Action.BLOCKED, Action.CANCEL}:
        return "BLOCKED" if change.action is Action.BLOCKED else "CANCELLED"
    return state.upper() if state in {State.HELD, State.MISSED, State.FAILED, State.UNCONFIRMED} else ""


def _state(change: Change, facts: Facts) -> str:
    row = facts.known.get(change.key)
    return row.state.value if row is not None else ""


def _status(changes: Sequence[Change], facts: Facts) -> str:
    if all(change.action is Action.CANCEL for change in changes):
        return "CANCELLED"
    stays = {Action.KEEP, Action.PUBLISHED}
    sure = all(change.action in stays and _state(change, facts) in _SURE for change in changes)
    return "CONFIRMED" if sure else "TENTATIVE"


def _about(changes: Sequence[Change], agenda: Agenda, facts: Facts) -> str:
    """Times, how each channel stands, and for whom it waits."""
    at = changes[0].due
    walls = zip(agenda.elsewhere(at), agenda.towns, strict=True)
    zones = "".join(f", {wall} {town}" for wall, town in walls)
    standing: dict[str, dict[str, None]] = {}
    for change in changes:
        standing.setdefault(_standing(change, agenda, facts), {})[change.key.channel] = None
    said = [f"{agenda.clock(at)} {agenda.zone.key}{zones}", *_lateness(changes, agenda, facts)]
    return "\n".join([*said, *(f"{agenda.where(channels)}: {told}" for told, channels in standing.items())])


def _lateness(changes: Sequence[Change], agenda: Agenda, facts: Facts) -> list[str]:
    intent = facts.intents.get(changes[0].key)
    if intent is None or intent.rendition is None:
        return []
    span = latest(intent.rendition, intent.wanted.post, agenda.campaign) - intent.rendition.due
    return [f"May go out until {agenda.clock(changes[0].due + span)}."]


def _standing(change: Change, agenda: Agenda, facts: Facts) -> str:
    row = facts.known.get(change.key)
    word = row.state.value if change.action is Action.KEEP and row is not None else WORDS[change.action]
    moved = change.action is Action.MOVE and row is not None
    was = f", was {row.due.astimezone(agenda.zone):%a %d %b %H:%M}" if moved and row is not None else ""
    intent = facts.intents.get(change.key)
    told = [reason for reason in change.reasons if intent is None or reason not in intent.waits]
    waits = [facts.waits[change.key]] if change.key in facts.waits else []
    return "; ".join([f"{word}{was}", *told, *waits])


def _texts(changes: Sequence[Change], agenda: Agenda) -> list[str]:
    """Each text once, below the channels that carry it; the parts of a thread in their order."""
    by_channel: dict[str, list[str]] = {}
    for change in changes:
        by_channel.setdefault(change.key.channel, []).extend([change.text] if change.text else [])
    by_text: dict[str, list[str]] = {}
    for channel, texts in by_channel.items():
        by_text.setdefault("\n\n".join(texts), []).append(channel)
    return [f"{agenda.where(channels)}\n{text}" for text, channels in by_text.items() if text]

"""config/events.yaml: where people meet. Times are those on the wall of the event's own city.

Like a number, an event without somebody who announced it is never posted.
"""

from collections.abc import Iterator

from pydantic import Field

from amplify.authoring.reading.campaign_schema import SourceUrl, Zone
from amplify.authoring.reading.findings import error, named, warning
from amplify.authoring.reading.nodes import Node, Table, place_of
from amplify.authoring.reading.typed import typed
from amplify.authoring.reading.words import ByLanguage, Entry, Known, OneWhen, Words
from amplify.domain.campaign import Campaign
from amplify.domain.event import Event, Standing
from amplify.domain.figure import Source
from amplify.domain.problem import Problem
from amplify.domain.when import Instant, When, resolve

EVENTS_FILE = "config/events.yaml"


class AnnouncerEntry(Entry):
    name: Words = Field(
        title="Who announced it.",
        description="an event that nobody announced is never posted: write who did, `name: …`",
    )
    url: SourceUrl = Field(default="", title="The page where it is announced.")


class EventEntry(Entry):
    city: ByLanguage = Field(
        title="The city, in each language.", description="write where it is, `city: {en: Vilnius, …}`"
    )
    place: ByLanguage = Field(default_factory=dict, title="Where in the city, in each language.")
    what: ByLanguage = Field(default_factory=dict, title="What happens there, in each language.")
    at: OneWhen = Field(
        title="When it begins, on the clocks of its zone.",
        description="write when it begins on the clocks there, `at: D 18:00`",
    )
    until: OneWhen | None = Field(default=None, title="When it ends.")
    zone: Zone = Field(
        title="Whose clocks its times are on.", description="write whose clocks that are, `zone: Europe/Vilnius`"
    )
    source: AnnouncerEntry = Field(
        title="Who announced the event, and where that can be read.",
        description="an event that nobody announced is never posted: write `source: {name: …, url: …}`",
    )
    status: Standing = Field(default=Standing.CONFIRMED, title="A proposed event holds the posts that print it.")


def read_events(node: Table, known: Known, campaign: Campaign | None) -> tuple[dict[str, Event], list[Problem]]:
    """The events that are right, and what is wrong with the others; none without a campaign, whose day they need."""
    events: dict[str, Event] = {}
    problems = list(node.faults)
    for name, written in node.entries.items():
        entry, wrong = typed(EventEntry, written, known)
        if entry is not None:
            wrong = list(_wrong_times(entry, written, campaign))
        wrong += named(name, node.keys[name])
        problems += wrong
        right = entry is not None and name not in node.repeated and not any(problem.is_error for problem in wrong)
        if entry is not None and right and campaign is not None:
            events[name] = _event(name, entry, campaign)
    return events, problems


def _wrong_times(entry: EventEntry, node: Node, campaign: Campaign | None) -> Iterator[Problem]:
    for key, when in (("at", entry.at), ("until", entry.until)):
        if when is None:
            continue
        if when.zone or when.offset is not None:
            told = f"the time of an event is the one that clocks in {entry.zone} show"
            yield error("contradiction", told, place_of(node, key), "write it without what stands behind the hour")
        elif campaign is not None and (jump := _instant(when, entry, campaign).warning):
            told = f"the clocks change: {jump.partition('; ')[0]}"
            yield warning("dst", told, place_of(node, key), "ask whoever announced it which hour is meant")
    if campaign is not None and entry.until is not None:
        begins, ends = (_instant(when, entry, campaign).at for when in (entry.at, entry.until))
        if ends <= begins:
            yield error("out-of-range", "this event ends before it begins", place_of(node, "until"), "change `until`")


def _instant(when: When, entry: EventEntry, campaign: Campaign) -> Instant:
    return resolve(when, campaign.day, entry.zone)


def _event(name: str, entry: EventEntry, campaign: Campaign) -> Event:
    return Event(
        id=name,
        city=entry.city,
        place=entry.place,
        what=entry.what,
        begins=_instant(entry.at, entry, campaign).at,
        ends=_instant(entry.until, entry, campaign).at if entry.until is not None else None,
        zone=entry.zone,
        source=Source(name=entry.source.name, url=entry.source.url),
        status=entry.status,
    )

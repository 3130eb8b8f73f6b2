"""What templates see of events: `event.vilnius`, `events` in the order in which they begin, and `event` in a bound row.

Every time is the one that the clocks of the event's own city show, so the city always goes with it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from amplify.authoring.typesetting import formatting
from amplify.authoring.typesetting.notes import Notes
from amplify.authoring.typesetting.template_objects import Printable, Shelf, in_language
from amplify.authoring.typesetting.verbatim import shield
from amplify.domain.event import Event, Standing
from amplify.ports.author import UnusableText


@dataclass(frozen=True, slots=True)
class ShownEvent(Printable):
    """One event. Alone it prints its `line`."""

    _event: Event
    _language: str
    _campaign_day: date

    def __str__(self) -> str:
        return self.line

    @property
    def line(self) -> str:
        """City, time, what and place, as far as they are written; the day too, unless it is the campaign's."""
        day = "" if self._event.day == self._campaign_day else f"{self.day}, "
        more = ", ".join(words for words in (self.what, self.place) if words)
        return f"{self.city}, {day}{self.time}{': ' if more else ''}{more}"

    @property
    def city(self) -> str:
        return self._words(self._event.city, "city")

    @property
    def place(self) -> str:
        return self._words(self._event.place, "place") if self._event.place else ""

    @property
    def what(self) -> str:
        return self._words(self._event.what, "what") if self._event.what else ""

    @property
    def time(self) -> str:
        """Its beginning, or from when until when."""
        ends = self._event.on_wall(self._event.ends).time() if self._event.ends is not None else None
        return formatting.hours(self._event.on_wall(self._event.begins).time(), ends, self._language)

    @property
    def day(self) -> str:
        return formatting.day(self._event.day, self._language)

    @property
    def source(self) -> str:
        return shield(self._event.source.name)

    def _words(self, words: Mapping[str, str], key: str) -> str:
        return shield(in_language(words, self._language, f"event {self._event.id} has no `{key}`"))


@dataclass(frozen=True, slots=True)
class Calendar:
    """`events`: all that are written, in the order in which they begin."""

    _events: tuple[Event, ...]
    _language: str
    _campaign_day: date

    def __iter__(self) -> Iterator[ShownEvent]:
        """Raises UnusableText where there is nothing to list, or one of them is not confirmed."""
        if not self._events:
            hint = "write them there, or leave this post out"
            raise UnusableText("there is no event in config/events.yaml", code="no-events", hint=hint)
        for event in self._events:
            yield shown(event, self._language, self._campaign_day)


def shown(event: Event, language: str, campaign_day: date) -> ShownEvent:
    """Raises UnusableText where it is only proposed."""
    if event.status is not Standing.CONFIRMED:
        told = f"event {event.id} is `{event.status}`, so nobody may be sent there yet"
        hint = "once it is announced, write `status: confirmed` in config/events.yaml; if it will not be, remove it"
        raise UnusableText(told, code="not-confirmed", hint=hint)
    return ShownEvent(event, language, campaign_day)


def event_shelf(known: Mapping[str, Event], language: str, campaign_day: date, notes: Notes) -> Shelf[ShownEvent]:
    """The events by their names."""

    def take(name: str) -> ShownEvent:
        notes.events.add(name)
        return shown(known[name], language, campaign_day)

    return Shelf("event", known, take)


def event_names(shelf: Shelf[ShownEvent], calendar: Calendar, bound: str) -> dict[str, object]:
    """What templates name. `bound` is the event of the occurrence, if it has one: then `event` is that one."""
    return {"event": shelf[bound] if bound else shelf, "events": calendar}


def in_order(known: Mapping[str, Event], language: str, campaign_day: date) -> Calendar:
    """All of them."""
    by_time = tuple(sorted(known.values(), key=lambda event: (event.begins, event.id)))
    return Calendar(by_time, language, campaign_day)

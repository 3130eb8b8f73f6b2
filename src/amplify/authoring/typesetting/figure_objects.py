"""What templates see of figures: `figure.ID`, its parts, and the words around its number. All of it is shielded."""

from collections.abc import Mapping
from dataclasses import dataclass

from amplify.authoring.typesetting import formatting
from amplify.authoring.typesetting.inflection import Count, Countable
from amplify.authoring.typesetting.notes import Notes
from amplify.authoring.typesetting.template_objects import Printable, Shelf, in_language
from amplify.authoring.typesetting.verbatim import shield
from amplify.domain.figure import Figure


@dataclass(frozen=True, slots=True)
class ShownFigure(Printable, Countable):
    """`figure.ID`. Alone it prints the number with its qualifier."""

    _figure: Figure
    _language: str
    _notes: Notes

    def __str__(self) -> str:
        return self.number

    def counted(self) -> Count:
        self._notes.figures[self._figure.id] = self._figure
        figure = self._figure
        if figure.value is not None:
            return Count(low=figure.value, high=figure.value, qualifier=figure.qualifier)
        return Count(low=figure.low or 0, high=figure.high or 0, qualifier=figure.qualifier)

    @property
    def value(self) -> str:
        """The bare number, or the range."""
        return self.counted().bare(self._language)

    @property
    def number(self) -> str:
        return self.counted().printed(self._language)

    @property
    def spoken(self) -> str:
        """The same for those who listen: a range in words instead of a dash."""
        return self.counted().spoken(self._language)

    @property
    def line(self) -> str:
        """Everything that a number needs around it."""
        when = formatting.as_of(self._figure.as_of, self._language)
        return f"{self.label}: {self.number} ({when}; {self.source})"

    @property
    def credit(self) -> str:
        """Date and source as a line of their own, where the number stands in another."""
        return formatting.credit(self._figure.as_of, self.source, self._language)

    @property
    def as_of(self) -> str:
        return formatting.day(self._figure.as_of, self._language)

    @property
    def source(self) -> str:
        return shield(self._figure.source.name)

    @property
    def period(self) -> str:
        return shield(self._figure.period)

    @property
    def label(self) -> str:
        return self._words(self._figure.label, "label")

    @property
    def scope(self) -> str:
        return self._words(self._figure.scope, "scope")

    @property
    def note(self) -> str:
        return self._words(self._figure.coverage_note, "coverage_note")

    @property
    def part(self) -> "Shelf[ShownPart]":
        parts = self._figure.breakdown

        def take(name: str) -> ShownPart:
            self._notes.figures[self._figure.id] = self._figure
            return ShownPart(parts[name], self._language)

        return Shelf("part", parts, take)

    def _words(self, words: Mapping[str, str], key: str) -> str:
        return shield(in_language(words, self._language, f"figure {self._figure.id} has no `{key}`"))


@dataclass(frozen=True, slots=True)
class ShownPart(Printable, Countable):
    """`figure.ID.part.women`: it prints the number."""

    _value: int
    _language: str

    def __str__(self) -> str:
        return self.counted().bare(self._language)

    def counted(self) -> Count:
        return Count(low=self._value, high=self._value)

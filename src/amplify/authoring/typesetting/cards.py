"""A card from the same data as the text beside it: what its kind shows, and all of it in words for those who do not see it.

A card is about the one excerpt, figure or event that the text is about, or the one that the post names. What it prints and
quotes is noted like what the text does, so that it is held, grows old and is traced alike.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from amplify.authoring.typesetting import card_words, formatting, wording
from amplify.authoring.typesetting.cldr import plural
from amplify.authoring.typesetting.neat import check_letters, neat
from amplify.authoring.typesetting.notes import Notes
from amplify.authoring.typesetting.periods import check_periods, lacks_years
from amplify.authoring.typesetting.template_objects import Shelf
from amplify.authoring.typesetting.verbatim import unshield
from amplify.domain.campaign import Campaign
from amplify.domain.card import Card, CardKind, CardWish
from amplify.domain.figure import Qualifier
from amplify.domain.written import Written
from amplify.ports.author import UnusableText

#: How a sentence ends, whatever marks stand behind it.
_ENDS, _CLOSING = (".", "!", "?", "…"), "”“»’"
_FILES: Mapping[CardKind, str] = {CardKind.QUOTE: "excerpt", CardKind.FIGURE: "figure", CardKind.EVENT: "event"}


@dataclass(frozen=True, slots=True, kw_only=True)
class CardMaker:
    """What a card is made of. `shelves` are the excerpts, figures and events that a template of this post may name."""

    written: Written
    campaign: Campaign
    language: str
    days_left: int
    shelves: Mapping[str, Shelf[Any]]
    notes: Notes

    def made(self, wish: CardWish) -> Card:
        """Raises UnusableText, at the wish."""
        makers = {
            CardKind.QUOTE: self._quote,
            CardKind.FIGURE: self._figure,
            CardKind.COUNTDOWN: self._countdown,
            CardKind.EVENT: self._event,
        }
        try:
            return makers[wish.kind](wish)
        except UnusableText as unusable:
            unusable.place = wish.place
            raise

    def _quote(self, wish: CardWish) -> Card:
        known = self.written.excerpts
        credited = [name for name, one in known.items() if one.credit]
        name = wish.name or _only(wish, self.notes.excerpts - set(credited))
        words = self._taken(wish, name).quoted
        foot = " · ".join(str(self._taken(wish, one)) for one in credited)
        return self._card(wish, [words, foot], main=words, foot=foot)

    def _figure(self, wish: CardWish) -> Card:
        name = wish.name or _only(wish, self.notes.figures)
        shown, figure = self._taken(wish, name), self.written.figures[name]
        before = ""
        if figure.qualifier is not Qualifier.EXACT:
            before = wording.in_words_of(self.language, wording.QUALIFIERS[figure.qualifier], f"“{figure.qualifier}”")
        label, foot = shown.label, shown.credit
        below = shown.period if lacks_years(label, figure) else ""
        said = [f"{label}{f' ({below})' if below else ''}: {shown.spoken}", foot]
        card = self._card(wish, said, label=label, before=before, main=shown.value, below=below, foot=foot)
        check_periods(card.alt, [figure])
        return card

    def _countdown(self, wish: CardWish) -> Card:
        day, left = formatting.day(self.campaign.day, self.language), self.days_left
        if left < 1:
            told = "there are no days left to count when this goes out"
            raise UnusableText(told, code="card-countdown", hint="take `card: countdown` out, or move the post")
        if not self._title():
            told = f"the card says to what the days are counted, and the campaign has no title in `{self.language}`"
            hint = f"write `title: {{{self.language}: …}}` in config/campaign.yaml"
            raise UnusableText(told, code="missing-language", hint=hint)
        self.notes.dated = True
        forms = wording.in_words_of(self.language, card_words.DAYS_UNTIL, "days that are left")
        below = forms[str(plural(left, self.language))].format(day)
        main = formatting.number(left, self.language)
        return self._card(wish, [f"{main} {below}"], main=main, below=below)

    def _event(self, wish: CardWish) -> Card:
        name = wish.name or _only(wish, self.notes.events)
        shown = self._taken(wish, name)
        at = wording.in_words_of(self.language, card_words.LOCAL_TIME, "the time of an event").format(shown.time)
        where = ", ".join(words for words in (shown.place, shown.city if shown.what else "") if words)
        when = f"{shown.day}, {at}"
        foot = wording.in_words_of(self.language, card_words.ANNOUNCED_BY, "a source").format(shown.source)
        main = shown.what or shown.city
        below = "\n".join(words for words in (where, when) if words)
        return self._card(wish, [main, where, when, foot], main=main, below=below, foot=foot)

    def _taken(self, wish: CardWish, name: str) -> Any:
        """From its shelf, which notes it down. Raises UnusableText where it may not be used here."""
        return self.shelves[_FILES[wish.kind]][name]

    def _title(self) -> str:
        titles = self.campaign.title
        return titles.get(self.language, titles.get(self.language.split("-", maxsplit=1)[0], ""))

    def _card(self, wish: CardWish, said: Iterable[str], **words: str) -> Card:
        sentences = [self._title(), *said]
        alt = " ".join(_sentence(neat(unshield(one))) for one in sentences if one)
        check_letters(alt)
        plain = {name: neat(unshield(one)) for name, one in words.items()}
        main = plain.pop("main")
        title = neat(self._title())
        return Card(kind=wish.kind, language=self.language, title=title, main=main, alt=alt, **plain)


def _only(wish: CardWish, candidates: Iterable[str]) -> str:
    """Raises UnusableText unless there is just one."""
    names, what = sorted(candidates), _FILES[wish.kind]
    if len(names) == 1:
        return names[0]
    if names:
        told = f"the text has {len(names)} {what}s, and the card shows one"
        hint = f"say which: {' or '.join(f'`card: {{{wish.kind}: {name}}}`' for name in names)}"
    else:
        told = f"the text has no {what} that the card could show"
        hint = f"say which: `card: {{{wish.kind}: …}}`, with a name of config/{what}s.yaml"
    raise UnusableText(told, code="card-unclear", hint=hint)


def _sentence(words: str) -> str:
    return words if words.rstrip(_CLOSING).endswith(_ENDS) else f"{words}."

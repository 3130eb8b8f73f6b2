"""Drafts of corrections, as a file of posts that people read, change and approve: nothing is published by it."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from amplify.authoring.template_names import named_for
from amplify.authoring.typesetting import formatting
from amplify.authoring.typesetting.inflection import Count
from amplify.authoring.writing.correction_words import WORDS, Words
from amplify.domain.card import CardKind
from amplify.domain.figure import Figure, Version
from amplify.domain.languages import base_of
from amplify.domain.mistake import Mistake
from amplify.domain.post import Row
from amplify.domain.when import zone_named
from amplify.domain.written import Written

FOLDER = "posts/corrections"
_BLANK = "…"
#: A text that counts days counts other ones on another day, and some quotations are true on one day only: such a text is
#: answered, not put anew.
_COUNTS_DAYS, _QUOTES = re.compile(r"\bdays_left\b"), re.compile(r"\bexcerpt\.(\w+)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """`at` are the slots, by what is corrected, on the wall of the campaign's zone; `reasons` are by language.

    `editing` are the networks on which a post can be changed. `by` is who writes it, where somebody else can say yes to it.
    """

    written: Written
    by: str
    reasons: Mapping[str, str]
    today: date
    at: Mapping[str, datetime]
    zone: str
    editing: frozenset[str]

    def file(self, found: Iterable[Mistake]) -> str:
        """The whole file. What nobody has said yet is a `…`, and what has one is kept back as a draft."""
        every = list(found)
        lines = [line for one in every for line in self._post(one, among=len(every))]
        return "\n".join([*_HEAD, *lines]) + "\n"

    def id_of(self, one: Mistake) -> str:
        words = [
            one.post.id,
            one.key.part,
            *re.findall(r"[a-z0-9]+", one.key.occurrence.lower()),
            f"{self.today:%Y-%m-%d}",
        ]
        name = re.sub(r"-+", "-", "-".join(["correction-of", *filter(None, words)]))
        known = {post.id for post in self.written.posts} | self.written.held_posts
        names = (f"{name}-{number}" if number > 1 else name for number in range(1, len(known) + 2))
        return next(each for each in names if each not in known)

    def _post(self, one: Mistake, *, among: int) -> Iterator[str]:
        languages, editing = self._languages(one), self._editing(one)
        yield from ("", f"- id: {self.id_of(one)}", "  kind: correction")
        if self.by:
            yield f"  author: {self.by}"
        yield from self._slot(one)
        yield f"  corrects: {_quoted(one.named)}"
        yield f"  channels: [{', '.join(row.key.channel for row in one.rows)}]"
        if among > 1:
            yield "  again: true   # the same words answer more than one post"
        yield from self._kept_back(one, languages)
        yield from self._like_it(one)
        yield from (f"  # public: {row.receipt.url if row.receipt is not None else row.key}" for row in one.rows)
        answers = {row.key.channel for row in one.rows if self._network(row.key.channel) not in editing}
        words = self._answer if answers or one.is_cut else self._anew
        yield "  text:"
        for language in languages:
            yield from _block(f"    {language}", words(one, language))
        yield from self._edits(one, editing, beside=bool(answers))

    def _slot(self, one: Mistake) -> Iterator[str]:
        """Words about an event know it by their row."""
        at, event = f"{self.at[one.named]:%Y-%m-%d %H:%M}", next((row.event for row in self._rows(one)), "")
        if event:
            yield from ("  each:", f"    corrected: {{at: {at}, event: {event}}}")
        else:
            yield f"  at: {at}"

    def _kept_back(self, one: Mistake, languages: Sequence[str]) -> Iterator[str]:
        """All of it while something is not said yet, or the languages that amplify has no words for."""
        unsaid = [language for language in languages if base_of(language) not in WORDS]
        if one.was is None:
            yield f"  draft: true   # fill in every {_BLANK}, then remove this line"
        elif unsaid:
            yield f"  drafts: [{', '.join(unsaid)}]   # amplify has no words for these: write them, then remove this line"
        lacking = [language for language in languages if one.was is not None and not self._reason(one, language)]
        if lacking:
            yield f"  # no reason is given in {', '.join(lacking)}: followers ask for one, add it where you can"

    def _like_it(self, one: Mistake) -> Iterator[str]:
        """What the wrong post has besides its words, so that an edit does not take it away."""
        if values := {**one.post.values, **next((row.values for row in self._rows(one)), {})}:
            yield f"  with: {json.dumps(values, ensure_ascii=False)}"
        if one.post.tags and (_is_first(one) if one.is_cut else one.part is one.post.parts[0]):
            yield f"  tags: [{', '.join(one.post.tags)}]"
        if one.post.link and (_is_last(one) if one.is_cut else one.part is one.post.parts[-1]):
            yield f"  link: {one.post.link}"
        yield from _card(one)

    def _editing(self, one: Mistake) -> list[str]:
        """The networks on which it is changed."""
        if self._of_its_day(one, self._languages(one)):
            return []
        return sorted({self._network(row.key.channel) for row in one.rows} & self.editing)

    def _edits(self, one: Mistake, networks: Sequence[str], *, beside: bool) -> Iterator[str]:
        """`beside`: other networks answer, so that these need words of their own."""
        if networks:
            yield "  on:"
        for network in networks:
            yield from (f"    {network}:", "      as: edit")
            if button := self._button(one, network):
                yield f"      button: {button}"
            if beside or one.is_cut:
                yield "      text:"
                for language in self._languages(one, network):
                    yield from _block(f"        {language}", self._anew(one, language, network))

    def _answer(self, one: Mistake, language: str) -> str:
        words = self._words(language)
        said = [words.we_wrote.format(day=self._published(one, language), wrong=self._wrong(one, language))]
        said.append(words.correct.format(right=_right(one)))
        return "\n\n".join(filter(None, [*said, self._reason(one, language)]))

    def _anew(self, one: Mistake, language: str, network: str = "") -> str:
        """The text as it is right now, and a dated line that says what stood there."""
        words = self._words(language)
        told = words.corrected.format(
            day=_day(self.today, language), wrong=_number(one.was, language) if one.was else _BLANK
        )
        return f"{self._source(one, language, network)}{_number_of(one, network, language)}\n\n{told} {self._reason(one, language)}".rstrip()

    def _reason(self, one: Mistake, language: str) -> str:
        """Nobody's words are put into another language; where people have to fill in more, also the reason."""
        said = self.reasons.get(language) or self.reasons.get(base_of(language)) or ("" if one.was else _BLANK)
        return self._words(language).reason.format(reason=said) if said else ""

    def _source(self, one: Mistake, language: str, network: str) -> str:
        if one.is_cut:
            sent = one.cut.get((network, language))
            return sent.part.text[language].strip() if sent is not None else _BLANK
        if language in one.part.text:
            return one.part.text[language].strip()
        name = named_for(self.written.templates, one.post.template, language)
        return f'{{% include "{name}" %}}' if name else _BLANK

    def _of_its_day(self, one: Mistake, languages: Sequence[str]) -> bool:
        at, excerpts = self.at[one.named], self.written.excerpts
        for language in languages:
            name = named_for(self.written.templates, one.post.template, language) if one.post.template else ""
            text = one.part.text.get(language, self.written.templates.get(name, ""))
            days = [excerpts[quoted].valid_on for quoted in _QUOTES.findall(text) if quoted in excerpts]
            if _COUNTS_DAYS.search(text) or any(day not in {None, (at.month, at.day)} for day in days):
                return True
        return False

    def _wrong(self, one: Mistake, language: str) -> str:
        if one.figure is None or one.was is None:
            return _BLANK
        return _line(one.figure, one.was, language)

    def _published(self, one: Mistake, language: str) -> str:
        days = [row.published_at for row in one.rows if row.published_at is not None]
        return _day(min(days).astimezone(zone_named(self.zone)).date(), language) if days else _BLANK

    def _languages(self, one: Mistake, network: str = "") -> list[str]:
        of = {
            self.written.channels[row.key.channel].language
            for row in one.rows
            if row.key.channel in self.written.channels and network in ("", self._network(row.key.channel))
        }
        known = self.written.campaign.languages if self.written.campaign is not None else ()
        return sorted(of, key=lambda language: known.index(language) if language in known else len(known))

    def _network(self, channel: str) -> str:
        found = self.written.channels.get(channel)
        return found.network if found is not None else ""

    def _rows(self, one: Mistake) -> list[Row]:
        """The row of `each` that it was, if it was one."""
        label = one.key.occurrence
        return [row for row in one.post.each if label == row.label or label.startswith(f"{row.label} ")]

    def _button(self, one: Mistake, network: str) -> str:
        """An edit takes away a button that it does not have."""
        if one.is_cut and not _is_last(one):
            return ""
        names = [network, *(row.key.channel for row in one.rows if self._network(row.key.channel) == network)]
        variants = [owner.on[name] for name in names for owner in (one.post, one.part) if name in owner.on]
        return next((variant.settings["button"] for variant in variants if "button" in variant.settings), "")

    def _words(self, language: str) -> Words:
        return WORDS.get(base_of(language), WORDS["en"])


_HEAD = (
    "# Drafted by `amplify correct`. Nothing is published by this file: read every line, change what you like, then",
    "# `amplify check`, `amplify preview`, `amplify apply` and `amplify approve`, as with every post.",
    "# With `as: edit` the public post itself is changed, and shows that it was; elsewhere this is an answer to it.",
    "# If it cannot wait for its turn, `urgent: true` passes quiet hours, gaps and caps, with two named approvals.",
)


def _is_first(one: Mistake) -> bool:
    return any(sent.position == 0 for sent in one.cut.values())


def _is_last(one: Mistake) -> bool:
    """Whether it ends a text that was cut, on any network."""
    return any(sent.position == len(sent.post.parts) - 1 for sent in one.cut.values())


def _card(one: Mistake) -> Iterator[str]:
    """The card anew, with what is right now: an edit leaves a picture as it is where it has none of its own."""
    wish = one.part.card
    if wish is None or wish.kind is CardKind.COUNTDOWN:
        return
    name = wish.name or (one.figure.id if one.figure is not None and wish.kind is CardKind.FIGURE else "")
    if name:
        yield f"  card: {{{wish.kind}: {name}}}"
    elif wish.kind is CardKind.EVENT:
        yield "  card: event"
    else:
        yield f"  # an edit leaves its card as it is: for another one write `card: {{{wish.kind}: {_BLANK}}}`"


def _number_of(one: Mistake, network: str, language: str) -> str:
    """Of a part of a numbered thread: an edit stands where it stood."""
    parts, sent = one.post.parts, one.cut.get((network, language))
    if sent is not None:
        return f" {sent.position + 1}/{len(sent.post.parts)}"
    return f" {parts.index(one.part) + 1}/{len(parts)}" if one.post.is_thread and one.post.numbered else ""


def _right(one: Mistake) -> str:
    return f"{{{{ figure.{one.figure.id}.line }}}}" if one.figure is not None else _BLANK


def _line(figure: Figure, was: Version, language: str) -> str:
    """As posts print it: label, number, day and source."""
    label = figure.label.get(language) or figure.label.get(base_of(language)) or _BLANK
    return f"{label}: {_number(was, language)} ({formatting.as_of(was.as_of, language)}; {was.source.name})"


def _number(was: Version, language: str) -> str:
    low = was.value if was.value is not None else was.low or 0
    high = was.value if was.value is not None else was.high or 0
    return Count(low=low, high=high, qualifier=was.qualifier).printed(language)


def _day(on: date, language: str) -> str:
    return formatting.day(on, language)


def _block(key: str, text: str) -> Iterator[str]:
    """A text of several lines, two spaces further in."""
    indent = " " * (len(key) - len(key.lstrip()) + 2)
    yield f"{key}: |"
    yield from (f"{indent}{line}".rstrip() for line in text.splitlines())


def _quoted(name: str) -> str:
    return json.dumps(name, ensure_ascii=False) if re.search(r"[^a-z0-9.-]", name) else name

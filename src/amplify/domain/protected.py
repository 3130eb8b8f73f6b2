"""Who must not be named, and who has agreed to be: the register that lives outside the campaign's folder.

Nothing here ever says a name: an entry is `protected entry 7`, somebody who agreed is the id that posts use.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from amplify.domain.name_finder import Finder, Hit

#: How long a consent is believed without being looked at again.
LONGEST_REVIEW = timedelta(days=30)
TEXT, PICTURE = "text", "picture"
#: What a consent may be for.
SCOPES = (TEXT, PICTURE)
PROTECTED, NO_CONSENT = "protected-person", "no-consent"
_PLAIN = re.compile(r"[^\"<>{}\[\]\\\n]*")
_WORD = re.compile(r"[^\W_]+")
_DECODED = re.compile(r"\S*[%&]\S*")
_COVER = "▪"


@dataclass(frozen=True, slots=True, kw_only=True)
class Consent:
    """A person's own yes, or the family's. `review` is the last day on which it counts without being looked at again."""

    id: str
    finder: Finder = field(repr=False)
    profile: str = field(repr=False)
    basis: str = field(repr=False)
    given_by: str = field(repr=False)
    given: date
    review: date
    scope: frozenset[str]
    released: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Register:
    """`there`: a file is named. `fault` says why it cannot be used, and what to do; then nothing may leave.

    `mark` is another one whenever the file says something else.
    """

    there: bool = False
    fault: str = ""
    entries: int = 0
    finder: Finder = field(default_factory=lambda: Finder.of(()), repr=False)
    consents: Mapping[str, Consent] = field(default_factory=dict)
    mark: str = ""

    def named(self, texts: Iterable[str]) -> Sequence[int]:
        """The entries whose names stand in one of the texts."""
        return sorted({hit.of for text in texts for hit in self.finder.find(text)})

    def masked(self, text: str) -> str:
        """The text with every protected name covered."""
        hits = self.finder.find(text)
        if not hits:
            return text
        covered = _covered(text, hits)
        return f"a text with {told(sorted({hit.of for hit in hits}))}" if self.finder.find(covered) else covered

    def objection(self, person: str, texts: Sequence[str], days: Iterable[date], *, pictures: bool) -> str:
        """Why a post about a person may not go out on one of these days; empty where it may."""
        if not self.there:
            return (
                "it is about a person, and there is no register of consents: set AMPLIFY_PROTECTED (docs/protected.md)"
            )
        if not person:
            return "it is about a person: say `person:` and the id of the consent in your register"
        consent = self.consents.get(person)
        if consent is None:
            return f"the register has no consent with the id `{person}`"
        if consent.released:
            return f"the person of consent `{person}` is free: ask again before anything is written about them"
        return _not_covered(consent, texts, max(days), pictures=pictures)

    def due(self, on: date, within: timedelta) -> Sequence[Consent]:
        """The consents that are used and have to be looked at again by then, the most urgent first."""
        open_ones = (one for one in self.consents.values() if not one.released and one.review <= on + within)
        return sorted(open_ones, key=lambda one: one.review)


def _not_covered(consent: Consent, texts: Sequence[str], last: date, *, pictures: bool) -> str:
    if last > consent.review:
        review = f"{consent.review:%d %b %Y}".lstrip("0")
        return f"consent `{consent.id}` has to be looked at again: its review day, {review}, is before the post is due"
    if pictures and PICTURE not in consent.scope:
        return f"consent `{consent.id}` is not for pictures"
    if not any(consent.finder.find(text) for text in texts):
        return f"the name in it is not the name of consent `{consent.id}`"
    return ""


def told(entries: Sequence[int]) -> str:
    """`protected entry 7`, `protected entries 2 and 7`."""
    *most, last = map(str, entries)
    return f"protected entries {', '.join(most)} and {last}" if most else f"protected entry {last}"


def _covered(text: str, hits: Sequence[Hit]) -> str:
    """From the end, so that places stay; what was found in another form than it stands here goes as a whole."""
    for hit in reversed(_merged(hits)):
        text = text[: hit.start] + _cover(text[hit.start : hit.end], hit.of) + text[hit.end :]
    for hit in hits:
        if hit.start < 0:
            text = _DECODED.sub(told([hit.of]), text)
    return text


def _merged(hits: Sequence[Hit]) -> list[Hit]:
    """What overlaps as one, told by the first."""
    merged: list[Hit] = []
    for hit in sorted((one for one in hits if one.start >= 0), key=lambda one: (one.start, one.end)):
        if merged and hit.start < merged[-1].end:
            merged[-1] = replace(merged[-1], end=max(merged[-1].end, hit.end))
        else:
            merged.append(hit)
    return merged


def _cover(words: str, of: int) -> str:
    """What only parts the words, such as the quotes of JSON, stays."""
    if _PLAIN.fullmatch(words):
        return told([of])
    first, *_ = _WORD.findall(words) or [""]
    return _WORD.sub(_COVER, words).replace(_COVER, told([of]), 1) if first else words

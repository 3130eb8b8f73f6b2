"""Words that the campaign does not use: matched in all their forms, and in no longer word that only begins like them.

What is quoted stays as it was said.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from amplify.authoring.linting.quoting import unquoted
from amplify.authoring.linting.rule import Remark
from amplify.authoring.linting.terms import ENDINGS, TERMS, UNCUT
from amplify.authoring.urls import find_urls
from amplify.domain.campaign import Campaign
from amplify.domain.languages import base_of
from amplify.domain.lint import Subject

#: A stem is not shorter; what is shorter is taken as it is written, capitals and all.
_LEAST = 4


@dataclass(frozen=True, slots=True)
class _Avoided:
    """Words that are not written, and what is written instead; `stem` stands in every form of them, in small letters."""

    stem: str
    forms: re.Pattern[str]
    right: str


def glossary(subject: Subject) -> Iterator[Remark]:
    seen = " ".join(followers_see(subject)).casefold()
    near = [one for one in _avoided(subject.campaign, subject.language) if one.stem in seen]
    own = list(own_words(subject)) if near else []
    found = ((match[0], one.right) for one in near for text in own for match in one.forms.finditer(text))
    for words, right in dict(found).items():
        told = f"“{words}” stands here, and in `{subject.language}` this campaign writes “{right}”"
        hint = (
            "write that, in the form that fits; if you prefer the other, say so in `glossary` of config/campaign.yaml"
        )
        yield Remark(message=told, hint=hint, quote=words)


def followers_see(subject: Subject) -> Iterator[str]:
    """The text, the words of the link's card and of the poll, and what is said of its pictures."""
    yield subject.layout.text
    if subject.link_card is not None:
        yield from (subject.link_card.title, subject.link_card.description)
    yield from subject.poll.options if subject.poll is not None else ()
    yield from (shown.alt for shown in subject.pictures)


def own_words(subject: Subject) -> Iterator[str]:
    """What followers read and hear, without quotations and addresses."""
    for text in followers_see(subject):
        own = text
        for name in subject.excerpts:
            excerpt = subject.written.excerpts[name]
            for words in (excerpt.corrected, excerpt.verbatim, *excerpt.translations.values()):
                own = own.replace(words, " ")
        own = unquoted(own)
        for start, end in reversed(list(find_urls(own))):
            own = f"{own[:start]} {own[end:]}"
        yield own


def _avoided(campaign: Campaign, language: str) -> tuple[_Avoided, ...]:
    base = base_of(language)
    own = {**campaign.glossary.get(base, {}), **campaign.glossary.get(language, {})}
    return _listed(base, tuple(own.items()))


@lru_cache(maxsize=64)
def _listed(base: str, own: tuple[tuple[str, str], ...]) -> tuple[_Avoided, ...]:
    """Our words and the campaign's; where it prefers one that we avoid, it is right."""
    preferred = {right.casefold() for _, right in own}
    ours = {wrong: right for wrong, right in TERMS.get(base, {}).items() if wrong.casefold() not in preferred}
    listed = {**ours, **dict(own)}
    return tuple(_Avoided(_stem(w.split()[0], base).casefold(), _pattern(w, r, base), r) for w, r in listed.items())


def _pattern(wrong: str, right: str, base: str) -> re.Pattern[str]:
    """The wrong words in all their forms; in their own only, where the right ones have the same stem."""
    stems = {_stem(word, base).casefold() for word in right.split()}
    words = r"\s+".join(_forms(word, stems, base) for word in wrong.split())
    return re.compile(rf"(?<![\w#@]){words}(?!\w)")


def _forms(word: str, taken: set[str], base: str) -> str:
    stem = _stem(word, base)
    if len(stem) < _LEAST:
        return re.escape(word)
    if stem.casefold() in taken:
        return f"(?i:{re.escape(word)})"
    return f"(?i:{re.escape(stem)}(?:{'|'.join(map(re.escape, ENDINGS.get(base, ())))})?)"


def _stem(word: str, base: str) -> str:
    """The word without the end that its dictionary form has."""
    if base in UNCUT:
        return word
    cut = (word.removesuffix(ending) for ending in ENDINGS.get(base, ()) if word.endswith(ending))
    return min((stem for stem in cut if len(stem) >= _LEAST), key=len, default=word)

"""Words that the campaign does not use: matched in all their forms, and in no longer word that only begins like them.

What is quoted stays as it was said.
"""

import re
from collections.abc import Iterator, Mapping
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


def glossary(subject: Subject) -> Iterator[Remark]:
    base = base_of(subject.language)
    avoided = _avoided(subject.campaign, subject.language)
    search = _search(tuple(avoided.items()), base)
    said = list(own_words(subject)) if search is not None else []
    for found in dict.fromkeys(match[0] for text in said for match in search.finditer(text)) if search else ():
        right = next(right for wrong, right in avoided.items() if _pattern(wrong, right, base).fullmatch(found))
        told = f"“{found}” stands here, and in `{subject.language}` this campaign writes “{right}”"
        hint = (
            "write that, in the form that fits; if you prefer the other, say so in `glossary` of config/campaign.yaml"
        )
        yield Remark(message=told, hint=hint, quote=found)


def own_words(subject: Subject) -> Iterator[str]:
    """What followers read and hear, without quotations and addresses."""
    for text in (subject.layout.text, *(shown.alt for shown in subject.pictures)):
        own = text
        for name in subject.excerpts:
            excerpt = subject.written.excerpts[name]
            for words in (excerpt.corrected, excerpt.verbatim, *excerpt.translations.values()):
                own = own.replace(words, " ")
        own = unquoted(own)
        for start, end in reversed(list(find_urls(own))):
            own = f"{own[:start]} {own[end:]}"
        yield own


def _avoided(campaign: Campaign, language: str) -> Mapping[str, str]:
    """What is not written in this language, and what is written instead."""
    base = base_of(language)
    own = {**campaign.glossary.get(base, {}), **campaign.glossary.get(language, {})}
    preferred = {word.casefold() for word in own.values()}
    ours = {wrong: right for wrong, right in TERMS.get(base, {}).items() if wrong.casefold() not in preferred}
    return {**ours, **own}


@lru_cache(maxsize=256)
def _search(avoided: tuple[tuple[str, str], ...], base: str) -> re.Pattern[str] | None:
    """Any of the words that are avoided."""
    patterns = [_pattern(wrong, right, base).pattern for wrong, right in avoided]
    return re.compile("|".join(patterns)) if patterns else None


@lru_cache(maxsize=4096)
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

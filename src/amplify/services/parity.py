"""Each language of a post carries the same figures, quotations and links, or the post says why not (`differs`).

Languages are compared, not channels: what any network shows in a language, the language has. Parts and pictures need no
look: a part without words, or a picture without its file or its words, is an error where a post is composed.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from amplify.domain.campaign import Campaign, Link
from amplify.domain.channel import LinkPolicy
from amplify.domain.post import Post
from amplify.domain.problem import Problem, Severity
from amplify.domain.rendition import Rendition
from amplify.domain.wanted import Wanted
from amplify.domain.written import Written
from amplify.services.survey import Surveyed

CODE = "parity"
_WORD, _LATIN, _CYRILLIC = re.compile(r"\w+"), re.compile(r"[a-z]{2,}"), re.compile("[\u0400-\u04ff]")


@dataclass(slots=True, kw_only=True)
class _Said:
    """What one language of a part says; `texts` are those of channels that name links in words."""

    wanted: Wanted
    things: set[str] = field(default_factory=set)
    texts: list[str] = field(default_factory=list)


def parity(written: Written, surveyed: Iterable[Surveyed]) -> list[Problem]:
    """A warning for each difference, at one of the languages that stand alone with it; told once for all occurrences."""
    campaign = written.campaign
    if campaign is None or campaign.rules.lint.get(CODE) == "off":
        return []
    names = {link.url: link for link in campaign.links.values()}
    about: dict[tuple[str, str, str], dict[str, _Said]] = defaultdict(dict)
    for one in surveyed:
        wanted, rendition = one.intent.wanted, one.intent.rendition
        if rendition is not None and wanted.channel.language not in wanted.post.differs:
            _note(about[_group(wanted)], wanted, rendition, names)
    problems = [problem for said in about.values() if len(said) > 1 for problem in _compared(said, campaign)]
    return list({(problem.post, problem.message): problem for problem in problems}.values())


def _group(wanted: Wanted) -> tuple[str, str, str]:
    """What is compared with each other; times that are written by language give occurrences no common name.

    A text that is cut is compared whole: each language is cut elsewhere.
    """
    post = wanted.post
    occurrence = "" if isinstance(post.at, Mapping) else wanted.key.occurrence
    return post.id, "" if post.split else wanted.part.id, occurrence


def _note(said: dict[str, _Said], wanted: Wanted, rendition: Rendition, names: Mapping[str, Link]) -> None:
    one = said.setdefault(rendition.language, _Said(wanted=wanted))
    one.things |= {f"figure {used.id}" for used in rendition.figures}
    one.things |= {f"excerpt {name}" for name in rendition.excerpts}
    one.things |= {f"link {names[url].name if url in names else url}" for url in rendition.links}
    one.things |= {f"poll of {len(rendition.poll.options)} options"} if rendition.poll is not None else set()
    if wanted.channel.links is LinkPolicy.NAME_ONLY:
        one.texts.append(rendition.text)


def _compared(said: Mapping[str, _Said], campaign: Campaign) -> Iterator[Problem]:
    differing: dict[tuple[tuple[str, ...], tuple[str, ...]], list[str]] = defaultdict(list)
    for thing in sorted(set().union(*(one.things for one in said.values()))):
        have = tuple(language for language, one in said.items() if _has(one, thing, campaign))
        lack = tuple(language for language in said if language not in have)
        if lack:
            differing[have, lack].append(thing)
    for (have, lack), things in differing.items():
        alone = have if len(have) < len(lack) else lack
        yield _problem(said[alone[0]].wanted, things, have, lack, alone)


def _has(one: _Said, thing: str, campaign: Campaign) -> bool:
    kind, _, name = thing.partition(" ")
    if thing in one.things or kind != "link" or name not in campaign.links:
        return thing in one.things
    link, language = campaign.links[name], one.wanted.channel.language
    wordings = [words[language] for words in (link.label, link.title, link.description) if language in words]
    return any(_is_named(words, text) for words in wordings for text in one.texts)


def _is_named(words: str, text: str) -> bool:
    """Whether a text has all these words, in whatever order; or, of a Cyrillic line, what stands there in Latin letters.

    A name from abroad does: «на сайце Belarus Democratic Forum».
    """
    said = {*_WORD.findall(text.casefold())}
    abroad = {*_LATIN.findall(words.casefold())} if _CYRILLIC.search(words) else set()
    return {*_WORD.findall(words.casefold())} <= said or (bool(abroad) and abroad <= said)


def _problem(
    wanted: Wanted, things: list[str], have: tuple[str, ...], lack: tuple[str, ...], alone: tuple[str, ...]
) -> Problem:
    post, part = wanted.post, wanted.part
    verb = "is" if len(things) == 1 else "are"
    reasons = ", ".join(f"{language}: …" for language in alone)
    return Problem(
        severity=Severity.WARNING,
        code=CODE,
        message=f"{_what(post, part.id)}: {_joined(things)} {verb} in {_quoted(have)}, and not in {_quoted(lack)}",
        hint=f"let all of them say the same, or write why not: `differs: {{{reasons}}}`",
        place=part.begins(wanted.channel.language),
        post=post.id,
    )


def _what(post: Post, part: str) -> str:
    return f"{post.id}.{part}" if part else post.id


def _quoted(languages: tuple[str, ...]) -> str:
    return _joined([f"`{language}`" for language in languages])


def _joined(words: list[str]) -> str:
    *before, last = words
    return f"{', '.join(before)} and {last}" if before else last

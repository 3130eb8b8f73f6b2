"""Posts that say almost the same in one language, on whatever account: it looks like spam, and servers forbid it.

A thread is one text, all parts together. Occurrences of one post are not compared, nor the same post on several networks.
Safety notices are meant to come again, and so is what says `again: true`.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from amplify.domain.likeness import alike
from amplify.domain.post import Kind, Post
from amplify.domain.problem import Problem, Severity
from amplify.domain.wanted import Wanted
from amplify.domain.written import Written
from amplify.services.survey import Surveyed

CODE = "near-duplicate"
_WORD = re.compile(r"[#@]?\w+")


def twins(written: Written, surveyed: Iterable[Surveyed]) -> list[Problem]:
    """A warning at each post that is like an earlier one."""
    if written.campaign is None or written.campaign.rules.lint.get(CODE) == "off":
        return []
    first, texts = collected(surveyed)
    problems = []
    for language, said in texts.items():
        for name, other in alike(said).items():
            wanted, earlier = first[language, name], first[language, other]
            if earlier.post.id not in _excused(wanted.post):
                problems.append(_problem(wanted, earlier))
    return problems


def collected(
    surveyed: Iterable[Surveyed],
) -> tuple[Mapping[tuple[str, str], Wanted], Mapping[str, Mapping[str, Sequence[str]]]]:
    """Each post's first delivery in each language, and its words there, without hashtags and mentions."""
    first: dict[tuple[str, str], Wanted] = {}
    texts: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for one in surveyed:
        wanted, rendition = one.intent.wanted, one.intent.rendition
        language, post = wanted.channel.language, wanted.post
        if rendition is None or post.again or post.kind is Kind.SAFETY:
            continue
        begun = first.setdefault((language, post.id), wanted)
        if (begun.key.channel, begun.key.occurrence) == (wanted.key.channel, wanted.key.occurrence):
            said = _WORD.findall(rendition.text.casefold())
            texts[language][post.id] += [word for word in said if word[0] not in "#@"]
    return first, texts


def _excused(post: Post) -> tuple[str, ...]:
    """A post that takes the place of another, or corrects it, speaks as that one did."""
    return (post.formerly, re.split("[.#]", post.corrects)[0])


def _problem(wanted: Wanted, earlier: Wanted) -> Problem:
    language, place = wanted.channel.language, earlier.part.begins(wanted.channel.language)
    told = (
        f"{wanted.post.id} says almost the same in `{language}` as {earlier.post.id} ({place.file}, line {place.line})"
    )
    return Problem(
        severity=Severity.WARNING,
        code=CODE,
        message=told,
        hint="say something new; or, if it is meant to come again, write `again: true`",
        place=wanted.part.begins(language),
        post=wanted.post.id,
    )

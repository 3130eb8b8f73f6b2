"""Hashtags: can each be read word by word, do they stand at the end, are there too many, is one dangerous to be found with."""

import re
from collections.abc import Iterator

from amplify.authoring.linting.rule import Remark
from amplify.domain.lint import Subject
from amplify.domain.problem import Place
from amplify.domain.richtext import SpanKind

#: Longer tags without a capital inside are taken for several words run together.
_LONGEST_WORD = 10
#: Single words that are longer all the same.
_WORDS = frozenset(
    {
        "achtundvierzig", "demokratische", "gerechtigkeit", "international", "menschenrechte", "palitviazniam", "palitviazni",
        "politzaklyuchennye", "repressions", "solidarität", "solidarność", "zivilgesellschaft", "беларускамоўныя", "незалежнасць",
        "палітвязень", "палітвязням", "палітвязняў", "палітзняволеныя", "политзаключенные", "политзаключённые",
        "политзаключённым", "правозащитники", "праваабаронцы", "салідарнасць", "солидарность", "справедливость",
        "справядлівасць", "solidarumas", "независимость", "політв'язні", "політвʼязні", "політв’язні", "солідарність",
    }
)  # fmt: skip
#: Declared “extremist” in Belarus: #свободнаябеларусь in February 2022.
_LISTED = frozenset({"свободнаябеларусь"})
_DEFAULT_CAP = 3
#: Where every hashtag is written, once for all posts.
_LIST = Place(file="config/campaign.yaml")
_REST = re.compile(r"\w")


def tag_case(subject: Subject) -> Iterator[Remark]:
    """Whether several words run together cannot be known; that so long a tag shows no border between them can."""
    for tag in _all(subject):
        inner = tag[1:]
        parted = "_" in tag or (inner != inner.lower() and inner != inner.upper())
        if len(tag) > _LONGEST_WORD and not parted and tag.casefold() not in _WORDS:
            told = f"#{tag} shows no border between its words: voices read it as one, and so do tired eyes"
            hint = "begin each word of it with a capital in config/campaign.yaml, as in FreeThemAll; if it is one word, `rules: {lint: {tag-case: off}}`"
            yield Remark(message=told, hint=hint, place=_LIST)


def tag_place(subject: Subject) -> Iterator[Remark]:
    tags = [span for span in subject.body.spans if span.kind is SpanKind.TAG]
    for place, span in enumerate(tags):
        following = tags[place + 1].start if place + 1 < len(tags) else len(subject.text)
        if _REST.search(subject.text, span.end, following):
            told = f"#{span.value} stands among the words; voices stumble over it there"
            yield Remark(
                message=told, hint="write the word itself, and list the tag under `tags:`", quote=f"#{span.value}"
            )


def many_tags(subject: Subject) -> Iterator[Remark]:
    """Those under `tags:` are fitted; those in the text are not."""
    network = subject.wanted.channel.network
    cap, there = subject.campaign.rules.tags.get(network, _DEFAULT_CAP), _all(subject)
    if len(there) > cap:
        told = f"{len(there)} hashtags stand here, and on {network} {cap} are enough (`rules.tags`)"
        yield Remark(message=told, hint="take some out of the text", quote=f"#{there[-1]}")


def risky_tag(subject: Subject) -> Iterator[Remark]:
    listed = _LISTED | {tag.casefold() for tag in subject.campaign.risky_tags}
    beside = subject.settings.get("outline_tags", "").split()
    for tag in dict.fromkeys([*_all(subject), *beside]):
        if tag.casefold() in listed:
            told = f"#{tag} is dangerous to be found with in Belarus: people can be punished for it"
            yield Remark(message=told, hint="leave it out, at least in be and ru", quote=f"#{tag}")


def _all(subject: Subject) -> list[str]:
    own = [span.value for span in subject.body.spans if span.kind is SpanKind.TAG]
    return list(dict.fromkeys([*own, *subject.tags]))

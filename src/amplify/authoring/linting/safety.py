"""Calls to sign, in languages that are read in Belarus: with the line that warns those who can be punished for it."""

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType

from amplify.authoring.linting.glance import folded
from amplify.authoring.linting.rule import Remark
from amplify.domain.languages import base_of
from amplify.domain.lint import Subject
from amplify.domain.post import Kind

#: Any of these will do; the first is the one to write.
_LINES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "be": (
            "Вы ў Беларусі? Не падпісвайце і не дзяліцеся.",
            "не падпісвайце і не дзяліцеся",
            "чытайце без падпіскі",
        ),
        "ru": (
            "Вы в Беларуси? Не подписывайте и не делитесь.",
            "не подписывайте и не делитесь",
            "читайте без подписки",
        ),
    }
)
_ASKED = re.compile(
    r"(?:падпіш|падпісв|падпісац|подпиш|подписыв|подписат|підпиш|підписат)\w*\s+(?:\w+\s+)?(?:петыцы|петици|петиці|зварот|обращени)",
)
_SIGNED = ("петыцы", "петици", "петиці", "зварот", "обращени")
_NAMED = re.compile(r"\]\(([\w-]+)\)|link\.([\w-]+)")
_PETITION = "petition"


def safety_line(subject: Subject) -> Iterator[Remark]:
    lines = _LINES.get(base_of(subject.language))
    if lines is None or not _calls(subject):
        return
    own = [
        words
        for language, words in subject.campaign.safety_line.items()
        if base_of(language) == base_of(subject.language)
    ]
    said = " ".join(subject.layout.text.casefold().split())
    if not any(" ".join(line.casefold().split()) in said for line in (*own, *lines)):
        told = f"this calls on people to sign, in `{subject.language}`, and does not warn those in Belarus, who can be punished for it"
        yield Remark(message=told, hint=f"add the line: {(own or lines)[0]}")


def _calls(subject: Subject) -> bool:
    """Of a thread, the part with the petition does."""
    post = subject.wanted.post
    named = {name for pair in _NAMED.findall(subject.source) for name in pair if name}
    last = subject.wanted.position == len(post.parts) - 1
    named |= {post.link} if last else set()
    return post.kind is Kind.CALL or any(_PETITION in name.lower() for name in named) or _asked(folded(subject.text))


def _asked(said: str) -> bool:
    return any(what in said for what in _SIGNED) and bool(_ASKED.search(said))

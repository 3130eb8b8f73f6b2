"""Emoji: voices read the name of each one (❗️ is “red exclamation mark”), so few, and behind the words."""

import re
from collections import Counter
from collections.abc import Iterator

from amplify.authoring.linting.glance import furthest
from amplify.authoring.linting.rule import Remark
from amplify.domain.lint import Subject

_BASE = (
    "[\U0001f000-\U0001f1e5\U0001f200-\U0001f3fa\U0001f400-\U0001faff\u2600-\u2712\u2714-\u275a\u2761-\u27bf"
    "\u2b05-\u2b55\u231a\u231b\u23e9-\u23fa\u203c\u2049]"
)
_EMOJI = re.compile(
    rf"[\U0001f1e6-\U0001f1ff]{{2}}|[0-9#*]\ufe0f?\u20e3"
    rf"|{_BASE}[\ufe0f\U0001f3fb-\U0001f3ff]*(?:\u200d{_BASE}[\ufe0f\U0001f3fb-\U0001f3ff]*)*"
)
_SOME = re.compile(f"{_BASE}|[\U0001f1e6-\U0001f1ff\u20e3]")
_FIRST = "\u203c"
_MOST = 3
#: Behind these a sentence is over.
_ENDED = re.compile(r"[.!?…:)”“»\"]\s*$")
_ONLY_TAGS = re.compile(r"(?:\s*#\w+)*\s*")


def many_emoji(subject: Subject) -> Iterator[Remark]:
    text = subject.layout.text
    if furthest(text) < _FIRST or not _SOME.search(text):
        return
    there = Counter(_EMOJI.findall(text))
    if there.total() > _MOST:
        told = f"{there.total()} emoji stand here; voices read out the name of each"
        yield Remark(message=told, hint=f"keep {_MOST} at most", quote=next(iter(there)))
    for emoji, count in there.items():
        if count > 1:
            told = f"{emoji} stands here {count} times; voices read out its name each time"
            yield Remark(message=told, hint="one says as much", quote=emoji)


def emoji_place(subject: Subject) -> Iterator[Remark]:
    """Before words, as bullets, or in place of a word."""
    text = subject.layout.text
    if furthest(text) < _FIRST or not _SOME.search(text):
        return
    first: list[str] = []
    for line in text.splitlines():
        for found in _EMOJI.finditer(line):
            before, behind = _without(line[: found.start()]), _without(line[found.end() :])
            if _ONLY_TAGS.fullmatch(behind):
                continue
            if not before.strip():
                first.append(found[0])
            elif not _ENDED.search(before):
                told = f"{found[0]} stands in the middle of a sentence; voices read its name between the words"
                yield Remark(message=told, hint="write the word, and put the emoji at the end", quote=found[0])
    if first:
        told = f"{first[0]} stands before the words of its line; voices read its name first"
        if len(first) > 1:
            told = f"emoji stand before the words of {len(first)} lines, as bullets; voices read each name first"
        yield Remark(message=told, hint="put it at the end, or leave it out", quote=first[0])


def _without(text: str) -> str:
    return _EMOJI.sub("", text)

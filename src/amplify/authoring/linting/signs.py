"""Signs that a voice reads out one by one: stray asterisks, faces, pictures made of letters, words in capitals."""

import re
from collections.abc import Iterator

from amplify.authoring.linting.glance import furthest, letters
from amplify.authoring.linting.rule import Remark
from amplify.domain.lint import Subject

#: Between two letters it stands for people of any gender in German.
_ASTERISK = re.compile(r"\S*(?:(?<![^\W\d_])\*|\*(?![^\W\d_]))\S*")
_FACES = (
    ":)", ":-)", ";)", ";-)", "=)", ":(", ":-(", ":D", ":-D", ":P", ":-P", ":p", ":-p", ":/", ":-/", ":|", ":o)", ":'(",
    "<3", "xD", "XD", "^^", "^_^", "¯\\_(ツ)_/¯",
)  # fmt: skip
_FIRST_BOX = "\u2500"
_BOXES = re.compile(r"[\u2500-\u259f]+")
#: So many of a sign in a row are no punctuation any more.
_ROW = 5
_CAPITAL = "A-ZÀ-ÖØ-ÞŁŃŚŹŻĄĆĘĖĮŠŲŪŽА-ЯЁІЎЇЄҐ"
_CAPITALS = re.compile(rf"(?<![\w#@])[{_CAPITAL}]{{2,}}(?:[^\S\n]+[{_CAPITAL}]{{2,}})+(?!\w)")
#: Words that are shorter are mostly abbreviations.
_LONG = 4


def stray_asterisk(subject: Subject) -> Iterator[Remark]:
    if "*" not in subject.layout.text:
        return
    for found in dict.fromkeys(_ASTERISK.findall(subject.layout.text)):
        if not any(found in span.value for span in subject.body.spans):
            told = f"followers see an asterisk here: “{found}”; voices read it out, and nothing says what it means"
            hint = "remove it; write what it stands for; two on each side make words bold: `**words**`"
            yield Remark(message=told, hint=hint, quote=found)


def ascii_art(subject: Subject) -> Iterator[Remark]:
    text = subject.layout.text
    faces = [face for face in _FACES if face in text and _stands_alone(text, face)]
    boxes = _BOXES.findall(text) if furthest(text) >= _FIRST_BOX else []
    rows = [sign * _ROW for sign in letters(text) if not (sign.isalnum() or sign.isspace()) and sign * _ROW in text]
    for found in dict.fromkeys([*faces, *boxes, *sorted(rows)]):
        told = f"“{found}” is a picture made of signs; voices read out every one of them"
        yield Remark(message=told, hint="say it in words, or leave it out", quote=found)


def _stands_alone(text: str, face: str) -> bool:
    return any(word.rstrip(".,!?") == face for word in text.split())


def capitals(subject: Subject) -> Iterator[Remark]:
    for found in dict.fromkeys(_CAPITALS.findall(subject.layout.text)):
        if any(len(word) >= _LONG for word in found.split()):
            told = f"“{found}” is all in capitals: it is hard to read, and looks like shouting"
            yield Remark(message=told, hint=f"write small letters, or make it bold: `**{found.lower()}**`", quote=found)

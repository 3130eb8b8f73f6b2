"""The bytes of a file as text. What a YAML parser would choke on, or pass over in silence, is told here."""

import re
import unicodedata

from amplify.authoring.blackening import BLACKENED
from amplify.authoring.reading.findings import error, warning
from amplify.authoring.reading.strangers import foreign, unmerged
from amplify.domain.problem import Place, Problem

#: Far above what people write by hand.
_MAX_BYTES = 1_000_000
_BOM = "\ufeff"
_INVISIBLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")


def decode(file: str, content: bytes, *, tabs: bool = False) -> tuple[str, list[Problem]]:
    """The text with plain line ends, and what is wrong with it; `tabs` says whether they may stand there."""
    if len(content) > _MAX_BYTES:
        return "", [error("too-large", "this file is larger than 1 MB", Place(file=file), "split it into several")]
    if stranger := foreign(file, content):
        return "", [stranger]
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as bad:
        line, column = _position(content[: bad.start].decode("utf-8", "replace"))
        told = "this file is not saved as UTF-8, so its letters cannot be read"
        hint = "in your editor choose “Save as…”, encoding UTF-8"
        return "", [error("not-utf8", told, Place(file=file, line=line, column=column), hint)]
    text = text.removeprefix(_BOM).replace("\r\n", "\n").replace("\r", "\n")
    if conflict := unmerged(file, text):
        return text, [conflict]
    if secret := _secret(file, text):
        return text, [secret]
    return text, [*([] if tabs else _tabs(file, text)), *_invisible(file, text), *_taken_apart(file, text)]


def _secret(file: str, text: str) -> Problem | None:
    """The first place at which something was blackened."""
    at = text.find(BLACKENED)
    if at < 0:
        return None
    line, column = _position(text[:at])
    told = "a password or token of this campaign stands here, so nothing of this file is taken"
    hint = "take it out; have it replaced by a new one, because whoever has this file knows it"
    return error("secret-in-file", told, Place(file=file, line=line, column=column), hint)


def _tabs(file: str, text: str) -> list[Problem]:
    lines = [(number, line.index("\t")) for number, line in enumerate(text.split("\n"), 1) if "\t" in line]
    if not lines:
        return []
    more = f" (and in {len(lines) - 1} more lines)" if len(lines) > 1 else ""
    place = Place(file=file, line=lines[0][0], column=lines[0][1] + 1)
    return [
        error("tab", f"there is a tab here{more}; only spaces may stand in this file", place, "type spaces instead")
    ]


def _invisible(file: str, text: str) -> list[Problem]:
    problems = []
    for found in _INVISIBLE.finditer(text):
        line, column = _position(text[: found.start()])
        name = unicodedata.name(found[0], f"U+{ord(found[0]):04X}")
        place = Place(file=file, line=line, column=column)
        hint = "delete the character before or after this place and type it anew"
        problems.append(error("invisible-character", f"an invisible character stands here ({name})", place, hint))
    return problems


def _taken_apart(file: str, text: str) -> list[Problem]:
    """Letters with their accents behind them: composed before they go out, but nobody finds them by searching."""
    if unicodedata.is_normalized("NFC", text):
        return []
    lines = [
        (number, line) for number, line in enumerate(text.split("\n"), 1) if not unicodedata.is_normalized("NFC", line)
    ]
    if not lines:
        return []
    number, first = lines[0]
    word = next(word for word in first.split(" ") if not unicodedata.is_normalized("NFC", word))
    more = f" (and others in {len(lines) - 1} more lines)" if len(lines) > 1 else ""
    told = f"“{word}” is written with letters that were taken apart: a letter, and its accent behind it{more}"
    place = Place(file=file, line=number, column=first.index(word) + 1)
    return [warning("decomposed-letters", told, place, "type the word anew, or paste it from another place")]


def _position(before: str) -> tuple[int, int]:
    return before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1

"""Files that are no plain text, whatever their name says; and texts in which git has left two versions.

What a volunteer has at hand is Word, Notepad and a phone. Each is told by name, with the way out.
"""

import re

from amplify.authoring.reading.findings import error
from amplify.domain.problem import Place, Problem

_PLAIN = "copy the words into a file made with a plain text editor, and give that the name"
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
#: How files of a kind begin, what that is, and what to do.
_KINDS: tuple[tuple[bytes, str, str], ...] = (
    (b"PK\x03\x04", "this is no plain text: it is a Word or another office file, or a ZIP", _PLAIN),
    (b"\xd0\xcf\x11\xe0", "this is no plain text: it is an old Word file", _PLAIN),
    (b"{\\rtf", "this is no plain text: it is formatted (RTF)", "in TextEdit choose Format, Make Plain Text, and save"),
    (b"%PDF", "this is no plain text: it is a PDF", _PLAIN),
    (b"\x89PNG", "this is no text: it is a picture", "pictures belong into posts/media/"),
    (b"\xff\xd8\xff", "this is no text: it is a picture", "pictures belong into posts/media/"),
    (b"<!doctype html", "this is no plain text: it is a web page", "download the file itself (“Raw”, “Download”)"),
    (b"<html", "this is no plain text: it is a web page", "download the file itself (“Raw”, “Download”)"),
)
_SAVE = "in your editor choose “Save as…”, encoding UTF-8"
_OURS, _THEIRS = re.compile(r"^<{7}( |$)", re.MULTILINE), re.compile(r"^>{7}( |$)", re.MULTILINE)


def foreign(file: str, content: bytes) -> Problem | None:
    """What this file is, if it is no text in UTF-8."""
    place = Place(file=file)
    start = content[:64].lower().lstrip()
    for begins, told, hint in _KINDS:
        if start.startswith(begins.lower()):
            return error("not-a-text-file", told, place, hint)
    if content.startswith(_UTF16) or b"\x00" in content[:64]:
        told = "this file is saved as UTF-16 (Windows says “Unicode”), so its letters cannot be read"
        return error("not-utf8", told, place, _SAVE)
    return None


def unmerged(file: str, text: str) -> Problem | None:
    """The first place at which git has kept two versions, for a person to choose."""
    ours = _OURS.search(text)
    if ours is None or not _THEIRS.search(text, ours.end()):
        return None
    told = "two people have changed these lines, and git has left both versions here, between `<<<<<<<` and `>>>>>>>`"
    hint = "keep the lines that are right; delete the others, and the lines `<<<<<<<`, `=======` and `>>>>>>>`"
    return error("merge-conflict", told, Place(file=file, line=text.count("\n", 0, ours.start()) + 1), hint)


def two_alphabets(word: str) -> str:
    """`Cyrillic and Latin`, where a word mixes letters that look alike; else nothing."""
    from unicodedata import name

    scripts = {name(letter, "").split(" ")[0] for letter in word if letter.isalpha()}
    return " and ".join(sorted(script.title() for script in scripts)) if len(scripts) > 1 else ""

"""Letters that are not what they seem: of two alphabets, dressed up, taken apart; and signs instead of words."""

import re
from collections.abc import Iterator

from amplify.authoring.linting.rule import Remark
from amplify.domain.lint import Subject

_WORD = re.compile(r"[^\W\d_]+")
_MIXED = re.compile(r"[A-Za-z][\u0400-\u052f]|[\u0400-\u052f][A-Za-z]")


def mixed_letters(subject: Subject) -> Iterator[Remark]:
    """Look-alikes from another keyboard: nobody finds such a word by searching, and voices spell it out."""
    for text in (subject.layout.text, *(shown.alt for shown in subject.pictures)):
        if not _MIXED.search(text):
            continue
        for word in dict.fromkeys(_WORD.findall(text)):
            if _MIXED.search(word):
                strangers = _fewer(word)
                told = f"“{word}” mixes letters of two alphabets ({strangers})"
                yield Remark(message=told, hint="type the word anew with one keyboard", quote=word)


def _fewer(word: str) -> str:
    """The letters of the alphabet that has fewer in the word."""
    latin = [letter for letter in word if letter.isascii()]
    cyrillic = [letter for letter in word if "\u0400" <= letter <= "\u052f"]
    few, name = (latin, "Latin") if len(latin) < len(cyrillic) else (cyrillic, "Cyrillic")
    return f"{name}: {' '.join(dict.fromkeys(few))}"

"""Letters that are not what they seem: of two alphabets, or dressed up."""

import re
import unicodedata
from collections.abc import Iterator

from amplify.authoring.linting.glance import furthest, two_alphabets
from amplify.authoring.linting.rule import Remark
from amplify.domain.lint import Subject

_WORD = re.compile(r"[^\W\d_]+")
_MIXED = re.compile(r"[A-Za-z][\u0400-\u052f]|[\u0400-\u052f][A-Za-z]")
#: Mathematical, circled, squared, fullwidth, script and double-struck letters; flags are made of others.
_STYLED = re.compile(
    "[\U0001d400-\U0001d7ff\U0001f110-\U0001f189\u24b6-\u24e9\uff21-\uff3a\uff41-\uff5a"
    "\u2102\u210a-\u2113\u2115\u2119-\u211d\u2124\u2128\u212c\u212d\u212f-\u2134\u1d00-\u1d25]+"
)

_FIRST_STYLED = "\u1d00"


def mixed_letters(subject: Subject) -> Iterator[Remark]:
    """Look-alikes from another keyboard: nobody finds such a word by searching, and voices spell it out."""
    for text in _shown(subject):
        if not two_alphabets(text) or not _MIXED.search(text):
            continue
        for word in dict.fromkeys(_WORD.findall(text)):
            if _MIXED.search(word):
                told = f"“{word}” mixes letters of two alphabets ({_fewer(word)})"
                yield Remark(message=told, hint="type the word anew with one keyboard", quote=word)


def styled_letters(subject: Subject) -> Iterator[Remark]:
    for text in _shown(subject):
        for words in dict.fromkeys(_STYLED.findall(text) if furthest(text) >= _FIRST_STYLED else ()):
            plain = unicodedata.normalize("NFKC", words)
            told = f"“{words}” is made of mathematical signs that look like letters; voices spell them out or skip them"
            yield Remark(message=told, hint=f"write “{plain}”; for weight, `**{plain}**`", quote=words)


def _shown(subject: Subject) -> tuple[str, ...]:
    return (subject.layout.text, *subject.besides)


def _fewer(word: str) -> str:
    """The letters of the alphabet that has fewer in the word."""
    latin = [letter for letter in word if letter.isascii()]
    cyrillic = [letter for letter in word if "\u0400" <= letter <= "\u052f"]
    few, name = (latin, "Latin") if len(latin) < len(cyrillic) else (cyrillic, "Cyrillic")
    return f"{name}: {' '.join(dict.fromkeys(few))}"

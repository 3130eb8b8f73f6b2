"""Text as it is published: composed letters, no trailing blanks, no invisible tricks."""

import re
import unicodedata

from amplify.authoring.typesetting.verbatim import is_private
from amplify.ports.author import UnusableText

_TURNING = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_TRAILING = re.compile(r"[^\S\n]+(?=\n|$)")
_GAPS = re.compile(r"\n{3,}")


def neat(text: str) -> str:
    """NFC, at most one empty line in a row, nothing at the ends."""
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    return _GAPS.sub("\n\n", _TRAILING.sub("", text)).strip()


def check_letters(text: str) -> None:
    """Raises UnusableText where a letter cannot be seen, or turns others around."""
    for at, letter in enumerate(text):
        if letter in _TURNING:
            told = f"an invisible sign turns the direction of writing here ({unicodedata.name(letter)})"
            code = "bidi-control"
        elif is_private(letter) or (unicodedata.category(letter) == "Cc" and letter not in "\n\r\t"):
            told = f"an invisible sign stands in this text (U+{ord(letter):04X})"
            code = "invisible-character"
        else:
            continue
        hint = "type the words around it anew, without pasting"
        raise UnusableText(told, code=code, hint=hint, line=text.count("\n", 0, at) + 1)

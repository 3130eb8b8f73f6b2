"""Text as it is published: composed letters, no trailing blanks, no invisible tricks."""

import re
import unicodedata

from amplify.authoring.typesetting.verbatim import PRIVATE
from amplify.ports.author import UnusableText

#: They part words for a network and not for a reader: what looks like one hashtag is another.
_PARTING = "\u00ad\u115f\u1160\u180e\u200b\u2060-\u2064\u3164\ufeff\uffa0"
_TURNING = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
#: Control characters but tab and the ends of lines; what we use ourselves no text may bring along.
_UNSEEN = re.compile(f"{_TURNING.pattern}|[\0-\b\v\f\x0e-\x1f\x7f-\x9f{_PARTING}{PRIVATE}]")
_ENDS = re.compile("\r\n?|[\u2028\u2029]")
_TRAILING = re.compile(r"[^\S\n]+(?=\n|$)")
_GAPS = re.compile(r"\n{3,}")
#: The sign of other keyboards, and spaces that not every network takes for one before a hashtag.
_WIDE = re.compile(r"＃(?=\w)")
_SPACES = re.compile(r"[^\S\n\t ](?=#\w)")


def neat(text: str) -> str:
    """NFC, at most one empty line in a row, nothing at the ends, hashtags with the `#` that every network knows."""
    text = _ENDS.sub("\n", unicodedata.normalize("NFC", text)).replace("\t", " ")
    text = _SPACES.sub(" ", _WIDE.sub("#", text))
    return _GAPS.sub("\n\n", _TRAILING.sub("", text)).strip()


def check_letters(text: str) -> None:
    """Raises UnusableText where a letter cannot be seen, or turns others around."""
    found = _UNSEEN.search(text)
    if found is None:
        return
    letter, told = found[0], f"an invisible sign stands in this text (U+{ord(found[0]):04X})"
    code = "invisible-character"
    if _TURNING.match(letter):
        told = f"an invisible sign turns the direction of writing here ({unicodedata.name(letter)})"
        code = "bidi-control"
    hint = "type the words around it anew, without pasting"
    raise UnusableText(told, code=code, hint=hint, line=text.count("\n", 0, found.start()) + 1)

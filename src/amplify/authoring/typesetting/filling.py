"""Names filled in without an engine: `{{ figure.ID.line }}` and nothing more, which is what most templates are.

Compiling such a text takes a hundred times as long as filling it in. What is not so plain, and whatever goes wrong, is
left to the press, which says what and where: so both must come to the same words.
"""

import re
from collections.abc import Mapping
from functools import lru_cache

from amplify.authoring.typesetting.budget import LONGEST
from amplify.authoring.typesetting.notes import Notes
from amplify.authoring.typesetting.template_objects import Printable, Shelf

_NAME = r"[A-Za-z][A-Za-z0-9_]*"
_GAP = re.compile(rf"\{{\{{ *({_NAME}(?:\.{_NAME})*) *\}}\}}")
#: What the press has to look at: a bracket that is left over, and ends of lines that it makes plain.
_OTHER = re.compile(r"\{[{%#]|\{$|\r")
#: Words that mean something to the press, whatever a variable is called.
_ITS_OWN = frozenset(
    {"and", "caller", "else", "false", "if", "in", "is", "kwargs", "loop", "none", "not", "or", "self", "super", "true", "varargs"}
)  # fmt: skip
_MOST = 100


def filled(source: str, values: Mapping[str, object], notes: Notes) -> str | None:
    """The text, or None where the press has to set it."""
    pieces = _taken_apart(source)
    if pieces is None:
        return None
    words = list(pieces)
    try:
        for at in range(1, len(words), 2):
            value = _found(words[at], values, notes)
            if isinstance(value, bool) or not isinstance(value, str | int | float | Printable):
                return None
            words[at] = str(value)
    except Exception:  # noqa: BLE001  whatever it is, the press runs into it too, and says what and where
        return None
    text = "".join(words)
    return text if len(text) <= LONGEST else None


@lru_cache(maxsize=4096)
def _taken_apart(source: str) -> tuple[str, ...] | None:
    """Words and names by turns."""
    pieces = _GAP.split(source.removesuffix("\n"))
    names = pieces[1::2]
    plain = not any(_OTHER.search(words) for words in pieces[::2])
    known = not any(name.partition(".")[0].lower() in _ITS_OWN for name in names)
    return tuple(pieces) if plain and known and len(names) <= _MOST and len(source) <= LONGEST else None


def _found(name: str, values: Mapping[str, object], notes: Notes) -> object:
    """None where it is no name of ours; raises where the press would."""
    first, *steps = name.split(".")
    if first == "days_left":
        notes.dated = True
    value = values[first]
    for step in steps:
        if isinstance(value, Shelf):
            value = value[step]
        else:
            value = getattr(value, step) if isinstance(value, Printable) else None
    return value

"""What changed between two texts, word by word: `[-old-] {+new+}`, so that it reads without colour too."""

from difflib import SequenceMatcher
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.text import Text

#: How many words to show around a change.
_AROUND = 3


def word_diff(before: str, after: str) -> "Text":
    """The changed words with a few around them, on one line."""
    from rich.text import Text

    old, new = before.split(), after.split()
    said = Text()
    matcher = SequenceMatcher(a=old, b=new, autojunk=False)
    for number, (kind, start, end, since, until) in enumerate(matcher.get_opcodes()):
        if kind == "equal":
            _add(said, _shortened(new[since:until], first=number == 0, last=until == len(new)), "")
            continue
        if end > start:
            _add(said, f"[-{' '.join(old[start:end])}-]", "red strike")
        if until > since:
            _add(said, f"{{+{' '.join(new[since:until])}+}}", "green")
    return said


def _shortened(words: list[str], *, first: bool, last: bool) -> str:
    """Words that stayed: only those next to a change."""
    behind = [] if first else words[:_AROUND]
    ahead = [] if last else words[-_AROUND:]
    if len(behind) + len(ahead) >= len(words):
        return " ".join(words)
    return " ".join([*behind, "…", *ahead])


def _add(said: "Text", words: str, style: str) -> None:
    said.append(" " if said.plain else "")
    said.append(words, style=style or None)

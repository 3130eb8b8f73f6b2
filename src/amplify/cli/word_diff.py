"""What changed between two texts, on a terminal: `[-old-] {+new+}`, so that it reads without colour too."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from amplify.documents import word_diff as documents
from amplify.documents.word_diff import Fate, Piece

if TYPE_CHECKING:
    from rich.text import Text


def word_diff(before: str, after: str) -> "Text":
    """The changed words with a few around them, on one line."""
    return drawn(documents.word_diff(before, after))


def drawn(pieces: Iterable[Piece]) -> "Text":
    """On one line."""
    from rich.text import Text

    return Text(" ").join(_drawn(piece) for piece in pieces)


def _drawn(piece: Piece) -> "Text":
    from rich.text import Text

    match piece.fate:
        case Fate.GOES:
            return Text(f"[-{piece.words}-]", style="red strike")
        case Fate.COMES:
            return Text(f"{{+{piece.words}+}}", style="green")
        case Fate.STAYS:
            return Text(piece.words)

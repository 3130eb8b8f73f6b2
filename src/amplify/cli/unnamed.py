"""What is shown names nobody who is protected: the last look at every word that a command prints, errors too.

Commands say nothing of the kind by themselves. But a text that was planned before somebody was listed, or a mistake
of ours, would.
"""

import io
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from amplify.ports.protection import Protection

_CAMPAIGN = "--campaign"


@contextmanager
def unnamed_output(words: Sequence[str]) -> Iterator[None]:
    """Inside, both outputs cover names. Nothing changes where no register is named."""
    at = words.index(_CAMPAIGN) + 1 if _CAMPAIGN in words else len(words)
    protection = _protection(Path(words[at] if at < len(words) else "."))
    if protection is None:
        yield
        return
    out, err = sys.stdout, sys.stderr
    sys.stdout, sys.stderr = _Unnamed(out, protection), _Unnamed(err, protection)
    try:
        yield
    finally:
        sys.stdout, sys.stderr = out, err


def unnamed(typed: str, campaign: Path) -> str:
    """What somebody types to be kept and read by others, such as the reason of a stop, without names."""
    protection = _protection(campaign)
    return protection.read().masked(typed) if protection is not None else typed


def _protection(campaign: Path) -> "Protection | None":
    """Without opening the campaign: it may be what is broken."""
    named = os.environ.get("AMPLIFY_PROTECTED")
    if named is None:
        return None
    from amplify.authoring.protected_file import ProtectedFile

    return ProtectedFile(named, campaign)


class _Unnamed(io.TextIOBase):
    def __init__(self, inner: TextIO, protection: "Protection") -> None:
        self._inner = inner
        self._protection = protection

    @property
    def encoding(self) -> str:  # type: ignore[override]  # a plain attribute in the stubs, which cannot be asked of another
        return self._inner.encoding

    @property
    def buffer(self) -> "_UnnamedBytes":
        return _UnnamedBytes(self)

    def write(self, text: str) -> int:
        if not isinstance(text, str):
            raise TypeError("this takes texts")
        self._inner.write(self._protection.read().masked(text))
        return len(text)

    def flush(self) -> None:
        self._inner.flush()

    def isatty(self) -> bool:
        return self._inner.isatty()

    def fileno(self) -> int:
        return self._inner.fileno()

    def writable(self) -> bool:
        return True


@dataclass(frozen=True, slots=True)
class _UnnamedBytes:
    """Where programs write what is a file: a calendar, an export."""

    _texts: _Unnamed

    def write(self, content: bytes) -> int:
        self._texts.write(content.decode("utf-8", "replace"))
        return len(content)

    def flush(self) -> None:
        self._texts.flush()

"""A folder of the campaign's var/ for what `check` need not find out again: small files that only their owner can read.

What was cut off or changed in the file is not whole, and then it is not there. Nothing that is sent depends on it.
"""

import os
from collections.abc import Collection
from contextlib import suppress
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

_FOLDER, _FILE = 0o700, 0o600
_MARK = 20

#: Where it is in a campaign's folder.
CACHE = Path("var", "cache")


@dataclass(frozen=True, slots=True)
class CacheFolder:
    """`ports.drawer.Drawer` in `folder`. Every file begins with a digest of all that follows."""

    folder: Path

    def load(self, name: str) -> bytes | None:
        try:
            file = os.open(self.folder / name, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
            with os.fdopen(file, "rb") as opened:
                kept = opened.read()
        except OSError:
            return None
        data = kept[_MARK:]
        return data if kept[:_MARK] == _digest(data) else None

    def save(self, name: str, data: bytes) -> None:
        draft = self.folder / f"{name}.{os.getpid()}.new"
        with suppress(OSError):
            self.folder.mkdir(mode=_FOLDER, parents=True, exist_ok=True)
            draft.unlink(missing_ok=True)
            file = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, _FILE)
            with os.fdopen(file, "wb") as opened:
                opened.write(_digest(data) + data)
            draft.replace(self.folder / name)

    def keep_only(self, names: Collection[str]) -> None:
        kept = frozenset(names)
        with suppress(OSError):
            for path in self.folder.iterdir():
                if path.name not in kept:
                    path.unlink(missing_ok=True)


def _digest(data: bytes) -> bytes:
    return blake2b(data, digest_size=_MARK).digest()

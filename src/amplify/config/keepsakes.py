"""What publishers remember between runs: one small secret file for each account, in the campaign's var/.

Nobody but the owner of the campaign may read it. Where it cannot be read or written, the account signs in
anew: that costs one of a few hundred sign-ins a day, and is no reason to hold a post.
"""

import json
import logging
import os
from collections.abc import AsyncIterator, Iterable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from fcntl import LOCK_EX, LOCK_NB, flock
from hashlib import sha256
from pathlib import Path

_FOLDER, _FILE = 0o700, 0o600
#: Seconds between two looks whether a lock is free.
_LOOK = 0.02
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class FileKeepsake:
    """The keepsake in the file `path`; it is repeated to nobody, so only its place is shown."""

    path: Path

    def load(self) -> str:
        """What is kept; what cannot be read is removed."""
        try:
            return self._read()
        except FileNotFoundError:
            return ""
        except (OSError, UnicodeDecodeError):
            self.save("")
            return ""

    def save(self, text: str) -> None:
        """Replace the file as one whole; an empty text removes it."""
        try:
            if text:
                self._write(text)
            else:
                self.path.unlink(missing_ok=True)
        except OSError as error:
            self._warn(error)

    def locked(self) -> AbstractAsyncContextManager[None]:
        """Hold the lock file, which the kernel lets go of however the process ends."""
        return self._locked()

    @asynccontextmanager
    async def _locked(self) -> AsyncIterator[None]:
        import asyncio

        try:
            self._open_folder()
            file = os.open(self.path.with_suffix(".lock"), os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, _FILE)
        except OSError as error:
            self._warn(error)
            yield
            return
        try:
            while not _taken(file):  # noqa: ASYNC110  the kernel tells nobody when a lock is free
                await asyncio.sleep(_LOOK)
            yield
        finally:
            os.close(file)

    def _read(self) -> str:
        file = os.open(self.path, os.O_RDONLY | os.O_NOFOLLOW)
        with os.fdopen(file, encoding="utf-8") as opened:
            return opened.read()

    def _write(self, text: str) -> None:
        self._open_folder()
        draft = self.path.with_suffix(".new")
        draft.unlink(missing_ok=True)
        file = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, _FILE)
        with os.fdopen(file, "w", encoding="utf-8") as opened:
            opened.write(text)
            opened.flush()
            os.fsync(opened.fileno())
        draft.replace(self.path)

    def _open_folder(self) -> None:
        folder = self.path.parent
        folder.mkdir(mode=_FOLDER, parents=True, exist_ok=True)
        folder.chmod(_FOLDER)

    def _warn(self, error: OSError) -> None:
        _log.warning(
            "%s cannot be used (%s): see who owns it. Until then the account signs in anew with every start.",
            self.path.parent,
            error.strerror,
        )


def keepsake(folder: Path, network: str, account: Iterable[str]) -> FileKeepsake:
    """The one of an account of `network`; `account` are the words that tell it from every other one there."""
    name = sha256(json.dumps([network, *account]).encode()).hexdigest()
    return FileKeepsake(folder / name)


def _taken(file: int) -> bool:
    try:
        flock(file, LOCK_EX | LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:
        return True  # a disk that knows no locks: at worst two processes both ask the server anew
    return True

"""Whether the files of an open ledger are still the ones that were opened.

SQLite goes on writing to files that were removed or replaced: what is published then is on a record that nobody will
ever find. So the files are compared with those of the beginning, before each look and around each write.
"""

import os
from pathlib import Path

from amplify.ledger.worker_lock import WorkerLock
from amplify.ports.ledger import LedgerError

#: The database, its journal and the journal's index.
_ENDINGS = ("", "-wal", "-shm")


class Place:
    """Made once the ledger is open and lies there with all its files."""

    def __init__(self, path: Path) -> None:
        self._path = path
        real = path.resolve()
        files = [path, *(real.with_name(f"{real.name}{ending}") for ending in _ENDINGS)]
        self._opened = {file: found for file in files if (found := _identity(file)) is not None}

    def check(self) -> None:
        """Raises LedgerError where one of them is gone or another one now."""
        for file, opened in self._opened.items():
            if _identity(file) != opened:
                raise LedgerError(
                    f"the ledger {self._path} was removed or replaced while it was in use, so nothing is published. "
                    "Put the same files back; or end the worker, put a backup in their place with `amplify restore`, "
                    "and start it again"
                )


def make_private(path: Path) -> None:
    """Make the file where there is none. Raises LedgerError."""
    try:
        if path.exists():  # opening and closing it would take SQLite's locks from others in this process
            return
        check_not_lost(path)
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    except OSError as error:
        raise LedgerError(f"the ledger {path} cannot be opened: {error.strerror}; check who owns its folder") from error


def check_not_lost(path: Path) -> None:
    """Raises LedgerError where there is no ledger, but a worker that has one."""
    if not path.exists() and WorkerLock(path).taken:
        raise LedgerError(
            f"the ledger {path} was removed under a worker that still runs: end that worker, then put a backup in its "
            "place with `amplify restore`"
        )


def _identity(file: Path) -> tuple[int, int] | None:
    """What a file is, whatever it is called; None where there is none."""
    try:
        found = file.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino

"""One worker for one ledger: a lock on a file beside it, which the kernel lets go however the worker ends."""

import os
from fcntl import LOCK_EX, LOCK_NB, LOCK_SH, LOCK_UN, flock
from pathlib import Path
from threading import Event

from amplify.ports.ledger import Busy, LedgerError

#: A look whether there is a worker holds the lock for a moment: so often, and so long (seconds), it is tried again.
_TRIES = 5
_MOMENT = 0.02


class WorkerLock:
    """The file says who holds it, for people; only the lock counts."""

    def __init__(self, ledger: Path) -> None:
        self._path = ledger.with_name(f"{ledger.name}.worker")
        self._file: int | None = None
        self._holder = ""

    @property
    def held(self) -> bool:
        return self._file is not None

    @property
    def taken(self) -> bool:
        """Whether anybody holds it."""
        if self.held:
            return True
        try:
            file = os.open(self._path, os.O_RDONLY)
        except OSError:
            return False
        free = _locked(file, LOCK_SH)
        os.close(file)
        return not free

    def take(self, worker: str) -> None:
        """Raises Busy, saying which process has it; LedgerError where the file cannot be made."""
        if self._file is not None:
            return
        self._file, self._holder = self._locked_file(worker), worker

    def keep(self) -> None:
        """Take it again where its file was removed. Raises Busy where somebody else was faster."""
        if self._file is None or self._is_in_its_place(self._file):
            return
        removed, self._file = self._file, self._locked_file(self._holder)
        os.close(removed)

    def let_go(self) -> None:
        if self._file is not None:
            flock(self._file, LOCK_UN)
            os.close(self._file)
            self._file = None

    def _locked_file(self, worker: str) -> int:
        try:
            file = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
        except OSError as error:
            raise LedgerError(f"{self._path} cannot be opened: {error.strerror}; check who owns its folder") from error
        if not any(_locked(file, LOCK_EX) or Event().wait(_MOMENT) for _ in range(_TRIES)):
            holder = os.read(file, 200).decode(errors="replace").strip()
            os.close(file)
            raise Busy(f"another worker publishes from this ledger: {holder}; end that one first")
        os.ftruncate(file, 0)
        os.pwrite(file, f"process {os.getpid()} ({worker})\n".encode(), 0)
        return file

    def _is_in_its_place(self, file: int) -> bool:
        try:
            return os.path.samestat(self._path.stat(), os.fstat(file))
        except OSError:
            return False


def _locked(file: int, how: int) -> bool:
    try:
        flock(file, how | LOCK_NB)
    except BlockingIOError:
        return False
    return True

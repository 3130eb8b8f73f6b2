"""Copies of the ledger's file: made while a worker runs, and put back when the file is lost or damaged.

SQLite's own backup writes and reads them, so a copy is one moment of the ledger, whole, whoever writes meanwhile.
What is replaced is laid aside first, and the new content lands in one transaction.
"""

import os
import secrets
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from amplify.domain.delivery import Delivery
from amplify.ledger.failures import told
from amplify.ledger.sqlite import SqliteLedger
from amplify.ledger.worker_lock import WorkerLock
from amplify.ports.ledger import LedgerError

#: Opens the file at a path as this campaign's ledger.
Opener = Callable[[Path], SqliteLedger]


@dataclass(frozen=True, slots=True, kw_only=True)
class Restored:
    """The deliveries that may be public, and where the ledger that was replaced lies now (None: there was none)."""

    asked: Sequence[Delivery]
    aside: Path | None


def back_up(path: Path, target: Path, opened: Opener) -> int:
    """Copy the ledger to a new private file and prove that the copy is whole; the number of its record's lines.

    Raises LedgerError, and then there is no target.
    """
    if not path.exists():
        raise LedgerError(f"there is no ledger {path} to copy: nothing was applied yet, or its file is gone")
    if target.exists():
        raise LedgerError(f"{target} exists already; a backup never writes over another file")
    with _draft(target) as draft:
        _copy(path, draft)
        lines = _whole(draft, opened)
        draft.replace(target)
    return lines


def restore(path: Path, source: Path, opened: Opener, *, by: str, now: datetime, machine: datetime) -> Restored:
    """Put a copy in the ledger's place. Raises LedgerError, and then the ledger is as it was.

    No worker may hold the ledger. The copy itself is not changed.
    """
    if not source.is_file():
        raise LedgerError(f"there is no file {source}")
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    lock = WorkerLock(path)
    lock.take("restore")
    try:
        with _draft(path) as draft:
            with _as_it_lies(source):
                _copy(source, draft)
            _whole(draft, opened)
            with closing(opened(draft)) as ledger:
                asked = ledger.put_back(by=by, now=now, machine=machine)
            aside = _lay_aside(path)
            _replace(path, draft)
    finally:
        lock.let_go()
    return Restored(asked=asked, aside=aside)


def _whole(copy: Path, opened: Opener) -> int:
    with closing(opened(copy)) as ledger:
        fault, lines = ledger.verify(), len(ledger.history())
    if fault:
        raise LedgerError(f"the copy is not whole: {fault}")
    return lines


def _lay_aside(path: Path) -> Path | None:
    if not path.exists():
        return None
    number = 1
    while (aside := path.with_name(f"{path.name}.replaced-{number}")).exists():
        number += 1
    try:
        _copy(path, aside)
    except LedgerError:  # damaged: moved as it lies there
        aside.unlink(missing_ok=True)
        path.replace(aside)
        _without_companions(path)
    return aside


def _replace(path: Path, draft: Path) -> None:
    if path.exists():
        _copy(draft, path)
    else:
        draft.replace(path)


def _copy(source: Path, target: Path) -> None:
    with told(source), closing(sqlite3.connect(f"{source.resolve().as_uri()}?mode=ro", uri=True)) as read:
        os.close(os.open(target, os.O_RDWR | os.O_CREAT, 0o600))
        with closing(sqlite3.connect(target)) as written:
            read.backup(written)


@contextmanager
def _draft(target: Path) -> Iterator[Path]:
    """A file beside the target that is gone afterwards, unless it has become the target."""
    draft = target.with_name(f"{target.name}.{secrets.token_hex(4)}.part")
    try:
        yield draft
    except OSError as error:
        raise LedgerError(f"{target} cannot be written: {error.strerror}; check who owns its folder") from error
    finally:
        draft.unlink(missing_ok=True)
        _without_companions(draft)
        for laid_aside in draft.parent.glob(f"{draft.name}.before-*"):  # of an older schema; the source is that already
            laid_aside.unlink()


@contextmanager
def _as_it_lies(copy: Path) -> Iterator[None]:
    """SQLite lays files of its own beside one that is only read, and leaves them there."""
    others = [copy.with_name(copy.name + ending) for ending in ("-wal", "-shm")]
    left = [other for other in others if not other.exists()]
    try:
        yield
    finally:
        for other in left:
            other.unlink(missing_ok=True)


def _without_companions(path: Path) -> None:
    """SQLite's own files beside a database that is no longer there."""
    for ending in ("-wal", "-shm", "-journal", ".worker"):
        with suppress(FileNotFoundError):
            path.with_name(path.name + ending).unlink()

"""What SQLite reports, said for people: one place decides."""

import sqlite3
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from zipfile import BadZipFile

from sqlalchemy.exc import DBAPIError, MultipleResultsFound, NoResultFound

from amplify.ports.ledger import LedgerError

#: By the primary result code, without its extension: SQLITE_READONLY_DIRECTORY is SQLITE_READONLY.
_WORDS = {
    "SQLITE_BUSY": "the ledger {path} is in use by another program for too long; try again in a moment",
    "SQLITE_LOCKED": "the ledger {path} is in use by another program for too long; try again in a moment",
    "SQLITE_READONLY": "the ledger {path} may only be read, not written; check who owns the file and its folder",
    "SQLITE_PERM": "the ledger {path} may not be opened; check who owns the file and its folder",
    "SQLITE_CANTOPEN": "the ledger {path} cannot be opened; check that its folder exists and who owns it",
    "SQLITE_NOTADB": "{path} is not a ledger: it is no database at all; restore a backup or choose another file",
    "SQLITE_CORRUPT": "the ledger {path} is damaged; stop the worker and restore a backup",
    "SQLITE_FULL": "the disk is full, so the ledger {path} could not be written; free some space",
    "SQLITE_IOERR": "the disk under the ledger {path} reports an error; nothing was written",
}


@contextmanager
def told(path: Path, *, in_doubt: bool = False) -> Iterator[None]:
    """Turn what SQLite raises into LedgerError. A constraint of ours that broke passes as it is.

    `in_doubt`: whether the file is whole is what is being found out, so whatever has no words of its own says no.
    """
    try:
        yield
    except (DBAPIError, sqlite3.Error) as error:
        cause = error.orig if isinstance(error, DBAPIError) else error
        code = "_".join(getattr(cause, "sqlite_errorname", "").split("_")[:2])
        if code not in _WORDS and not in_doubt:
            raise
        raise LedgerError(_WORDS.get(code, _WORDS["SQLITE_CORRUPT"]).format(path=path)) from error
    except (UnicodeDecodeError, MultipleResultsFound, NoResultFound) as error:  # also in SQLite's own message about it
        raise LedgerError(_WORDS["SQLITE_CORRUPT"].format(path=path)) from error


@contextmanager
def legible(path: Path) -> Iterator[None]:
    """Around what only reads: a cell that is no longer what was written there is no bug of ours."""
    try:
        yield
    except (ValueError, KeyError, TypeError, BadZipFile, zlib.error) as error:
        said = (
            f"the ledger {path} holds something that cannot be read: `amplify verify` says what; then restore a backup"
        )
        raise LedgerError(said) from error

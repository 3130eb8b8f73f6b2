"""The only truth, on disk. SQLAlchemy is loaded when a ledger is opened, not before."""

from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from amplify.ports.ledger import Ledger, LedgerError

if TYPE_CHECKING:
    from amplify.ledger.copies import Restored
    from amplify.ledger.sqlite import SqliteLedger

_SQLITE = "sqlite:///"
_PATIENCE = timedelta(seconds=10)


def open_ledger(url: str, *, campaign: str) -> Ledger:
    """The ledger of a campaign, made where there is none: `sqlite:///path`. Raises LedgerError."""
    return _opened(path_of(url), campaign)


def back_up(url: str, target: Path, *, campaign: str) -> int:
    """Copy the ledger while it is in use; how many lines its record has. Raises LedgerError."""
    from amplify.ledger import copies

    return copies.back_up(path_of(url), target, partial(_opened, campaign=campaign))


def copies_beside(url: str) -> list[Path]:
    """What updates and restores have laid beside the ledger. Raises LedgerError."""
    path = path_of(url)
    return [copy for kind in ("before", "replaced") for copy in path.parent.glob(f"{path.name}.{kind}-*")]


def restore(url: str, source: Path, *, campaign: str, by: str, now: datetime, machine: datetime) -> "Restored":
    """Put a copy in the ledger's place, when no worker runs. Raises LedgerError, and then nothing has changed."""
    from amplify.ledger import copies

    opened = partial(_opened, campaign=campaign)
    return copies.restore(path_of(url), source, opened, by=by, now=now, machine=machine)


def path_of(url: str) -> Path:
    """Where the ledger lies. Raises LedgerError."""
    scheme = url.partition(":")[0]
    if scheme.startswith("postgresql"):
        raise LedgerError("a ledger on PostgreSQL is not supported yet; use sqlite:///var/amplify.db")
    path = url.removeprefix(_SQLITE)
    if path == url or not path:
        raise LedgerError("a ledger is written as sqlite:///var/amplify.db, with three slashes before the path")
    return Path(path)


def _opened(path: Path, campaign: str) -> "SqliteLedger":
    from amplify.ledger.migrations import released
    from amplify.ledger.sqlite import SqliteLedger

    return SqliteLedger(path, campaign=campaign, steps=released(), patience=_PATIENCE)

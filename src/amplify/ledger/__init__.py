"""The only truth, on disk. SQLAlchemy is loaded when a ledger is opened, not before."""

from datetime import timedelta
from pathlib import Path

from amplify.ports.ledger import Ledger, LedgerError

_SQLITE = "sqlite:///"
_PATIENCE = timedelta(seconds=10)


def open_ledger(url: str, *, campaign: str) -> Ledger:
    """The ledger of a campaign, made where there is none: `sqlite:///path`. Raises LedgerError."""
    scheme = url.partition(":")[0]
    if scheme.startswith("postgresql"):
        raise LedgerError("a ledger on PostgreSQL is not supported yet; use sqlite:///var/amplify.db")
    path = url.removeprefix(_SQLITE)
    if path == url or not path:
        raise LedgerError("a ledger is written as sqlite:///var/amplify.db, with three slashes before the path")
    from amplify.ledger.migrations import released
    from amplify.ledger.sqlite import SqliteLedger

    return SqliteLedger(Path(path), campaign=campaign, steps=released(), patience=_PATIENCE)

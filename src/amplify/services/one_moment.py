"""The whole record, and the rows that it tells of, as they are at one moment, although a worker may be writing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from amplify.domain.delivery import Delivery
from amplify.domain.key import Key
from amplify.ports.ledger import Account, Changed, HistoryLine, Ledger, LedgerError

_TRIES = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    lines: Sequence[HistoryLine]
    rows: Mapping[Key, Delivery]
    accounts: Mapping[str, Account]


def one_moment(ledger: Ledger) -> Moment:
    """Raises LedgerError where the record is not whole, or keeps growing."""
    for _ in range(_TRIES):
        if fault := ledger.verify():
            raise LedgerError(fault)
        lines = ledger.history()
        moment = Moment(lines=lines, rows={row.key: row for row in ledger.deliveries()}, accounts=ledger.accounts())
        if ledger.history()[-1:] == lines[-1:]:
            return moment
    raise Changed("the record keeps growing while it is read; try again in a moment")

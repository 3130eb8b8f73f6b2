"""amplify resolve: a person answers for a delivery that we lost sight of."""

from datetime import datetime

from amplify.domain.delivery import Delivery, Event, State
from amplify.domain.envelope import Receipt
from amplify.domain.key import Key
from amplify.ports.ledger import Ledger, LedgerError, Outcome


def resolve(key: Key, ledger: Ledger, *, published: str, by: str, now: datetime) -> Delivery:
    """`published` is the public URL, or empty: it is not there. Raises LedgerError."""
    row = ledger.delivery(key)
    if row is None:
        raise LedgerError(f"the ledger knows no delivery {key}")
    if row.state is not State.UNCONFIRMED:
        raise LedgerError(f"{key} is {row.state}; only an unconfirmed delivery needs an answer")
    if not published:
        event = Event.ABSENT if row.envelope is not None else Event.REVISE
        return ledger.record(row, Outcome(event=event, now=now, by=by, reason=f"{by} looked and did not find it"))
    remote_id = published.rstrip("/").rsplit("/", 1)[-1]
    receipt = Receipt(remote_id=remote_id, url=published, at=now)
    return ledger.record(row, Outcome(event=Event.CONFIRM, now=now, by=by, receipt=receipt, reason=f"{by} found it"))

"""In a rehearsal nobody follows, so nobody needs to say yes: everything that is planned is approved."""

from amplify.domain.approval import Approval
from amplify.domain.delivery import State
from amplify.ports.clock import Clock
from amplify.ports.ledger import Changed, Ledger


def approve_all(ledger: Ledger, clock: Clock, people: int) -> None:
    """Approve every planned delivery by `people` made-up names. Raises LedgerError."""
    for planned in ledger.deliveries((State.PLANNED,)):
        row = planned
        for number in range(1, people + 1):
            yes = Approval(key=row.key, digest=row.digest, by=f"rehearsal-{number}", at=clock.now(), via="rehearsal")
            try:
                row = ledger.approve(row, yes, enough=lambda stand: len({each.by for each in stand}) >= people)
            except Changed:
                break  # it was edited meanwhile; the next round sees it

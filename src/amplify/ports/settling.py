"""What becomes of a proposal, and what the record says of it: one answer for every ledger. Never the words of a page."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from amplify.domain.proposal import Proposal, ProposalState
from amplify.ports.ledger import LedgerError


def settled(found: Proposal | None, id: int, *, by: str, accepted: bool, reason: str, now: datetime) -> Proposal:
    """The proposal after a person has confirmed or rejected it. Raises LedgerError."""
    if found is None:
        raise LedgerError(f"there is no proposal {id}; `amplify figures list` shows those that wait")
    if not found.is_open:
        raise LedgerError(f"proposal {id} is no longer open: {found.settled_by} has {found.state} it")
    state = ProposalState.CONFIRMED if accepted else ProposalState.REJECTED
    return replace(found, state=state, settled_by=by, settled_at=now, settled_reason=reason)


def line_of(proposal: Proposal) -> Mapping[str, str]:
    """Which number of which figure and day, by whom; and once it is settled, by whom and why that."""
    said = {
        "proposal": str(proposal.id),
        "figure": proposal.figure,
        "number": proposal.version.counted,
        "as_of": proposal.as_of.isoformat(),
        "source": proposal.source.name,
        "by": proposal.settled_by or proposal.by,
        "reason": proposal.reason,
        "corrects": proposal.corrects,
    }
    return said if proposal.is_open else {**said, "proposed_by": proposal.by, "answer": proposal.settled_reason}


def event_of(proposal: Proposal) -> str:
    """What the line is called."""
    return {
        ProposalState.OPEN: "propose",
        ProposalState.CONFIRMED: "confirm_figure",
        ProposalState.REJECTED: "reject_figure",
    }[proposal.state]

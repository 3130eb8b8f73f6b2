"""amplify stop and resume. Anybody stops at once; going on takes as many different people as the rules say."""

from amplify.domain.stop import Stop
from amplify.domain.written import Written
from amplify.ports.clock import Clock
from amplify.ports.ledger import Ledger, LedgerError
from amplify.services.approve import check_name


def stop(
    ledger: Ledger, clock: Clock, *, reason: str, by: str, channel: str = "", except_posts: frozenset[str] = frozenset()
) -> Stop:
    """Anyone may stop: a name that the campaign does not know is no reason to go on publishing."""
    return ledger.stop(reason=reason, by=by, now=clock.now(), channel=channel, except_posts=except_posts)


def resume(ledger: Ledger, clock: Clock, written: Written, *, by: str) -> int:
    """How many different people must still say so. Raises LedgerError."""
    if written.campaign is None:
        raise LedgerError("config/campaign.yaml cannot be used, so nobody knows how many people must resume")
    check_name(by, written)
    return ledger.resume(by=by, now=clock.now(), people=written.campaign.rules.resume)

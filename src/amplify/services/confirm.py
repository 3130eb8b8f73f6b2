"""amplify figures confirm: a person has compared a proposed number with its source; only now the file is written.

The file comes first and the record second: if the machine dies in between, the number is in force, the proposal still
open, and confirming it again only closes it.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime

from amplify.domain.figure import Version, version_id
from amplify.domain.proposal import Proposal
from amplify.domain.written import Written
from amplify.ports.figures_file import CannotWrite, FiguresFile
from amplify.ports.ledger import LedgerError
from amplify.ports.proposals import Proposals
from amplify.services.approve import check_name
from amplify.services.propose import Doubted, doubted, figure_named, propose


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """What became of a person's look: the proposal as it is now, and who may give the yes that is missing, if one is."""

    proposal: Proposal
    others: frozenset[str] = frozenset()

    @property
    def waits(self) -> bool:
        return self.proposal.is_open


def enter(
    new: Proposal, written: Written, ledger: Proposals, file: FiguresFile, *, today: date, definition: str = ""
) -> Looked:
    """Propose a number, and confirm it at once where one person is enough. Raises LedgerError."""
    check_name(new.by, written)
    made = propose(new, written, ledger, today=today, definition=definition)
    found = doubted(figure_named(made.figure, written), made.version, written, today=today)
    if found.needed > 1:
        return Looked(proposal=made, others=_others(made.by, written))
    return confirm(made, written, ledger, file, by=made.by, reason="", now=made.at, today=today)


def confirm(
    made: Proposal,
    written: Written,
    ledger: Proposals,
    file: FiguresFile,
    *,
    by: str,
    reason: str,
    now: datetime,
    today: date,
) -> Looked:
    """A yes to an open proposal. Raises LedgerError, and then the number in force stays."""
    check_name(by, written)
    figure = figure_named(made.figure, written)
    version = _confirmed(made.version, by, reason, now)
    if version_id(figure, version) != version_id(figure):
        found = doubted(figure, version, written, today=today)
        if found.needed > 1 and made.fetched:
            return _take_over(made, written, ledger, by=by, reason=reason, now=now, today=today)
        if found.needed > 1 and made.by == by:
            raise LedgerError(_by_another(by, found, written))
        try:
            file.put(figure, version)
        except CannotWrite as error:
            raise LedgerError(str(error)) from error
    done = ledger.settle(made.id, by=by, accepted=True, reason=reason, now=now)
    _close_older(done, ledger, by=by, now=now)
    return Looked(proposal=done)


def reject(made: Proposal, written: Written, ledger: Proposals, *, by: str, reason: str, now: datetime) -> Looked:
    """A no to an open proposal; the number in force stays. Raises LedgerError."""
    check_name(by, written)
    return Looked(proposal=ledger.settle(made.id, by=by, accepted=False, reason=reason, now=now))


def waiting(what: str, ledger: Proposals) -> Proposal:
    """The open proposal of that number, or the only one of that figure. Raises LedgerError."""
    if what.isdecimal():
        found = [one for one in ledger.proposals() if one.id == int(what)]
    else:
        found = list(ledger.proposals(what))
    if len(found) == 1:
        return found[0]
    if found:
        listed = ", ".join(f"{one.id} ({one.version.counted} of {one.as_of}, by {one.by})" for one in found)
        raise LedgerError(f"{len(found)} numbers wait for {what}: {listed}; say which, by its number")
    ended = [one for one in ledger.proposals(settled=True) if what in (str(one.id), one.figure)]
    last = f"; the last one, {ended[-1].id}, was {ended[-1].state} by {ended[-1].settled_by}" if ended else ""
    raise LedgerError(f"no number waits under {what}{last}; `amplify figures list` shows what waits")


def _confirmed(version: Version, by: str, reason: str, now: datetime) -> Version:
    at = now.replace(second=0, microsecond=0)
    return replace(version, confirmed_by=by, confirmed_at=at, reason=version.reason or reason)


def _take_over(
    made: Proposal, written: Written, ledger: Proposals, *, by: str, reason: str, now: datetime, today: date
) -> Looked:
    """What a source has proposed counts nobody: the first person who looks becomes its proposer."""
    own = propose(
        replace(made, by=by, fetched=False, at=now, reason=made.reason or reason), written, ledger, today=today
    )
    ledger.settle(made.id, by=by, accepted=False, reason=f"{by} has looked, and proposes it as {own.id}", now=now)
    return Looked(proposal=own, others=_others(by, written))


def _close_older(done: Proposal, ledger: Proposals, *, by: str, now: datetime) -> None:
    """What was proposed for the same day or one before it is no longer a question."""
    for one in ledger.proposals(done.figure):
        if one.as_of <= done.as_of:
            ledger.settle(one.id, by=by, accepted=False, reason=f"proposal {done.id} is in force", now=now)


def _others(by: str, written: Written) -> frozenset[str]:
    return (written.campaign.coordinators if written.campaign is not None else frozenset[str]()) - {by}


def _by_another(by: str, found: Doubted, written: Written) -> str:
    others = _others(by, written)
    why = "; ".join(doubt.message for doubt in found.doubts) or "this figure needs two people"
    may = f"{' or '.join(sorted(others))} may" if others else "name another coordinator in config/campaign.yaml first"
    return f"{by} has proposed it, and somebody else must look at it too ({why}): {may}"

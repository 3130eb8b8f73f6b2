"""The part of a ledger in memory that keeps proposals."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from amplify.domain.proposal import Proposal
from amplify.ports.settling import event_of, line_of, settled
from amplify.testing.memory_shelf import OnShelf, alone


class MemoryProposals(OnShelf):
    @alone
    def propose(self, proposal: Proposal) -> Proposal:
        made = replace(proposal, id=len(self.shelf.proposals) + 1)
        self.shelf.proposals.append(made)
        self.shelf.enter(event_of(made), made.at, line_of(made))
        return made

    @alone
    def proposals(self, figure: str = "", *, settled: bool = False) -> Sequence[Proposal]:
        chosen = [one for one in self.shelf.proposals if figure in ("", one.figure)]
        return [one for one in chosen if one.is_open is not settled]

    @alone
    def settle(self, id: int, *, by: str, accepted: bool, reason: str, now: datetime) -> Proposal:
        found = next((one for one in self.shelf.proposals if one.id == id), None)
        done = settled(found, id, by=by, accepted=accepted, reason=reason, now=now)
        self.shelf.proposals[id - 1] = done
        self.shelf.enter(event_of(done), now, line_of(done))
        return done

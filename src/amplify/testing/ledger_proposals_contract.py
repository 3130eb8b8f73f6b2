"""What every ledger promises of numbers that wait for a person."""

from collections.abc import Callable
from contextlib import closing
from datetime import date

import pytest

from amplify.domain.figure import Qualifier, Source
from amplify.domain.proposal import Proposal, ProposalState
from amplify.ports.ledger import Ledger, LedgerError
from amplify.testing.ledger_scenes import NOON


def proposed(figure: str = "lamps", by: str = "editor") -> Proposal:
    return Proposal(
        figure=figure,
        value=1131,
        qualifier=Qualifier.EXACT,
        as_of=date(2027, 5, 20),
        source=Source(name="Wick", url="https://lamps.example/20"),
        by=by,
        at=NOON,
        counted="rows with status=lit",
        reason="many were lit at once",
        doubts=("from 1254 to 1131 is -123",),
        page="https://lamps.example/list",
        breakdown={"red": 12},
        published_on=date(2027, 5, 21),
    )


class ProposalPromises:
    def test_a_proposal_comes_back_as_it_was_made_with_a_number_of_its_own(
        self, ledger: Ledger, open_handle: Callable[[], Ledger]
    ) -> None:
        first, second = ledger.propose(proposed()), ledger.propose(proposed("guests"))
        assert first.id != second.id
        with closing(open_handle()) as again:
            assert list(again.proposals()) == [first, second]
            assert list(again.proposals("guests")) == [second]
        assert not ledger.proposals(settled=True)
        assert ledger.verify() == ""

    @pytest.mark.parametrize(("accepted", "state"), [(True, ProposalState.CONFIRMED), (False, ProposalState.REJECTED)])
    def test_a_person_settles_it_once(self, ledger: Ledger, *, accepted: bool, state: ProposalState) -> None:
        made = ledger.propose(proposed())
        done = ledger.settle(made.id, by="reviewer", accepted=accepted, reason="I looked at the list", now=NOON)
        assert (done.state, done.settled_by, done.settled_at) == (state, "reviewer", NOON)
        assert not ledger.proposals()
        assert list(ledger.proposals("lamps", settled=True)) == [done]
        with pytest.raises(LedgerError, match=f"reviewer has {state}"):
            ledger.settle(made.id, by="editor", accepted=True, reason="", now=NOON)

    def test_nobody_settles_what_was_never_proposed(self, ledger: Ledger) -> None:
        with pytest.raises(LedgerError, match="no proposal 7"):
            ledger.settle(7, by="reviewer", accepted=True, reason="", now=NOON)

    def test_the_record_says_who_proposed_and_who_confirmed(self, ledger: Ledger) -> None:
        made = ledger.propose(proposed())
        ledger.settle(made.id, by="reviewer", accepted=True, reason="I looked", now=NOON)
        asked, said = [line for line in ledger.history() if line.detail.get("figure") == "lamps"]
        assert (asked.event, asked.detail["by"], asked.detail["number"]) == ("propose", "editor", "1131")
        assert (said.event, said.detail["by"], said.detail["proposed_by"]) == ("confirm_figure", "reviewer", "editor")
        assert ledger.verify() == ""

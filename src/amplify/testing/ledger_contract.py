"""Every promise of a ledger. Subclass LedgerContract and give it `open_handle`; green means done.

`open_handle` opens one more handle on the same store each time it is called, as another process would.
"""

from collections.abc import Callable, Iterator
from contextlib import closing
from functools import partial

import pytest

from amplify.domain.delivery import Event
from amplify.domain.picture import PictureLimits
from amplify.domain.rendition import Limits
from amplify.ports.ledger import Busy, Ledger, Outcome
from amplify.testing.ledger_erasing_contract import ErasingPromises
from amplify.testing.ledger_people_contract import PeoplePromises
from amplify.testing.ledger_proposals_contract import ProposalPromises
from amplify.testing.ledger_reaching_contract import ReachingPromises
from amplify.testing.ledger_scenes import ACCOUNT, NOON, lost, named, planned, published, sending
from amplify.testing.ledger_sending_contract import SendingPromises
from amplify.testing.ledger_series_contract import SeriesPromises
from amplify.testing.ledger_spending_contract import SpendingPromises

__all__ = ["LedgerContract"]


class LedgerContract(
    SendingPromises,
    PeoplePromises,
    ErasingPromises,
    ProposalPromises,
    SeriesPromises,
    SpendingPromises,
    ReachingPromises,
):
    @pytest.fixture
    def open_handle(self) -> Callable[[], Ledger]:
        raise NotImplementedError("say how to open one more handle on the store under test")

    @pytest.fixture
    def ledger(self, open_handle: Callable[[], Ledger]) -> Iterator[Ledger]:
        with closing(open_handle()) as ledger:
            yield ledger

    def test_one_worker_holds_a_ledger_until_it_closes(self, ledger: Ledger, open_handle: Callable[[], Ledger]) -> None:
        with closing(open_handle()) as first:
            first.hold("first")
            first.hold("first")
            with pytest.raises(Busy, match="first"):
                ledger.hold("second")
        ledger.hold("second")

    def test_everybody_sees_whether_there_is_a_worker(self, ledger: Ledger, open_handle: Callable[[], Ledger]) -> None:
        assert not ledger.has_worker()
        with closing(open_handle()) as first:
            first.hold("first")
            assert first.has_worker()
            assert ledger.has_worker()
        assert not ledger.has_worker()

    def test_everything_is_there_after_reopening(self, ledger: Ledger, open_handle: Callable[[], Ledger]) -> None:
        published(ledger, named("one"))
        held = planned(ledger, named("two"))
        ledger.record(held, Outcome(event=Event.HOLD, now=NOON, reason="the figure is old"))
        ledger.stop(reason="an arrest", by="editor", now=NOON, channel="", except_posts=frozenset({"safety"}))
        ledger.resume(by="editor", now=NOON, people=2)
        lost(ledger, sending(ledger, named("three")))
        pictures = PictureLimits(most=4, bytes=2_000_000, ratio=20)
        limits = Limits(text=300, unit="graphemes", bytes=3000, caption=100, pictures=pictures, read_at=NOON)
        bind = partial(ledger.bind, "bluesky-en", id=ACCOUNT, name="campaign", url="https://bsky.example")
        bind(limits=limits, traits={"software": "a PDS"}, now=NOON)
        ledger.throttle(ACCOUNT, NOON, NOON)
        before = _all(ledger)
        ledger.close()
        with closing(open_handle()) as again:
            assert _all(again) == before
            assert again.verify() == ""

    def test_a_proof_that_it_can_be_written_changes_nothing(self, ledger: Ledger) -> None:
        published(ledger, named())
        before = _all(ledger)
        ledger.touch()
        assert _all(ledger) == before
        assert ledger.verify() == ""

    def test_the_record_tells_a_delivery_s_life(self, ledger: Ledger) -> None:
        row = published(ledger, named())
        planned(ledger, named("other"))
        lines = ledger.history(row.key)
        assert [line.event for line in lines] == ["create", "approve", "claim", "begin", "confirm"]
        assert lines[1].detail["by"] == "editor"
        assert lines[-1].detail["url"] == "https://mastodon.example/@c/1101"
        assert {line.key for line in lines} == {str(row.key)}
        everything = ledger.history()
        assert [line.seq for line in everything] == list(range(1, len(everything) + 1))
        assert len({line.hash for line in everything}) == len(everything)
        assert ledger.verify() == ""

    def test_the_record_never_holds_the_words(self, ledger: Ledger) -> None:
        row = published(ledger, named())
        assert all(row.text not in said for line in ledger.history() for said in line.detail.values())


def _all(ledger: Ledger) -> tuple[object, ...]:
    return (
        ledger.epoch(),
        ledger.revision(),
        list(ledger.deliveries()),
        list(ledger.stops()),
        dict(ledger.accounts()),
        dict(ledger.approvals([named("one"), named("three")])),
        list(ledger.history()),
    )

"""What every ledger promises of public counts."""

from collections.abc import Callable
from contextlib import closing
from datetime import timedelta

from amplify.ports.ledger import Ledger
from amplify.ports.upkeep import Counts, Measured
from amplify.testing.ledger_scenes import NOON, named, published

LATER = NOON + timedelta(hours=1)
FEW, MORE = Counts(replies=0, boosts=2), Counts(replies=1, boosts=3)


class SeriesPromises:
    def test_counts_come_back_as_they_went(self, ledger: Ledger, open_handle: Callable[[], Ledger]) -> None:
        one, two = named("one"), named("two")
        ledger.count({one: FEW, two: FEW}, now=NOON)
        ledger.count({one: MORE}, now=LATER)
        with closing(open_handle()) as again:
            assert again.measured([one]) == {one: [Measured(at=NOON, counts=FEW), Measured(at=LATER, counts=MORE)]}
            assert again.measured().keys() == {one, two}
        assert ledger.measured([named("three")]) == {}

    def test_what_a_network_does_not_tell_is_not_zero(self, ledger: Ledger) -> None:
        ledger.count({named(): FEW}, now=NOON)
        assert ledger.measured()[named()][0].counts.likes is None

    def test_what_was_measured_stays_as_it_was(self, ledger: Ledger) -> None:
        ledger.count({named(): FEW}, now=NOON)
        ledger.count({named(): MORE}, now=NOON)
        assert [one.counts for one in ledger.measured()[named()]] == [FEW]

    def test_counting_is_no_part_of_the_record_and_holds_nobody_up(self, ledger: Ledger) -> None:
        row = published(ledger, named())
        lines, epoch = ledger.history(), ledger.epoch()
        ledger.count({row.key: FEW}, now=NOON)
        assert (ledger.history(), ledger.epoch(), ledger.delivery(row.key)) == (lines, epoch, row)
        assert ledger.verify() == ""

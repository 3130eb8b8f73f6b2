"""What is read of a ledger while a worker writes belongs together, or is read again."""

import pytest

from amplify.domain.delivery import State
from amplify.ports.ledger import Changed, LedgerError
from amplify.services.one_moment import one_moment
from amplify.testing.ledger_scenes import approved, claimed, named, published
from amplify.testing.memory_ledger import MemoryLedger


class Busy(MemoryLedger):
    """Somebody takes a step whenever the rows have been read, so many times."""

    steps = 0

    def deliveries(self, *said):
        rows = super().deliveries(*said)
        if self.steps:
            self.steps -= 1
            published(self, named(f"late-{self.steps}"), str(self.steps))
        return rows


def test_lines_and_rows_are_of_one_moment():
    ledger = Busy()
    claimed(ledger, approved(ledger, named()))
    ledger.steps = 2
    seen = one_moment(ledger)
    assert len(seen.rows) == 3
    assert {line.key for line in seen.lines if line.key} == set(map(str, seen.rows))
    told = {line.key: line.event for line in seen.lines}
    assert all(told[str(key)] == "confirm" for key, row in seen.rows.items() if row.state is State.PUBLISHED)


def test_a_record_that_never_rests_is_told_so():
    ledger = Busy()
    ledger.steps = 1000
    with pytest.raises(Changed, match="try again"):
        one_moment(ledger)


def test_a_record_that_is_not_whole_is_told_so():
    ledger = MemoryLedger()
    published(ledger, named())
    ledger.shelf.lines.pop(1)
    with pytest.raises(LedgerError, match="was removed"):
        one_moment(ledger)

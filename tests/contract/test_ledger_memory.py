"""The ledger in memory keeps every promise of a ledger."""

from collections.abc import Callable

import pytest

from amplify.ports.ledger import Ledger
from amplify.testing.ledger_contract import LedgerContract
from amplify.testing.memory_ledger import MemoryLedger
from amplify.testing.memory_shelf import Shelf


class TestMemoryLedger(LedgerContract):
    @pytest.fixture
    def open_handle(self) -> Callable[[], Ledger]:
        shelf = Shelf()
        return lambda: MemoryLedger(shelf)

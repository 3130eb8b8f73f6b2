"""What every room of tests may use."""

import pytest

# they live outside of the tests, and shall say as much when they fail
pytest.register_assert_rewrite("amplify.testing.publisher_contract", "amplify.testing.ledger_contract")

pytest_plugins = ["servers.running", "tally"]

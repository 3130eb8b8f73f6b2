"""A small part of the fault bench: every kind of fault on every kind of server, some workers killed, counted on the walls.

`make chaos` plays all of it; docs/faults.md tells what came of it.
"""

import asyncio
import gc
import warnings
from collections.abc import Mapping

import pytest
from bench.chaos.bill import bill
from bench.chaos.reals import NAMES
from bench.chaos.show import show
from bench.chaos.verdicts import Outcome, Verdict

from servers.bluesky import Pds
from servers.mastodon import MastodonMock

FAULTS = (
    "SIGKILL at “begun”",
    "SIGKILL at “answered”",
    "SIGKILL at any instant",
    "SIGKILL inside a request unread",
    "SIGKILL inside a request unanswered",
    "SIGKILL inside a request that lands late",
    "SIGKILL at “looked”",
    "SIGKILL at “replaying”",
    "SIGKILL at “replay answered”",
    "dropped before it was read",
    "answer lost, connection reset",
    "lands after the time-out",
    "burst of 500",
    "half an answer",
    "servers restart",
    "outage of ten minutes, 5 allowed",
    "token revoked",
    "disk full",
    "ledger locked",
    "ledger read-only",
    "ledger removed",
    "clock leaps seven hours and back",
    "laptop sleeps before a request",
)
#: Who is killed inside a request, and whose account is refused from then on, cannot look at it either.
NOT_LOOKED_AT = frozenset({"token revoked"})
#: Enough to fill the quarantines, which nobody can hurry; more would take the processors from the tests beside it.
AT_ONCE = 4


def played(servers: list) -> Mapping[str, Outcome]:
    cells = [cell for cell in bill() if cell.fault in FAULTS]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)  # who is killed leaves half a connection to the collector
        outcomes = asyncio.run(show(cells, servers, seed=1, small=True, at_once=AT_ONCE, tell=print))
        gc.collect()
    return {outcome.fault: outcome for outcome in outcomes}


@pytest.fixture(scope="module")
def outcomes(pds: Pds, mastodon_mock: MastodonMock) -> Mapping[str, Outcome]:
    return played([(NAMES["mastodon-mock"], mastodon_mock), (NAMES["pds"], pds)])


@pytest.mark.real
@pytest.mark.parametrize("fault", FAULTS)
def test_nothing_is_public_twice_and_nothing_is_lost(outcomes: Mapping[str, Outcome], fault: str) -> None:
    outcome = outcomes[fault]
    assert outcome.wrong == ()
    assert (outcome.total[Verdict.TWICE], outcome.total[Verdict.LOST]) == (0, 0)


@pytest.mark.real
def test_only_telegram_asks_where_an_account_can_be_looked_at(outcomes: Mapping[str, Outcome]) -> None:
    for outcome in outcomes.values():
        asking = {server for server, counts in outcome.counts.items() if counts[Verdict.ASKED]}
        assert asking <= {"Telegram"} or outcome.fault in NOT_LOOKED_AT, outcome.fault

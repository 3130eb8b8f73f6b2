"""Who is told, a trial of it, and a worker that cannot begin: as typed, each in a process of its own."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from worker.switchboard import Switchboard, switchboard

CANARY = "canary-5d3f"
AFTER_THE_SLOT = datetime(2027, 5, 19, 7, 5, tzinfo=UTC)


@pytest.fixture
def board() -> Iterator[Switchboard]:
    with switchboard() as board:
        yield board


@pytest.fixture
def addresses(board: Switchboard) -> dict[str, str]:
    here = f"127.0.0.1:{board.port}"
    return {"AMPLIFY_NOTICES": f"json://{here}/good/{CANARY} json://{here}/bad/{CANARY}"} | {
        "AMPLIFY_HEARTBEAT": f"http://{here}/{CANARY}"
    }


def test_nobody_is_told_and_it_says_so(town, process) -> None:
    said = process("notices", "--campaign", str(town.root))
    assert said.code == 0
    assert "nobody is told when something needs a hand" in said.out
    assert "nobody is told when the worker falls silent" in said.out
    assert process("notices", "--test", "--campaign", str(town.root)).code == 1


def test_a_trial_says_of_each_address_whether_it_arrived_and_shows_none(town, process, board, addresses) -> None:
    said = process("notices", "--test", "--campaign", str(town.root), **addresses)
    assert said.code == 1
    assert said.out.splitlines() == [
        "Address 1 (json): it arrived.",
        "Address 2 (json): it did not arrive: the service answered 503.",
        "The heartbeat: it arrived.",
    ]
    (trial,) = board.notices
    assert trial["title"] == "Lantern Night: a trial"
    assert board.beats == 1
    assert CANARY not in said.out + said.err
    told = process("notices", "--json", "--campaign", str(town.root), **addresses)
    assert [each["name"] for each in told.json["notices"]] == [
        "Address 1 (json)",
        "Address 2 (json)",
        "The heartbeat",
    ]
    assert CANARY not in told.out


def test_a_worker_that_cannot_begin_tells_why_once_however_often_it_is_started(town, process, board) -> None:
    (town.root / "var" / "amplify.db").write_text("this is no ledger, and long enough to be none" * 40)
    address = {"AMPLIFY_NOTICES": f"json://127.0.0.1:{board.port}/all/{CANARY}"}
    for _ in range(2):
        said = process("run", "--once", "--campaign", str(town.root), **address)
        assert said.code == 1
        assert CANARY not in said.out + said.err
    (notice,) = board.notices
    assert notice["title"] == "Lantern Night: the ledger cannot be used"
    assert "is not a ledger" in notice["message"]


def test_status_says_so_when_something_is_due_and_no_worker_runs(applied) -> None:
    for by in ("editor", "reviewer"):
        applied.json("approve", "morning", "--by", by, "--yes")
    assert applied.json("status")["unattended"] == 0
    applied.set_clock(AFTER_THE_SLOT)
    assert applied.json("status")["unattended"] == 1
    assert "NO WORKER RUNS HERE, and 1 delivery is due: start `amplify run`." in applied.amplify("status").out

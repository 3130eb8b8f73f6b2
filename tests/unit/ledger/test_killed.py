"""A process that is killed at the worst moment leaves a ledger that is whole, and says what it knows."""

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from amplify.domain.delivery import State
from amplify.ledger import open_ledger
from amplify.ports.ledger import Busy, Ledger
from amplify.testing.ledger_scenes import NOON, approved, look, named

#: A worker that kills itself: between claim and begin, inside begin (after a write, before the commit), or after it.
WORKER = """
import os, signal, sys
from sqlalchemy import Engine, event
from amplify.ledger import open_ledger
from amplify.testing.ledger_scenes import begin, claimed, look, named

def die(*_):
    os.kill(os.getpid(), signal.SIGKILL)

def die_after(table):
    def look_at(_connection, _cursor, statement, *_):
        if statement.startswith(table):
            die()
    return look_at

url, moment = sys.argv[1:]
ledger = open_ledger(url, campaign="a")
ledger.hold("doomed")
row = claimed(ledger, look(ledger, named()))
epoch = ledger.epoch()
if moment == "claimed":
    die()
if moment in ("UPDATE delivery", "INSERT INTO history", "UPDATE campaign"):
    event.listen(Engine, "after_cursor_execute", die_after(moment))
if moment == "commit":
    event.listen(Engine, "commit", die)
begin(ledger, row, epoch=epoch)
die()
"""
HOLDER = """
import sys
from amplify.ledger import open_ledger

ledger = open_ledger(sys.argv[1], campaign="a")
ledger.hold("holder")
print("holding", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path}/amplify.db"


@pytest.fixture
def ledger(url: str) -> Iterator[Ledger]:
    with closing(open_ledger(url, campaign="a")) as ledger:
        yield ledger


@pytest.mark.parametrize(
    ("moment", "left", "found"),
    [
        ("claimed", State.CLAIMED, State.APPROVED),
        ("UPDATE delivery", State.CLAIMED, State.APPROVED),
        ("INSERT INTO history", State.CLAIMED, State.APPROVED),
        ("UPDATE campaign", State.CLAIMED, State.APPROVED),
        ("commit", State.CLAIMED, State.APPROVED),
        ("begun", State.SENDING, State.UNCONFIRMED),
    ],
)
def test_a_killed_worker_leaves_a_whole_ledger(ledger: Ledger, url: str, moment: str, left: State, found: State):
    ticket = approved(ledger, named()).ticket
    worker = subprocess.run([sys.executable, "-c", WORKER, url, moment], check=False, capture_output=True, text=True)
    assert worker.returncode == -signal.SIGKILL, worker.stderr
    row = look(ledger, named())
    assert (row.state, row.ticket, row.envelope is not None) == (left, ticket, left is State.SENDING)
    assert ledger.verify() == ""
    ledger.hold("next")
    (after,) = ledger.expire(worker="next", machine=NOON, now=NOON)
    assert (after.state, after.worker) == (found, "")
    assert ledger.verify() == ""


@contextmanager
def holding(url: str) -> Iterator[subprocess.Popen[str]]:
    """Another process that is the worker."""
    command = [sys.executable, "-c", HOLDER, url]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "holding\n"
        yield process
        process.kill()


def test_a_second_worker_is_told_which_process_has_the_ledger(ledger: Ledger, url: str):
    with holding(url) as first:
        with pytest.raises(Busy) as said:
            ledger.hold("second")
        assert re.findall(r"\d+", str(said.value)) == [str(first.pid)]
        assert "holder" in str(said.value)
        os.kill(first.pid, signal.SIGKILL)
        first.wait()
        ledger.hold("second")

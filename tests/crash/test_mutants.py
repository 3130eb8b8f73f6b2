"""Every way by which nothing is posted twice is held by a test: taken away in a copy, that test falls."""

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from shutil import copytree, ignore_patterns

import pytest

PROJECT = Path(__file__).parents[2]
REQUEST = "await publisher.publish(sealed.envelope, sealed.pictures)"
PROMISES = "tests/worker/test_promises.py"
EDITS = "tests/contract/test_edits.py"


@dataclass(frozen=True, kw_only=True)
class Mutant:
    """`changes`: in which file, what stands there, and what stands there in the mutant. `test` must not survive it."""

    changes: tuple[tuple[str, str, str], ...]
    test: str


MUTANTS = {
    "the quarantine is removed": Mutant(
        changes=(
            (
                "services/reconcile.py",
                "return since is not None and desk.clock.machine() >= since",
                "return since is not None",
            ),
        ),
        test=f"{PROMISES}::test_a_request_that_lands_late_is_waited_for",
    ),
    "what was being sent is released when its lease ends": Mutant(
        changes=(
            (
                "ledger/sending.py",
                'event, reason, lost_at = Event.LOSE_SIGHT, "the worker ended while the request was on its way", machine',
                'event, reason, lost_at = Event.NOT_SENT, "free again", None',
            ),
        ),
        test="tests/contract/test_ledger_sqlite.py::TestSqliteLedger::test_leases_of_workers_that_are_gone_are_void",
    ),
    "BEGIN is recorded after the request": Mutant(
        changes=(
            (
                "services/deliver.py",
                "    try:\n        begun = await asyncio.to_thread(\n",
                f"    receipt = {REQUEST}\n    try:\n        begun = await asyncio.to_thread(\n",
            ),
            (
                "services/deliver.py",
                "await send(begun, sealed.envelope, publisher, desk, sealed.pictures, patience)",
                "await _keep(desk, begun, Outcome(event=Event.CONFIRM, now=desk.clock.now(), receipt=receipt))",
            ),
        ),
        test=f"{PROMISES}::test_a_request_is_on_record_before_it_leaves",
    ),
    "the nonce is new whenever the envelope is": Mutant(
        changes=(
            (
                "services/seal.py",
                "publisher.prepare(rendition, row.ticket,",
                "publisher.prepare(rendition, replace(row.ticket, nonce=str(desk.clock.machine())),",
            ),
        ),
        test=f"{PROMISES}::test_a_request_that_lands_even_later_is_known_by_its_ticket",
    ),
    "the stops are read once for all posts of a lane": Mutant(
        changes=(
            ("services/weigh.py", "stops=facts.stops,", "stops=_ONCE.setdefault(id(desk), facts.stops),"),
            ("services/weigh.py", "async def weigh(", "_ONCE = {}\n\n\nasync def weigh("),
            ("services/deliver.py", "epoch=weighed.facts.epoch,", "epoch=desk.ledger.epoch(),"),
        ),
        test=f"{PROMISES}::test_a_stop_is_heard_between_two_posts_of_one_lane",
    ),
    "a text is cut anew although a part of it is public": Mutant(
        changes=(("domain/torn.py", "if public is None or part.text is None or not part.cut:", "if True:"),),
        test="tests/unit/services/test_splitting.py::test_a_figure_that_grows_moves_no_end_once_a_part_is_public",
    ),
    "Mastodon: an edit is published as a new post": Mutant(
        changes=(("publishers/mastodon_account.py", "edits = is_edit(rendition)", "edits = False"),),
        test=f"{EDITS}::TestMastodonEdits::test_an_edit_changes_the_words_of_the_one_post_there_is",
    ),
    "Telegram: an edit is published as a new post": Mutant(
        changes=(("publishers/telegram_chat.py", "parents), is_edit(rendition)", "parents), False"),),
        test=f"{EDITS}::TestTelegramEdits::test_an_edit_changes_the_words_of_the_one_post_there_is",
    ),
    "an edit does not wait for one that may still arrive": Mutant(
        changes=(("services/company.py", "if other := _unsettled(wanted, copy, desk):", 'if other := "":'),),
        test="tests/worker/test_corrections.py::test_an_edit_that_arrives_only_when_a_newer_one_is_due_is_waited_for",
    ),
}


@pytest.mark.parametrize("name", MUTANTS)
def test_a_way_that_is_taken_away_is_missed(tmp_path: Path, name: str) -> None:
    mutant = MUTANTS[name]
    copytree(PROJECT / "src", tmp_path / "src", ignore=ignore_patterns("__pycache__"))
    for file, there, instead in mutant.changes:
        path = tmp_path / "src" / "amplify" / file
        text = path.read_text()
        assert text.count(there) == 1, f"{file} has changed; say anew what “{name}” means"
        path.write_text(text.replace(there, instead))
    told = _run(mutant.test, tmp_path / "src")
    assert told.returncode == 1, told.stdout
    assert "1 failed" in told.stdout, told.stdout


def _run(test: str, source: Path) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", test]
    environ = {**os.environ, "PYTHONPATH": str(source), "PYTHONDONTWRITEBYTECODE": "1"}
    return subprocess.run(command, cwd=PROJECT, env=environ, capture_output=True, text=True, check=False, timeout=120)

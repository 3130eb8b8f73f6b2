"""However long the queue is, the send path looks things up and never reads through a table."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import event

from amplify.domain.delivery import Event, State
from amplify.ledger.migrations import released
from amplify.ledger.sqlite import SqliteLedger
from amplify.ports.ledger import Outcome
from amplify.testing.ledger_scenes import ACCOUNT, NOON, approved, begin, claimed, named, new, receipt, take_in

LONG = ("delivery", "history", "approval", "revision")


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[SqliteLedger]:
    with closing(SqliteLedger(tmp_path / "a.db", campaign="a", steps=released(), patience=timedelta(0))) as ledger:
        take_in(ledger, [new(named(f"post-{number}")) for number in range(300)])
        yield ledger


@contextmanager
def statements(ledger: SqliteLedger) -> Iterator[list[tuple[str, object]]]:
    """What is sent to the database inside."""
    seen: list[tuple[str, object]] = []

    def listen(_connection, _cursor, statement, parameters, _context, _many):
        seen.append((statement, parameters))

    event.listen(ledger._engine, "before_cursor_execute", listen)
    try:
        yield seen
    finally:
        event.remove(ledger._engine, "before_cursor_execute", listen)


def plans(ledger: SqliteLedger, seen: list[tuple[str, object]]) -> list[str]:
    with ledger._engine.connect() as connection:
        return [
            row.detail
            for statement, parameters in seen
            if statement.split()[0] in {"SELECT", "UPDATE"}
            for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
        ]


def assert_looked_up(plan: list[str]) -> None:
    assert plan
    assert not [step for step in plan if step.startswith("SCAN") and any(f" {table}" in step for table in LONG)], plan


def test_the_next_one_due_comes_out_of_the_index_in_order(ledger: SqliteLedger):
    first = approved(ledger, named("first"))
    with statements(ledger) as seen:
        assert ledger.next_due(["mastodon-en", "mastodon-de"], NOON, [named("post-1")]) == first
    plan = plans(ledger, seen)
    assert_looked_up(plan)
    assert not [step for step in plan if "TEMP B-TREE" in step]
    assert any("delivery_lane" in step for step in plan)


def test_facts_and_every_step_of_a_send_are_looked_up(ledger: SqliteLedger):
    row = approved(ledger, named("first"))
    with statements(ledger) as seen:
        ledger.facts(row.key, ACCOUNT, NOON)
        row = begin(ledger, claimed(ledger, row))
        ledger.record(row, Outcome(event=Event.CONFIRM, now=NOON, receipt=receipt()))
    plan = plans(ledger, seen)
    assert_looked_up(plan)
    assert any("delivery_sent" in step for step in plan)


def test_what_is_overdue_is_looked_up(ledger: SqliteLedger):
    with statements(ledger) as seen:
        ledger.deliveries((State.PLANNED, State.APPROVED, State.HELD), NOON)
    plan = plans(ledger, seen)
    assert_looked_up(plan)
    assert any("delivery_due" in step for step in plan)


def test_claim_begin_and_record_are_three_commits(ledger: SqliteLedger):
    row = approved(ledger, named("first"))
    epoch = ledger.epoch()
    commits = []
    event.listen(ledger._engine, "commit", commits.append)
    row = begin(ledger, claimed(ledger, row), epoch=epoch)
    ledger.record(row, Outcome(event=Event.CONFIRM, now=NOON, receipt=receipt()))
    assert len(commits) == 3

"""Schemas: the scripts and the tables agree, and an older file is copied before it is changed."""

import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import create_engine, inspect

from amplify.domain.chain import START, seal, words
from amplify.ledger.migrations import released
from amplify.ledger.schema import metadata
from amplify.ledger.sqlite import SqliteLedger
from amplify.ports.ledger import LedgerError
from amplify.testing.ledger_scenes import NOON, approved, named, planned

NEXT = (*released(), "ALTER TABLE campaign ADD COLUMN motto TEXT;\n")


def opened(file: Path, steps: tuple[str, ...]) -> SqliteLedger:
    return SqliteLedger(file, campaign="a", steps=steps, patience=timedelta(0))


def columns(file: Path, table: str) -> list[str]:
    with closing(sqlite3.connect(file)) as raw:
        return [row[1] for row in raw.execute(f"PRAGMA table_info({table})")]


def test_the_scripts_make_the_tables_that_the_code_sees(tmp_path: Path):
    opened(tmp_path / "a.db", tuple(released())).close()
    engine = create_engine(f"sqlite:///{tmp_path}/a.db")
    with engine.connect() as connection:
        seen = inspect(connection)
        made = {
            table: [(column["name"], str(column["type"]), column["nullable"]) for column in seen.get_columns(table)]
            for table in seen.get_table_names()
        }
    engine.dispose()
    for name, table in metadata.tables.items():
        told = [(c.name, c.type.compile(), bool(c.nullable) or c.primary_key) for c in table.columns]
        keys = {c.name for c in table.primary_key}
        assert [(n, kind, nullable or n in keys) for n, kind, nullable in made[name]] == told
    assert set(made) == set(metadata.tables)


def test_a_file_of_an_older_schema_is_copied_and_then_brought_forward(tmp_path: Path):
    file = tmp_path / "amplify.db"
    with closing(opened(file, tuple(released()))) as ledger:
        row = planned(ledger, named())
    with closing(opened(file, NEXT)) as ledger:
        assert ledger.delivery(row.key) == row
        assert ledger.verify() == ""
    copy = tmp_path / f"amplify.db.before-{len(NEXT)}"
    assert "motto" in columns(file, "campaign")
    assert "motto" not in columns(copy, "campaign")
    assert copy.stat().st_mode & 0o777 == 0o600
    with closing(opened(copy, tuple(released()))) as ledger:
        assert ledger.delivery(row.key) == row


def test_what_an_older_amplify_has_written_is_adopted_and_from_then_on_every_change_is_found(tmp_path: Path):
    """Its lines said nothing of rows."""
    file = tmp_path / "amplify.db"
    with closing(opened(file, tuple(released()))) as ledger:
        row = approved(ledger, named())
        ledger.stop(reason="an arrest", by="editor", now=NOON, channel="", except_posts=frozenset())
    _as_of_an_older_amplify(file)
    with closing(opened(file, tuple(released()))) as ledger:
        assert ledger.verify() == ""
        assert [line.event for line in ledger.history()][-2:] == ["adopt", "adopt"]
        assert ledger.revoke(row.key, by="editor", now=NOON).text == row.text
        assert ledger.verify() == ""
    with closing(sqlite3.connect(file)) as raw, raw:
        raw.execute("UPDATE stop SET reason = 'none'")
    with closing(opened(file, tuple(released()))) as ledger:
        assert "the stop 1 was changed" in ledger.verify()


def _as_of_an_older_amplify(file: Path) -> None:
    """Lines that say nothing of rows, chained anew."""
    with closing(sqlite3.connect(file)) as raw, raw:
        raw.row_factory = sqlite3.Row
        triggers = raw.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for name, _ in triggers:
            raw.execute(f"DROP TRIGGER {name}")
        previous = START
        for row in raw.execute("SELECT * FROM history ORDER BY seq").fetchall():
            kept = {name: row[name] for name in ("seq", "key", "event", "before", "after", "at", "salt")}
            line = seal(words(row["content"]), **kept, previous=previous)
            said = (line.content, line.digest, line.previous, line.hash, line.seq)
            raw.execute("UPDATE history SET content = ?, digest = ?, previous = ?, hash = ? WHERE seq = ?", said)
            previous = line.hash
        raw.execute("UPDATE campaign SET last_hash = ?", [previous])
        for _, made in triggers:
            raw.execute(made)
        for later in ("proposal", "measurement", "spending", "word", "away"):
            raw.execute(f"DROP TABLE {later}")
        raw.execute("ALTER TABLE account DROP COLUMN traits")
        raw.execute("PRAGMA user_version = 3")


def test_a_file_is_not_copied_when_it_is_new_or_up_to_date(tmp_path: Path):
    for _ in range(2):
        opened(tmp_path / "amplify.db", NEXT).close()
    assert [path.name for path in tmp_path.iterdir()] == ["amplify.db"]


def test_the_older_code_then_leaves_it_alone(tmp_path: Path):
    opened(tmp_path / "amplify.db", NEXT).close()
    with pytest.raises(LedgerError, match="newer amplify"):
        opened(tmp_path / "amplify.db", tuple(released()))


def test_a_step_that_fails_leaves_the_file_as_it_was(tmp_path: Path):
    file = tmp_path / "amplify.db"
    with closing(opened(file, tuple(released()))) as ledger:
        row = planned(ledger, named())
    broken = f"{NEXT[-1]}CREATE TABLE campaign (one);\n"
    with pytest.raises(Exception, match="already exists"):
        opened(file, (*released(), broken))
    with closing(opened(file, tuple(released()))) as ledger:
        assert ledger.delivery(row.key) == row

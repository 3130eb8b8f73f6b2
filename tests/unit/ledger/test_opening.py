"""Opening a ledger: what is made, and what is refused with a sentence."""

import sqlite3
import stat
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import timedelta
from pathlib import Path

import pytest

from amplify.ledger import open_ledger
from amplify.ledger.failures import told
from amplify.ledger.migrations import released
from amplify.ledger.sqlite import SqliteLedger
from amplify.ports.ledger import LedgerError
from amplify.testing.ledger_scenes import named, planned


def url(file: Path) -> str:
    return f"sqlite:///{file}"


@contextmanager
def refused(file: Path, words: str) -> Iterator[None]:
    with pytest.raises(LedgerError) as said:
        yield
    assert words in str(said.value)
    assert str(file) in str(said.value)
    assert "sqlite3" not in str(said.value)


def test_folder_and_files_are_for_their_owner_alone(tmp_path: Path):
    file = tmp_path / "new" / "var" / "amplify.db"
    with closing(open_ledger(url(file), campaign="a")) as ledger:
        planned(ledger, named())
        ledger.hold("first")
        modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in file.parent.iterdir()}
    assert set(modes) == {"amplify.db", "amplify.db-wal", "amplify.db-shm", "amplify.db.worker"}
    assert set(modes.values()) == {0o600}


def test_every_commit_is_on_disk_before_it_is_believed(tmp_path: Path):
    ledger = SqliteLedger(tmp_path / "a.db", campaign="a", steps=released(), patience=timedelta(0))
    with closing(ledger), ledger._engine.begin() as connection:
        names = ("journal_mode", "synchronous", "foreign_keys")
        settings = [connection.exec_driver_sql(f"PRAGMA {name}").scalar_one() for name in names]
    assert settings == ["wal", 2, 1]


def test_one_ledger_belongs_to_one_campaign(tmp_path: Path):
    file = tmp_path / "a.db"
    open_ledger(url(file), campaign="Day of Solidarity").close()
    with refused(file, "belongs to the campaign “Day of Solidarity”"):
        open_ledger(url(file), campaign="Another")
    open_ledger(url(file), campaign="Day of Solidarity").close()


def test_a_newer_ledger_is_left_alone(tmp_path: Path):
    file = tmp_path / "a.db"
    open_ledger(url(file), campaign="a").close()
    with closing(sqlite3.connect(file)) as raw:
        raw.execute("PRAGMA user_version = 99")
    with refused(file, "newer amplify"):
        open_ledger(url(file), campaign="a")


def test_a_file_that_is_no_database_is_left_alone(tmp_path: Path):
    file = tmp_path / "a.db"
    file.write_text("posts and more posts\n" * 100)
    with refused(file, "no database"):
        open_ledger(url(file), campaign="a")
    assert file.read_text().startswith("posts and more posts")


def test_somebody_else_s_database_is_left_alone(tmp_path: Path):
    file = tmp_path / "a.db"
    with closing(sqlite3.connect(file)) as raw:
        raw.execute("CREATE TABLE address (name TEXT)")
    with refused(file, "no ledger of amplify"):
        open_ledger(url(file), campaign="a")


def test_a_folder_in_place_of_the_file_is_said_so(tmp_path: Path):
    with refused(tmp_path, "cannot be opened"):
        open_ledger(url(tmp_path), campaign="a")


def test_a_file_in_place_of_the_folder_is_said_so(tmp_path: Path):
    (tmp_path / "var").write_text("")
    with refused(tmp_path / "var" / "a.db", "cannot be opened"):
        open_ledger(url(tmp_path / "var" / "a.db"), campaign="a")


def test_a_ledger_in_use_for_long_is_said_so(tmp_path: Path):
    file = tmp_path / "a.db"
    open_ledger(url(file), campaign="a").close()
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with refused(file, "in use by another program"):
            SqliteLedger(file, campaign="a", steps=released(), patience=timedelta(milliseconds=50))


def test_a_read_only_file_is_said_so(tmp_path: Path):
    file = tmp_path / "a.db"
    open_ledger(url(file), campaign="a").close()
    with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as raw, refused(file, "only be read"), told(file):
        raw.execute("CREATE TABLE more (x)")


def test_a_full_disk_is_said_so_and_nothing_is_written(tmp_path: Path):
    file = tmp_path / "a.db"
    with closing(SqliteLedger(file, campaign="a", steps=released(), patience=timedelta(0))) as ledger:
        planned(ledger, named("one"))
        with ledger._engine.connect() as connection:
            pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
            connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
        with refused(file, "disk is full"):
            for number in range(200):
                planned(ledger, named(f"post-{number}"))
        assert ledger.verify() == ""
        assert ledger.revision_id() == len(ledger.deliveries())


@pytest.mark.parametrize(
    "address", ["postgresql://someone:hunter2@db.example/amplify", "postgresql+psycopg://db/amplify"]
)
def test_postgresql_is_not_there_yet_and_its_password_is_not_repeated(address: str):
    with pytest.raises(LedgerError, match="not supported yet; use sqlite:///") as said:
        open_ledger(address, campaign="a")
    assert "hunter2" not in str(said.value)


@pytest.mark.parametrize("address", ["", "var/amplify.db", "sqlite:///", "mysql://someone:hunter2@db/amplify"])
def test_an_address_that_cannot_be_read_is_said_so(address: str):
    with pytest.raises(LedgerError, match="sqlite:///var/amplify.db") as said:
        open_ledger(address, campaign="a")
    assert "hunter2" not in str(said.value)


def test_looking_at_the_room_loads_no_database_library():
    told = "import sys, amplify.ledger; sys.exit('sqlalchemy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", told], check=False).returncode == 0


def test_a_worker_s_lock_that_cannot_be_made_is_said_so(tmp_path: Path):
    file = tmp_path / "a.db"
    (tmp_path / "a.db.worker").mkdir()
    with closing(open_ledger(url(file), campaign="a")) as ledger, refused(file, "cannot be opened"):
        ledger.hold("first")

"""Stamps: the same as long as nothing was written, another one or none as soon as something was."""

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from amplify.config import stamps


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "day.yaml"
    path.write_text("one lamp")
    return path


def later(*paths: Path) -> float:
    """A time at which none of them is fresh."""
    return max(path.stat().st_ctime for path in paths) + 60


def test_files_that_rest_have_one_stamp(file: Path) -> None:
    assert stamps.files([file], later(file)) == stamps.files([file], later(file) + 60) != ""


def test_a_fresh_file_has_none(file: Path) -> None:
    assert stamps.files([file], file.stat().st_ctime + 1) == ""


@pytest.mark.parametrize(
    "write",
    [
        lambda path: path.write_text("two lamps"),
        lambda path: path.write_text("two lamp"),
        lambda path: path.rename(path.with_name("night.yaml")),
        lambda path: (path.with_suffix(".new").write_text("one lamq"), path.with_suffix(".new").replace(path)),
    ],
)
def test_whatever_is_written_changes_the_stamp_also_where_the_time_is_put_back(file: Path, write) -> None:
    found, before = file.stat(), stamps.files([file], later(file))
    write(file)
    (written,) = file.parent.iterdir()
    os.utime(written, ns=(found.st_atime_ns, found.st_mtime_ns))
    assert stamps.files([written], later(written)) != before


def test_a_ledger_that_is_not_there_is_not_one_that_is(tmp_path: Path) -> None:
    assert stamps.ledger(tmp_path / "amplify.db", 0) == ""


def test_every_commit_to_the_ledger_changes_its_stamp(tmp_path: Path) -> None:
    path = tmp_path / "amplify.db"
    log = Path(f"{path}-wal")
    with sqlite3.connect(path) as ledger:
        ledger.execute("pragma journal_mode=wal")
        ledger.execute("create table lamps (name text)")
        ledger.commit()
        seen = {stamps.ledger(path, later(path, log))}
        for number in range(5):
            ledger.execute("insert into lamps values (?)", [f"lamp {number}"])
            ledger.commit()
            seen.add(stamps.ledger(path, later(path, log)))
        assert len(seen) == 6
        assert stamps.ledger(path, log.stat().st_mtime) is None
    ledger.close()


def test_looking_takes_no_lock_from_who_has_the_ledger_open(tmp_path: Path) -> None:
    """Another process that closes it would take itself for the last one, and remove the log under us."""
    path = tmp_path / "amplify.db"
    log = Path(f"{path}-wal")
    with closing(sqlite3.connect(path)) as ledger:
        ledger.execute("pragma journal_mode=wal")
        ledger.execute("create table lamps (name text)")
        stamps.ledger(path, later(path, log))
        reads = "import sqlite3, sys; c = sqlite3.connect(sys.argv[1]); c.execute('select * from lamps'); c.close()"
        subprocess.run([sys.executable, "-c", reads, path], check=True)
        assert log.exists()


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """In the place of amplify's own: nobody else writes here."""
    folder = tmp_path / "amplify"
    (folder / "config" / "__pycache__").mkdir(parents=True)
    (folder / "config" / "lamp.py").write_text("lit = 1")
    return folder


def test_the_program_is_the_same_until_it_is_edited(package: Path) -> None:
    before = stamps.program(package)
    assert stamps.program(package) == before
    (package / "config" / "lamp.py").write_text("lit = 10")
    assert stamps.program(package) != before


def test_what_another_python_compiles_meanwhile_is_no_edit(package: Path) -> None:
    before = stamps.program(package)
    (package / "config" / "__pycache__" / "lamp.cpython-311.pyc.140234").write_bytes(b"")
    assert stamps.program(package) == before

"""The files of a ledger are removed, moved or replaced while it is open: nothing is written where nobody will find it."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from amplify.ledger import back_up, open_ledger, restore
from amplify.ports.ledger import Busy, Ledger, LedgerError
from amplify.testing.ledger_scenes import NOON, approved, begin, claimed, look, named, planned, yes


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "var" / "amplify.db"


def opened(file: Path) -> Ledger:
    return open_ledger(f"sqlite:///{file}", campaign="a")


@pytest.fixture
def ledger(file: Path) -> Iterator[Ledger]:
    with closing(opened(file)) as ledger:
        approved(ledger, named())
        yield ledger


def removed(file: Path) -> None:
    file.unlink()


def all_removed(file: Path) -> None:
    shutil.rmtree(file.parent)


def journal_removed(file: Path) -> None:
    file.with_name("amplify.db-wal").unlink()


def index_removed(file: Path) -> None:
    file.with_name("amplify.db-shm").unlink()


def moved(file: Path) -> None:
    file.rename(file.with_name("elsewhere.db"))


def replaced(file: Path) -> None:
    """By a file with the same name and the same content, as tools that synchronise folders do it."""
    copy = file.with_name("copy")
    shutil.copyfile(file, copy)
    copy.replace(file)


@pytest.mark.parametrize("loss", [removed, all_removed, journal_removed, index_removed, moved, replaced])
def test_nothing_begins_in_a_file_that_is_no_longer_there(ledger: Ledger, file: Path, loss: Callable[[Path], None]):
    row = claimed(ledger, look(ledger, named()))
    epoch = ledger.epoch()
    loss(file)
    with pytest.raises(LedgerError, match="was removed or replaced") as said:
        begin(ledger, row, epoch=epoch)
    assert str(file) in str(said.value)
    assert "amplify restore" in str(said.value)


@pytest.mark.parametrize("loss", [removed, all_removed, moved])
def test_nothing_is_decided_by_a_file_that_is_no_longer_there(ledger: Ledger, file: Path, loss: Callable[[Path], None]):
    row = look(ledger, named())
    loss(file)
    with pytest.raises(LedgerError, match="was removed or replaced"):
        ledger.facts(row.key, "", NOON)
    with pytest.raises(LedgerError, match="was removed or replaced"):
        ledger.next_due([row.key.channel], NOON)
    with pytest.raises(LedgerError, match="was removed or replaced"):
        ledger.touch()
    assert not file.exists()


def test_what_was_written_into_a_file_that_went_away_meanwhile_is_not_believed(ledger: Ledger, file: Path):
    """The file goes away inside the transaction: between the yes and the question whether it is enough."""
    row = planned(ledger, named("second"))

    def enough(_: object) -> bool:
        removed(file)
        return True

    with pytest.raises(LedgerError, match="was removed or replaced"):
        ledger.approve(row, yes(row), enough=enough)


def test_a_file_that_comes_back_is_used_again(ledger: Ledger, file: Path):
    aside = file.with_name("elsewhere.db")
    file.rename(aside)
    with pytest.raises(LedgerError):
        ledger.touch()
    aside.rename(file)
    claimed(ledger, look(ledger, named()))
    assert ledger.verify() == ""


def test_no_new_ledger_is_made_while_a_worker_holds_the_one_that_is_gone(ledger: Ledger, file: Path):
    ledger.hold("at work")
    removed(file)
    with pytest.raises(LedgerError, match="removed under a worker that still runs"):
        opened(file)
    assert not file.exists()


def test_a_worker_whose_lock_was_removed_takes_it_again(ledger: Ledger, file: Path):
    ledger.hold("at work")
    file.with_name("amplify.db.worker").unlink()
    claimed(ledger, look(ledger, named()))
    with closing(opened(file)) as other, pytest.raises(Busy, match="at work"):
        other.hold("second")


def test_a_worker_whose_lock_somebody_else_has_taken_writes_no_more(ledger: Ledger, file: Path):
    ledger.hold("at work")
    file.with_name("amplify.db.worker").unlink()
    with closing(opened(file)) as other:
        other.hold("second")
        with pytest.raises(Busy, match="second"):
            claimed(ledger, look(ledger, named()))


def test_a_copy_is_not_put_back_under_a_worker_whose_lock_was_removed_unnoticed(ledger: Ledger, file: Path):
    """It may be; but then the worker's next step is refused, because what it has seen is no longer so."""
    copy = file.with_name("copy.db")
    ledger.hold("at work")
    back_up(f"sqlite:///{file}", copy, campaign="a")
    row = claimed(ledger, look(ledger, named()))
    epoch = ledger.epoch()
    file.with_name("amplify.db.worker").unlink()
    restore(f"sqlite:///{file}", copy, campaign="a", by="one", now=NOON, machine=NOON)
    with pytest.raises(LedgerError):
        begin(ledger, row, epoch=epoch)


def test_a_ledger_whose_words_were_erased_goes_on(ledger: Ledger):
    ledger.erase([], {}, by="one", now=NOON)
    planned(ledger, named("second"))
    assert ledger.verify() == ""

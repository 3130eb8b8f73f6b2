"""The file that stops everything, under the names that it arrives with."""

from pathlib import Path

import pytest

from amplify.authoring.folder import Folder


@pytest.mark.parametrize(
    "name",
    [
        "STOP",
        "stop",
        "Stop.txt",
        "STOP.md",
        "STOP.txt.txt",
        "STOP (1).txt",
        "STOP (conflicted copy 2027-05-21 050312).txt",
        "STOP.sync-conflict-20270521-050312-ABCDEFG",
        "STOP-OFFICE-PC.txt",
        "STOP!",
        " stop",
        "STOPP",
        "СТОП",
        "стоп.txt",
    ],
)
def test_whatever_a_phone_makes_of_the_name_it_stops(tmp_path: Path, name: str):
    (tmp_path / name).write_text("")
    folder = Folder(tmp_path)
    assert folder.stopped()
    assert folder.stop_files() == (name,)


def test_a_folder_of_that_name_stops_as_well(tmp_path: Path):
    (tmp_path / "STOP").mkdir()
    assert Folder(tmp_path).stopped()


@pytest.mark.parametrize("name", ["stopped.txt", "stops", "nonstop.md", "README.md", ".stop.txt.swp", "config"])
def test_other_names_stop_nothing(tmp_path: Path, name: str):
    (tmp_path / name).write_text("")
    assert not Folder(tmp_path).stopped()


def test_a_folder_that_cannot_be_seen_is_stopped(tmp_path: Path):
    assert Folder(tmp_path / "gone").stopped()

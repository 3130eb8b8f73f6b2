"""What is kept in var/cache: for its owner only, whole or not there at all."""

import os
from pathlib import Path

import pytest

from amplify.config.cache_folder import CacheFolder


@pytest.fixture
def drawer(tmp_path: Path) -> CacheFolder:
    return CacheFolder(tmp_path / "var" / "cache")


def test_what_was_saved_last_is_there_for_its_owner_only(drawer: CacheFolder) -> None:
    assert drawer.load("answer") is None
    drawer.save("answer", b"one")
    drawer.save("answer", "два".encode())
    assert drawer.load("answer") == "два".encode()
    assert [path.name for path in drawer.folder.iterdir()] == ["answer"]
    assert (drawer.folder / "answer").stat().st_mode & 0o777 == 0o600
    assert drawer.folder.stat().st_mode & 0o777 == 0o700


def test_whatever_is_cut_off_or_changed_is_not_there(drawer: CacheFolder) -> None:
    drawer.save("answer", b"an answer of some length")
    path = drawer.folder / "answer"
    whole = path.read_bytes()
    for at in range(len(whole)):
        path.write_bytes(whole[:at])
        assert drawer.load("answer") is None
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
        assert drawer.load("answer") is None
    path.write_bytes(whole + b"\n")
    assert drawer.load("answer") is None


def test_links_and_pipes_are_not_followed(drawer: CacheFolder, tmp_path: Path) -> None:
    drawer.save("answer", b"one")
    elsewhere = tmp_path / "elsewhere"
    (drawer.folder / "answer").rename(elsewhere)
    (drawer.folder / "answer").symlink_to(elsewhere)
    os.mkfifo(drawer.folder / "pipe")
    assert drawer.load("answer") is None
    assert drawer.load("pipe") is None
    drawer.save("answer", b"two")
    assert drawer.load("answer") == b"two"
    assert elsewhere.read_bytes().endswith(b"one")


def test_the_rest_is_thrown_away(drawer: CacheFolder) -> None:
    for name in ("one", "two", "three"):
        drawer.save(name, name.encode())
    drawer.keep_only({"two"})
    assert [path.name for path in drawer.folder.iterdir()] == ["two"]


def test_where_nothing_can_be_written_nothing_is_kept(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    drawer = CacheFolder(tmp_path / "file" / "cache")
    drawer.save("answer", b"one")
    drawer.keep_only(())
    assert drawer.load("answer") is None

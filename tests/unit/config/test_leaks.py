"""Secrets that stand where they should not: found by file and line, never repeated."""

import shutil
import subprocess
from pathlib import Path

import pytest

from amplify.config.leaks import Leak, Search
from amplify.config.modes import is_open

OURS = "canary-5f0c19aa77"
LOOKS = "abcd-" + "efg2-hijk-lmn3"


def search(root: Path, seconds: float = 5) -> Search:
    return Search(root=root, secrets={OURS}, seconds=seconds)


def test_a_secret_in_a_file_is_found_by_its_line(tmp_path: Path) -> None:
    (tmp_path / "config").mkdir()
    (tmp_path / "config" / "notes.yaml").write_text(f"a: b\nnote: {OURS}\n")
    (tmp_path / "plain.txt").write_text(f"x {LOOKS} y\n")
    (tmp_path / "picture.png").write_bytes(b"\0" + OURS.encode())
    (tmp_path / "var").mkdir()
    (tmp_path / "var" / "kept").write_text(OURS)
    looked = search(tmp_path)
    found = {(leak.file, leak.line, leak.kind) for leak in looked.in_files()}
    assert found == {
        ("config/notes.yaml", 2, "a secret that amplify uses"),
        ("plain.txt", 1, "a Bluesky app password"),
    }
    assert OURS not in repr(looked)
    assert not looked.cut


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A campaign in a folder of a repository; what was once in it is deleted again."""
    git = shutil.which("git")
    if git is None:
        pytest.fail("git is missing")

    def run(*words: str) -> None:
        subprocess.run([git, "-C", str(tmp_path), *words], check=True, capture_output=True)

    campaign = tmp_path / "campaign"
    campaign.mkdir()
    run("init", "-q")
    run("config", "user.email", "nobody@lantern.example")
    run("config", "user.name", "nobody")
    (campaign / "notes.txt").write_text(f"one\ntwo {OURS}\n")
    (tmp_path / "beside.txt").write_text(LOOKS)
    run("add", ".")
    run("commit", "-qm", "one")
    (campaign / "notes.txt").write_text("one\n")
    run("commit", "-qam", "two")
    (campaign / "staged.txt").write_text(LOOKS)
    run("add", ".")
    (campaign / "staged.txt").unlink()
    return campaign


def test_git_keeps_what_was_deleted_and_what_is_only_staged(repository: Path) -> None:
    assert list(search(repository).in_files()) == []
    staged, once = search(repository).in_git()
    assert staged == Leak(file="staged.txt", line=1, kind="a Bluesky app password", commit="the index")
    assert (once.file, once.line, once.kind) == ("notes.txt", 2, "a secret that amplify uses")
    assert once.commit.startswith("commit ")


def test_a_folder_without_git_has_nothing_in_it(tmp_path: Path) -> None:
    looked = search(tmp_path)
    assert list(looked.in_git()) == []
    assert not looked.cut


def test_a_look_that_takes_too_long_ends_and_says_so(repository: Path) -> None:
    for number in range(2000):
        (repository / f"{number}.txt").write_text("x\n" * 100)
    looked = search(repository, seconds=0.01)
    list(looked.in_files())
    assert looked.cut


def test_what_others_can_read_is_open(tmp_path: Path) -> None:
    file = tmp_path / "secrets.env"
    file.write_text("x")
    for mode, told in {0o600: False, 0o640: True, 0o604: True, 0o400: False}.items():
        file.chmod(mode)
        assert is_open(file) is told
    assert not is_open(tmp_path / "nothing")

"""A channel is written behind all others; what people have written by hand stays as it is, byte for byte."""

from pathlib import Path

import pytest

from amplify.authoring.writing.channels_file import ChannelsOnDisk
from amplify.ports.figures_file import CannotWrite

SAID = {"network": "telegram", "language": "be", "chat": "@lantern_be", "token": "${T_BE}"}
ENTRY = 'telegram-be:\n  network: telegram\n  language: be\n  chat: "@lantern_be"\n  token: "${T_BE}"\n'
FIRST = 'telegram-en: {network: telegram, language: en, chat: "@lantern_en", token: "${T_EN}"}'


@pytest.fixture
def path(tmp_path: Path) -> Path:
    (tmp_path / "config").mkdir()
    return tmp_path / "config" / "channels.yaml"


def add(path: Path) -> None:
    ChannelsOnDisk(root=path.parent.parent).add("telegram-be", SAID)


@pytest.mark.parametrize(
    ("before", "between"),
    [
        ("", ""),
        ("# Ask the reviewer first.\n", "\n"),
        (f"{FIRST}   # since May\n", "\n"),
        (FIRST, "\n\n"),
        (f"{FIRST}\n# the last word\n\n", "\n"),
    ],
    ids=["nothing there", "only a comment", "a comment behind it", "no end of the line", "a comment at the end"],
)
def test_all_that_is_there_stays_and_the_new_one_stands_behind_it(path: Path, before: str, between: str) -> None:
    path.write_text(before)
    add(path)
    assert path.read_text() == f"{before}{between}{ENTRY}"


def test_a_file_that_is_not_there_yet_is_made(path: Path) -> None:
    add(path)
    assert path.read_text() == ENTRY


def test_lines_end_as_the_others_do_and_the_files_mode_stays(path: Path) -> None:
    path.write_bytes(f"{FIRST}\r\n".encode())
    path.chmod(0o640)
    add(path)
    assert path.read_bytes() == f"{FIRST}\r\n\r\n".encode() + ENTRY.replace("\n", "\r\n").encode()
    assert path.stat().st_mode & 0o777 == 0o640
    assert [file.name for file in path.parent.iterdir()] == [path.name]


@pytest.mark.parametrize(
    "before",
    [
        "{telegram-en: {network: telegram}}\n",
        "- telegram-en\n",
        "telegram-en: [\n",
        "telegram-en: |\n  text\n---\nb: c\n",
    ],
    ids=["one in curly brackets", "a list", "broken", "two documents"],
)
def test_where_nothing_can_be_added_the_lines_to_add_by_hand_are_told(path: Path, before: str) -> None:
    path.write_text(before)
    with pytest.raises(CannotWrite, match="by hand") as refused:
        add(path)
    assert ENTRY in str(refused.value)
    assert path.read_text() == before


def test_a_channel_that_is_there_is_never_written_again(path: Path) -> None:
    path.write_text(ENTRY)
    with pytest.raises(CannotWrite, match="has a channel telegram-be already"):
        add(path)
    assert path.read_text() == ENTRY

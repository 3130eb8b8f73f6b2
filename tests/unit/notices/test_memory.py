"""What was told is kept for its owner only, under a name that tells no address; what cannot be read is forgotten."""

import pytest

from amplify.notices.by_courier import AppriseNotifier, UrlHeartbeat
from amplify.notices.errand import run_errand
from amplify.notices.memory import FileMemory
from amplify.ports.notifier import NotTold

ADDRESS = "json://canary-5d3f@127.0.0.1/x"


def test_what_was_told_is_there_for_the_next_run_and_for_nobody_else(tmp_path):
    memory = FileMemory.of(tmp_path / "notices", ADDRESS)
    assert memory.load() == {}
    memory.save({"halted:mastodon-en": ""})
    assert FileMemory.of(tmp_path / "notices", ADDRESS).load() == {"halted:mastodon-en": ""}
    (file,) = (tmp_path / "notices").iterdir()
    assert file.stat().st_mode & 0o777 == 0o600
    assert "canary" not in file.name + file.read_text()
    assert FileMemory.of(tmp_path / "notices", ADDRESS + "y").load() == {}


@pytest.mark.parametrize("damage", [b"", b"[]", b"{", b"\xff\xfe"])
def test_what_is_damaged_is_forgotten(tmp_path, damage):
    memory = FileMemory.of(tmp_path, ADDRESS)
    memory.path.write_bytes(damage)
    assert memory.load() == {}


def test_an_address_is_shown_nowhere():
    assert "canary" not in repr(AppriseNotifier(address=ADDRESS)) + repr(UrlHeartbeat(address=ADDRESS))
    assert AppriseNotifier(address=ADDRESS).kind == "json"
    assert AppriseNotifier(address="canary@mail.example").kind == "unknown"


async def test_an_address_that_means_nothing_is_said_so_without_it():
    with pytest.raises(NotTold, match="no address that Apprise understands"):
        await AppriseNotifier(address="canary-5d3f").notify("a", "b", urgent=False)
    with pytest.raises(NotTold, match="begins with https://"):
        await UrlHeartbeat(address="file:///canary-5d3f").beat()


async def test_a_courier_that_breaks_down_is_a_notice_that_did_not_arrive():
    with pytest.raises(NotTold, match="broke down"):
        await run_errand({"do": "nothing that it knows"}, AppriseNotifier(address="").patience)

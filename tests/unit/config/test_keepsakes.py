"""A keepsake is one private file for each account, and its lock holds between processes."""

import asyncio
import subprocess
import sys

from amplify.config.keepsakes import keepsake

HOLD = """
import asyncio, sys
from pathlib import Path
from amplify.config.keepsakes import keepsake

async def hold():
    async with keepsake(Path(sys.argv[1]), "n", ["a"]).locked():
        print("held", flush=True)
        await asyncio.sleep(60)

asyncio.run(hold())
"""


def test_what_was_saved_is_loaded_by_whoever_comes_next(tmp_path):
    mine, theirs = (keepsake(tmp_path / "k", "n", ["a"]) for _ in range(2))
    assert mine.load() == ""
    mine.save("eins")
    assert theirs.load() == "eins"
    theirs.save("два")
    assert mine.load() == "два"
    mine.save("")
    assert theirs.load() == ""
    assert list((tmp_path / "k").iterdir()) == []


def test_accounts_have_files_of_their_own_whatever_they_are_called(tmp_path):
    accounts = [("n", ["a", "b"]), ("n", ["ab", ""]), ("n", ["a b"]), ("n a", ["b"]), ("n", ["../a"]), ("n", ["a\nb"])]
    paths = {keepsake(tmp_path, network, words).path for network, words in accounts}
    assert len(paths) == len(accounts)
    assert {path.parent for path in paths} == {tmp_path}


def test_a_folder_that_was_open_to_others_is_closed(tmp_path):
    tmp_path.chmod(0o755)
    keepsake(tmp_path, "n", ["a"]).save("eins")
    assert tmp_path.stat().st_mode & 0o777 == 0o700


def test_a_link_in_its_place_is_not_followed(tmp_path):
    mine, elsewhere = keepsake(tmp_path / "k", "n", ["a"]), tmp_path / "elsewhere"
    elsewhere.write_text("not ours")
    mine.save("eins")
    mine.path.unlink()
    mine.path.symlink_to(elsewhere)
    assert mine.load() == ""
    mine.save("zwei")
    assert (mine.load(), elsewhere.read_text()) == ("zwei", "not ours")


async def test_the_lock_lets_one_in_at_a_time(tmp_path):
    inside, most = 0, 0

    async def enter() -> None:
        nonlocal inside, most
        async with keepsake(tmp_path, "n", ["a"]).locked():
            inside += 1
            most = max(most, inside)
            await asyncio.sleep(0.01)
            inside -= 1

    await asyncio.gather(*(enter() for _ in range(5)))
    assert most == 1


async def test_the_lock_of_another_process_holds_until_it_is_killed(tmp_path):
    command = (sys.executable, "-c", HOLD, str(tmp_path))
    other = await asyncio.create_subprocess_exec(*command, stdout=subprocess.PIPE)
    assert await other.stdout.readline() == b"held\n"
    entered = asyncio.create_task(anyone_enters(tmp_path))
    await asyncio.sleep(0.2)
    assert not entered.done()
    other.kill()
    await asyncio.wait_for(entered, 5)
    await other.wait()


async def anyone_enters(folder) -> None:
    async with keepsake(folder, "n", ["a"]).locked():
        pass

"""`amplify check` a second time: what was found is told again, and never when anything is another than it was."""

import json
import time
from collections.abc import Callable
from pathlib import Path

from amplify.config.cache_folder import CacheFolder

from .conftest import Said, Town

SIGN = "this was kept"
_FRESH = 2.2


def rest(root: Path) -> None:
    """Nobody can put back the time that counts, so the clock has to go on."""
    newest = max(path.stat().st_ctime for path in root.rglob("*.yaml"))
    time.sleep(max(0, newest + _FRESH - time.time()))


def sign(root: Path) -> None:
    """Put something into the answer that was kept, to be seen where it is told again."""
    drawer = CacheFolder(root / "var" / "cache")
    answer = json.loads(drawer.load("checked") or b"")
    answer["problems"].append(["warning", "kept", SIGN, "posts/all.yaml", 1, 1, "", None, None])
    drawer.save("checked", json.dumps(answer).encode())


def test_the_same_is_told_from_what_was_kept_until_a_file_is_edited(town: Town) -> None:
    rest(town.root)
    first = town.amplify("check")
    assert town.amplify("check") == first
    sign(town.root)
    assert SIGN in town.amplify("check").out
    assert SIGN in town.amplify("check", "--json").out
    town.write("posts/another.yaml", "[]\n")
    assert town.amplify("check") == first


def test_what_is_damaged_is_found_anew(town: Town) -> None:
    rest(town.root)
    first = town.amplify("check")
    sign(town.root)
    path = town.root / "var" / "cache" / "checked"
    path.write_bytes(path.read_bytes()[:-1])
    assert town.amplify("check") == first


def test_a_secret_that_is_unset_meanwhile_is_told(town: Town, process: Callable[..., Said]) -> None:
    rest(town.root)
    check = ("check", "--campaign", str(town.root))
    process(*check)
    sign(town.root)
    assert SIGN in process(*check).out
    said = process(*check, T_TELEGRAM="").out
    assert SIGN not in said
    assert "T_TELEGRAM is not set" in said


def test_what_protects_persons_keeps_nothing(town: Town, process: Callable[..., Said], tmp_path: Path) -> None:
    rest(town.root)
    register = tmp_path / "protected.yaml"
    register.write_text("do_not_name: []\n")
    register.chmod(0o600)
    process("check", "--campaign", str(town.root), AMPLIFY_PROTECTED=str(register))
    assert not (town.root / "var" / "cache").exists()

"""A publisher in a package of its own, built and installed as anybody would: it keeps every promise, and faulty ones are caught."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "made_up" / "package"
FAULTY = PACKAGE.parent / "faulty"
PIP = (
    sys.executable,
    "-m",
    "pip",
    "install",
    "--quiet",
    "--no-deps",
    "--no-build-isolation",
    "--no-index",
    "--no-compile",
)
PYTEST = ("-m", "pytest", "-q", "-p", "no:cacheprovider", "--tb=no")
CAMPAIGN = 'name: N\nedition: "1"\ntimezone: UTC\nday: 2027-05-21\nlanguages: [en]\n'
CHANNELS = """\
board: {network: square, language: en, server: "https://square.example", token: "${BOARD}"}
town: {network: mastodon, language: en, server: "https://town.example", token: "${TOWN}"}
"""
POSTS = """\
- {id: one, kind: call, at: D 09:00, channels: [square, town], text: {en: Light for everyone}}
"""

#: Which of the faulty ones breaks which promise, at least.
BROKEN = {
    "Impatient": "nothing is tried again below the ledger",
    "Hopeful": "a refusal is rejected and nothing is on the wall",
    "Blind": "a lost or garbled answer is unknown and can be looked up",
    "Talkative": "no secret is in any log or message",
    "Careless": "links and marks are where they were laid out",
    "Boastful": "a feature that is listed is seen by followers",
    "Moody": "sealing the same post again makes the same envelope and asks no server",
    "Forgetful": "the same envelope twice is one post where that is promised",
    "Certain": "a request that was cut off is unknown and not found",
}
#: One try is enough where a promise has many.
LOOKED_AT = {"Impatient": "tried_again and 500", "Blind": "garbled and truncate", "Boastful": "polls"}
#: A promise that all of them keep.
KEPT = "an account is the same whenever it is asked"

Ran = subprocess.CompletedProcess[str]


class Machine:
    """A place where the package is installed, with a folder for its sources."""

    def __init__(self, root: Path) -> None:
        self.sources, self.installed, self._root = root / "sources", root / "installed", root
        shutil.copytree(PACKAGE, self.sources, ignore=shutil.ignore_patterns("__pycache__"))
        subprocess.run([*PIP, "--target", str(self.installed), str(self.sources)], check=True, env=plain())

    def run(self, *words: str) -> Ran:
        env = {**plain(), "PYTHONPATH": str(self.installed), "PYTHONDONTWRITEBYTECODE": "1"}
        return subprocess.run(
            [sys.executable, *words], cwd=self.sources, env=env, capture_output=True, text=True, check=False
        )

    def campaign(self) -> Path:
        root = self._root / "campaign"
        for name, text in {
            "config/campaign.yaml": CAMPAIGN,
            "config/channels.yaml": CHANNELS,
            "posts/one.yaml": POSTS,
        }.items():
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            (root / name).write_text(text)
        return root


def plain() -> Mapping[str, str]:
    return {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST", "COV", "AMPLIFY"))}


@pytest.fixture(scope="module")
def machine(tmp_path_factory: pytest.TempPathFactory) -> Machine:
    return Machine(tmp_path_factory.mktemp("machine"))


def test_it_keeps_every_promise_unchanged(machine: Machine) -> None:
    told = machine.run(*PYTEST, "tests/test_square.py", "-rA")
    assert told.returncode == 0, told.stdout
    assert told.stdout.count("PASSED") > 50


def test_a_faulty_one_is_refused_with_the_promise_that_it_breaks(machine: Machine) -> None:
    for file in FAULTY.glob("*.py"):
        shutil.copy(file, machine.sources / "tests")
    chosen = [f"(Test{name} and {LOOKED_AT.get(name, promise.replace(' ', '_'))})" for name, promise in BROKEN.items()]
    told = machine.run(*PYTEST, "tests/broken_promises.py", "-k", " or ".join([*chosen, KEPT.replace(" ", "_")]))
    assert told.returncode == 1, told.stdout
    said = told.stdout.partition("promises broken")[2]
    for name, promise in BROKEN.items():
        assert f"square (Test{name}) breaks the promise “{promise}”" in said
    assert KEPT not in said
    assert f"{len(BROKEN)} passed" in told.stdout


def test_it_is_listed_beside_ours_and_its_channel_is_like_any_other(machine: Machine) -> None:
    root = str(machine.campaign())
    told = json.loads(machine.run("-m", "amplify", "plugins", "--json", "--campaign", root).stdout)
    found = {one["name"]: one for one in told["plugins"]}
    assert told["ok"]
    assert [found["square"][key] for key in ("package", "version", "ours", "port", "channels", "broken")] == (
        ["amplify-notice-boards", "1.0", False, 1, ["board"], ""]
    )
    assert found["telegram"]["ours"]
    checked = machine.run("-m", "amplify", "check", "--json", "--campaign", root)
    assert [p["message"] for p in json.loads(checked.stdout)["problems"] if p["severity"] == "error"] == []


def test_one_that_does_not_fit_is_left_out_and_everything_else_goes_on(machine: Machine) -> None:
    root = str(machine.campaign())
    square = machine.installed / "notice_boards" / "square.py"
    square.write_text(square.read_text().replace("port: int = 1", "port: int = 2"))
    listed = machine.run("-m", "amplify", "plugins", "--campaign", root)
    checked = machine.run("-m", "amplify", "check", "--json", "--campaign", root)
    planned = machine.run("-m", "amplify", "plan", "--json", "--campaign", root)
    why = "it is written for port 2, and this amplify has port 1: update amplify, or uninstall amplify-notice-boards"
    assert listed.returncode == 1
    assert f"left out: {why}" in listed.stdout
    problems = json.loads(checked.stdout)["problems"]
    told = {p["severity"]: (p["line"], p["message"]) for p in problems if p["code"] == "plugin-left-out"}
    assert told == {
        "error": (1, "the publisher “square” is installed, and cannot be used"),
        "warning": (1, f"the publisher “square” of the package amplify-notice-boards 1.0 is left out: {why}"),
    }
    assert [p["code"] for p in problems if p["severity"] == "error"] == ["plugin-left-out"]
    assert {change["channel"]: change["action"] for change in json.loads(planned.stdout)["changes"]} == {
        "town": "create"
    }

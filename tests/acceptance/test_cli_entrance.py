"""The door: help, unknown words, failures; and the first ten minutes with a new campaign."""

import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from amplify.cli.failures import tell
from amplify.cli.main import COMMANDS
from amplify.cli.main import amplify as commands

from .conftest import Said, Town

NAMES = [name for group in COMMANDS.values() for name in group]
HEAVY = {
    *("mastodon", "atproto", "telegram", "sqlalchemy", "apscheduler", "jinja2", "pydantic", "yaml", "rich"),
    *("aiohttp", "asyncio", "amplify.bootstrap"),
}


def test_help_loads_nothing_but_click_and_the_table(process: Callable[..., Said]):
    said = process("--help", python=("-X", "importtime"))
    loaded = {line.rsplit("|", 1)[-1].strip() for line in said.err.splitlines()}
    assert "click" in loaded
    assert not loaded & HEAVY
    assert {name for name in loaded if name.startswith("amplify.")} == {"amplify.cli", "amplify.cli.main"}


def test_help_lists_every_command_in_its_group_and_the_first_steps():
    said = CliRunner().invoke(commands, ["--help"]).stdout
    for title, group in COMMANDS.items():
        for name, (_, line) in group.items():
            assert re.search(rf"{title}:\n(  .*\n)*  {name} +{re.escape(line)}", said)
    assert "amplify init my-campaign" in said


@pytest.mark.parametrize("name", NAMES)
def test_every_command_explains_itself_with_an_example(name: str):
    said = CliRunner().invoke(commands, [name, "--help"])
    assert said.exit_code == 0
    assert f"amplify {name}" in said.stdout.partition("Example")[2]
    command = commands.get_command(click.Context(commands), name)
    own_words = isinstance(command, click.Group) and not command.invoke_without_command  # it does nothing by itself
    for word in command.list_commands(click.Context(command)) if own_words else [""]:
        told = CliRunner().invoke(commands, [name, *word.split(), "--help"]).stdout
        assert f"amplify {name} {word}".rstrip() in told.partition("Example")[2]
        for option in ("--json", "--campaign"):
            assert option in told


def test_a_mistyped_command_is_guessed(process: Callable[..., Said]):
    said = process("previw")
    assert said.code == 2
    assert "Did you mean `amplify preview`?" in said.err


def test_without_a_campaign_it_says_what_to_do_in_one_sentence(process: Callable[..., Said], tmp_path: Path):
    said = process("status", "--json", cwd=tmp_path)
    assert said.code == 1
    assert said.json["ok"] is False
    assert "`amplify init DIR` makes one" in said.json["error"]
    assert len(said.err.splitlines()) == 1


def test_a_rehearsal_of_a_campaign_that_cannot_be_used_says_so_once(process: Callable[..., Said], town: Town):
    town.write("config/campaign.yaml", "languages: 7\n")
    said = process("run", "--sandbox", cwd=town.root)
    assert (said.code, said.err) == (1, "Error: config/campaign.yaml cannot be used; `amplify check` says why\n")


def test_what_nobody_expected_is_told_without_a_traceback_unless_asked_for(process: Callable[..., Said], town: Town):
    town.write("var/clock.json", "[]")  # a clock that no command of ours leaves behind
    said = process("plan", "--json", cwd=town.root)
    assert said.code == 70
    assert "amplify itself has failed" in said.json["error"]
    assert len(said.err.splitlines()) == 1
    assert "Traceback" in process("plan", cwd=town.root, AMPLIFY_TRACEBACK="1").err


def test_a_file_that_may_not_be_read_says_what_to_do(capsys: pytest.CaptureFixture[str]):
    refused = PermissionError(13, "Permission denied", "posts/day.yaml")
    assert tell(refused, as_json=False, in_full=False) == 1
    assert capsys.readouterr().err == (
        "Error: posts/day.yaml: permission denied; ask whoever made the file, or on Mac and Linux type"
        " `chmod u+rw posts/day.yaml`\n"
    )


def test_a_reader_that_leaves_early_is_no_failure(town: Town):
    words = [sys.executable, "-m", "amplify", "preview", "--campaign", str(town.root)]
    with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        running.stdout.close()
        assert running.stderr.read() == b""


def test_ten_minutes_from_an_empty_folder_to_an_approved_post(process: Callable[..., Said], tmp_path: Path):
    made = process("init", "mine", cwd=tmp_path)
    assert made.code == 0
    steps = ["  cd mine", "  amplify check", "  amplify preview", "  amplify run --sandbox"]
    assert made.out.splitlines()[1:5] == steps
    assert "posts/first.yaml" in made.out.splitlines()[5]
    mine = tmp_path / "mine"
    checked = process("check", "--json", cwd=mine).json
    assert checked["ok"] is True
    assert {problem["severity"] for problem in checked["problems"]} <= {"warning"}
    assert process("plan", "--exit-code", cwd=mine).code == 2
    assert process("apply", cwd=mine).code == 0
    assert process("approve", "first", "--by", "me", "--yes", cwd=mine).code == 0
    shown = process("status", "--all", "--json", cwd=mine).json
    assert {row["state"] for row in shown["deliveries"] if row["post"] == "first"} == {"approved"}
    assert shown["counts"]["approved"] == 3


def test_the_starter_has_posts_of_several_kinds_on_every_network(tmp_path: Path):
    made = CliRunner().invoke(commands, ["init", "mine", "--campaign", str(tmp_path), "--day", "2027-05-21"])
    assert made.exit_code == 0
    assert "day: 2027-05-21" in (tmp_path / "mine/config/campaign.yaml").read_text()
    town = Town(tmp_path / "mine")
    town.set_clock(click.DateTime()("2027-05-14").astimezone())
    seen = town.json("preview")
    assert {one["network"] for one in seen} == {"mastodon", "bluesky", "telegram"}
    assert {one["post"] for one in seen} == {"first", "number", "quote", "day"}
    assert all(one["problems"] == [] for one in seen)
    assert any("(as of 31 December 2025; Viasna)" in one["text"] for one in seen)


def test_init_never_writes_over_what_is_there(tmp_path: Path):
    (tmp_path / ".gitignore").write_text("mine\n")
    words = ["init", ".", "--campaign", str(tmp_path)]
    assert CliRunner().invoke(commands, words).exit_code == 0
    assert (tmp_path / ".gitignore").read_text() == "mine\n"
    again = CliRunner().invoke(commands, words)
    assert again.exit_code == 1
    assert "has a campaign already" in again.stderr

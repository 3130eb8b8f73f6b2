"""`amplify new` and `amplify schema`: a post to fill in, and editors that know the files."""

import json
import re
import shutil
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner
from jsonschema import Draft202012Validator

from amplify.authoring.schemas import first_line
from amplify.cli.main import amplify as commands
from amplify.domain.post import Kind
from protecting import protect

from .conftest import NOW, Town

ROOT = Path(__file__).parents[2]
ALL = [
    *("config/schema/campaign.json", "config/schema/channels.json", "config/schema/figures.json"),
    *("config/schema/excerpts.json", "config/schema/events.json", "config/schema/sources.json"),
    "config/schema/posts.json",
]


@pytest.fixture
def alone(tmp_path: Path) -> Town:
    """What `amplify init` makes, a week before its day: one language."""
    words = ["init", "mine", "--campaign", str(tmp_path), "--day", "2027-05-21"]
    assert CliRunner().invoke(commands, words).exit_code == 0
    made = Town(tmp_path / "mine")
    made.set_clock(NOW)
    return made


@pytest.fixture
def whole(tmp_path: Path) -> Town:
    """The repository's own campaign without its posts: four languages."""
    shutil.copytree(ROOT / "config", tmp_path / "whole/config")
    made = Town(tmp_path / "whole")
    made.set_clock(NOW)
    return made


def errors(town: Town) -> list[str]:
    said = town.amplify("check", "--json")
    return [f"{p['file']}:{p['line']}: {p['message']}" for p in said.json["problems"] if p["severity"] == "error"]


@pytest.mark.parametrize("campaign", ["alone", "whole"])
def test_a_new_post_of_any_kind_is_right_at_once_and_goes_nowhere(campaign: str, request: pytest.FixtureRequest):
    town: Town = request.getfixturevalue(campaign)
    languages = yaml.safe_load((town.root / "config/campaign.yaml").read_text())["languages"]
    schema = Draft202012Validator(json.loads((town.root / "config/schema/posts.json").read_text()))
    for kind in Kind:
        made = town.json("new", kind.value, "--id", f"new-{kind}")
        assert made["file"] == f"posts/new-{kind}.yaml"
        text = (town.root / made["file"]).read_text()
        assert text.splitlines()[0] == first_line(made["file"])
        assert not re.search(r"<[a-z]+>", text)
        (entry,) = yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506 - it builds texts only
        assert schema.is_valid([entry])
        words = entry["thread"][0]["text"] if kind is Kind.THREAD else entry["text"]
        assert list(words) == languages
        assert (entry["kind"], entry["draft"]) == (kind, "true")
    assert errors(town) == []
    assert not [change for change in town.json("plan")["changes"] if change["post"].startswith("new-")]


def test_a_new_post_without_its_draft_line_goes_where_it_says(alone: Town):
    protect(alone.root, consents={"p-1": {"name": "Write Here", "date": "2030-05-01", "review": "2030-05-30"}})
    for kind in Kind:
        alone.amplify("new", kind.value, "--id", f"new-{kind}")
        alone.change(f"posts/new-{kind}.yaml", "  draft: true\n", "")
    assert errors(alone) == []
    seen = alone.amplify("preview", "new-figure", "new-quote", "new-countdown", "--json").json
    shown = {one["post"]: one["text"] for one in seen}
    assert "1,131 (as of 31 December 2025; Viasna)" in shown["new-figure"]
    assert "The moral obligation" in shown["new-quote"]
    assert "#FreePoliticalPrisoners" in shown["new-quote"]
    assert re.search(r"counted to: \d", shown["new-countdown"])


def test_a_campaign_without_links_tags_figures_and_excerpts_gets_posts_without_them(town: Town):
    town.change("config/campaign.yaml", "hashtags: {core: [LanternNight]}\n", "")
    town.change(
        "config/campaign.yaml",
        'links:\n  invitation: {url: "https://lantern.example/come", label: {en: The invitation}}\n',
        "",
    )
    town.write("posts/all.yaml", "# None yet.\n")
    for kind in Kind:
        town.json("new", kind.value)
    assert errors(town) == []
    text = (town.root / "posts/figure.yaml").read_text()
    assert "link:" not in text
    assert "tags:" not in text
    assert "{{" not in text


def test_what_is_said_on_the_command_line_stands_in_the_post(town: Town):
    said = town.amplify(
        *("new", "call", "--id", "sign", "--at", "D-2 18:00", "--at", "D-1 18:00"),
        *("--channels", "mastodon,telegram-en"),
    )
    assert said.code == 0
    assert [line.strip() for line in said.out.splitlines()[1:]] == [
        "fill in posts/sign.yaml",
        "remove the line `draft: true`",
        "amplify check",
        "amplify preview sign",
    ]
    (entry,) = yaml.safe_load((town.root / "posts/sign.yaml").read_text())
    assert entry["at"] == ["D-2 18:00", "D-1 18:00"]
    assert entry["channels"] == ["mastodon", "telegram-en"]
    assert (entry["link"], entry["tags"]) == ("invitation", ["core"])


def test_without_a_name_the_kind_is_the_name_and_the_next_one_is_numbered(town: Town):
    assert [town.json("new", "quote")["id"] for _ in range(3)] == ["quote", "quote-2", "quote-3"]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["qoute"], "did you mean `quote`?). Kinds: countdown, figure, quote,"),
        (["poem"], "“poem” is not a kind of post. Kinds: countdown,"),
        (["quote", "--id", "Day Quote"], "is not an id: lower case letters"),
        (["quote", "--id", "evening"], "called “evening” already; choose another name"),
        (["quote", "--at", "tomorrow"], "is not a time; write `D-7 09:00`"),
        (["quote", "--channels", "mastodn"], "neither a channel nor a network; did you mean `mastodon`?"),
    ],
)
def test_a_slip_on_the_command_line_is_told_and_nothing_is_written(town: Town, words: list[str], told: str):
    before = sorted(town.root.rglob("*"))
    said = town.amplify("new", *words)
    assert said.code == 2
    assert told in said.err
    assert sorted(town.root.rglob("*")) == before


def test_a_file_is_never_written_over(town: Town):
    town.write("posts/note.yaml", "# Mine.\n")
    said = town.amplify("new", "quote", "--id", "note")
    assert said.code == 1
    assert "posts/note.yaml exists already" in said.err
    assert (town.root / "posts/note.yaml").read_text() == "# Mine.\n"


def test_the_name_of_a_post_that_was_known_is_never_given_again(applied: Town):
    applied.write("posts/all.yaml", "# None any more.\n")
    assert "was called “evening” already" in applied.amplify("new", "quote", "--id", "evening").err


def test_init_writes_schemas_that_are_up_to_date(alone: Town):
    assert alone.json("schema", "--check") == {"ok": True, "files": ALL, "changed": []}


def test_schemas_that_are_old_or_missing_are_told_and_written(alone: Town):
    alone.write("config/schema/posts.json", "{}\n")
    (alone.root / "config/schema/events.json").unlink()
    said = alone.amplify("schema", "--check")
    assert said.code == 1
    assert "config/schema/posts.json is out of date." in said.out
    assert "config/schema/events.json is missing." in said.out
    assert alone.amplify("schema", "--check", "--json").json["ok"] is False
    assert alone.json("schema")["changed"] == ["config/schema/events.json", "config/schema/posts.json"]
    assert alone.amplify("schema", "--check").code == 0

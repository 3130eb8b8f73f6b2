"""What editors are told of a campaign's files: fresh, right for every file that is right, and strict with others."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from jsonschema import Draft202012Validator

from amplify.authoring.schemas import FOLDER, first_line, schemas
from amplify.publishers.registry import installed

ROOT = Path(__file__).parents[3]
STARTER = ROOT / "src/amplify/cli/starter"
JOBS = ROOT / "tests/acceptance/jobs"
MADE = schemas(installed())
VALIDATORS = {name: Draft202012Validator(json.loads(text)) for name, text in MADE.items()}


class AsEditors(yaml.SafeLoader):
    """YAML 1.2: whole numbers, fractions, `true`, `false` and nothing are no texts; dates, `no` and `9:30` are."""


AsEditors.yaml_implicit_resolvers = {}
for tag, shape, letters in (
    ("bool", "true|True|TRUE|false|False|FALSE", "tTfF"),
    ("int", r"[-+]?[0-9]+", "-+0123456789"),
    ("float", r"[-+]?[0-9]*\.[0-9]+", "-+0123456789."),
    ("null", r"null|Null|NULL|~|", "nN~"),
):
    AsEditors.add_implicit_resolver(f"tag:yaml.org,2002:{tag}", re.compile(f"^(?:{shape})$"), list(letters))


def campaigns() -> Iterator[tuple[Path, str]]:
    for root in (ROOT, STARTER, *(job for job in sorted(JOBS.iterdir()) if job.is_dir())):
        for path in sorted([*root.glob("config/*.yaml"), *root.glob("posts/**/*.yaml")]):
            yield root, path.relative_to(root).as_posix()


FILES = [pytest.param(root, file, id=f"{root.name}/{file}") for root, file in campaigns()]
OWN = [pytest.param(root, file, id=f"{root.name}/{file}") for root, file in campaigns() if root in (ROOT, STARTER)]


def schema_of(file: str) -> str:
    return f"{FOLDER}{'posts' if file.startswith('posts/') else Path(file).stem}.json"


def told(name: str, entry: object) -> list[str]:
    """What a validator complains of, innermost first."""

    def leaves(errors: Iterator[object]) -> Iterator[str]:
        for error in errors:
            yield from leaves(iter(error.context)) if error.context else (error.message,)

    return list(leaves(VALIDATORS[f"{FOLDER}{name}.json"].iter_errors(entry)))


def below(schema: object, path: str = "") -> Iterator[tuple[str, dict[str, object]]]:
    """Every schema of every property."""
    if isinstance(schema, list):
        for one in schema:
            yield from below(one, path)
    elif isinstance(schema, dict):
        for name, one in schema.get("properties", {}).items():
            yield f"{path}.{name}", one
        for key, one in schema.items():
            if key == "if":  # asks, and says nothing
                continue
            yield from below(one, path if key in {"properties", "$defs", "then"} else f"{path}.{key}")


@pytest.mark.parametrize("name", MADE)
def test_the_repositorys_schemas_are_what_the_models_say(name: str):
    assert (ROOT / name).read_text() == MADE[name], "`amplify schema` brings them up to date"


@pytest.mark.parametrize("name", MADE)
def test_a_schema_is_one_of_2020_12_and_explains_every_key_in_a_sentence(name: str):
    schema = json.loads(MADE[name])
    Draft202012Validator.check_schema(schema)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    for path, one in below(schema):
        if one is not True:  # a key that a channel's network explains
            assert re.fullmatch(r"[A-Z`].*\.", str(one.get("description", ""))), path


@pytest.mark.parametrize(("root", "file"), OWN)
def test_every_file_tells_editors_its_schema_in_its_first_line(root: Path, file: str):
    line = (root / file).read_text().split("\n", 1)[0]
    assert line == first_line(file)
    assert ((ROOT / file).parent / line.partition("$schema=")[2]).resolve() == ROOT / schema_of(file)


@pytest.mark.parametrize("loader", [yaml.BaseLoader, AsEditors], ids=["as our reader", "as an editor"])
@pytest.mark.parametrize(("root", "file"), FILES)
def test_a_file_that_is_right_is_right_for_editors(root: Path, file: str, loader: type[yaml.Loader]):
    text = (root / file).read_text().replace("{{day}}", "2027-05-21").replace("{{edition}}", "2027")
    entries = yaml.load(text, Loader=loader)  # noqa: S506 - both build plain values only
    if entries:
        assert [error.message for error in VALIDATORS[schema_of(file)].iter_errors(entries)] == []


POST = {"id": "evening", "kind": "quote", "at": "D 19:00", "channels": "all", "text": {"en": "Come."}}
FIGURE = {"label": {"en": "Lamps"}, "value": "7", "as_of": "2027-05-01", "source": {"name": "Wick"}}
CAMPAIGN = {
    "name": "Lantern Night",
    "edition": "2027",
    "timezone": "Europe/Vienna",
    "day": "2027-05-21",
    "languages": ["en"],
}
CHANNEL = {"network": "mastodon", "language": "en", "server": "https://town.example", "token": "${TOKEN}"}
EXCERPT = {"verbatim": "Light is a right!"}
EVENT = {"city": {"en": "Vienna"}, "at": "D 18:00", "zone": "Europe/Vienna", "source": {"name": "Wick"}}
ENTRIES = {
    "posts": POST,
    "figures": {"lamps": FIGURE},
    "campaign": CAMPAIGN,
    "channels": {"mastodon-en": CHANNEL},
    "excerpts": {"E1": EXCERPT},
    "events": {"vienna": EVENT},
}


@pytest.mark.parametrize("name", ENTRIES)
def test_the_entries_of_these_tests_are_right(name: str):
    assert told(name, ENTRIES[name]) == []


@pytest.mark.parametrize(
    ("name", "entry", "complaint"),
    [
        ("posts", POST | {"chanels": "all"}, "'chanels' was unexpected"),
        ("posts", POST | {"kind": "qoute"}, "'qoute' is not one of"),
        ("posts", {key: POST[key] for key in POST if key != "channels"}, "'channels' is a required property"),
        ("posts", {key: POST[key] for key in POST if key != "at"}, "'at' is a required property"),
        ("posts", {key: POST[key] for key in POST if key != "text"}, "'text' is a required property"),
        ("posts", [POST, POST | {"id": "Evening Post"}], "'Evening Post' does not match"),
        ("posts", POST | {"at": "tomorrow"}, "'tomorrow' does not match"),
        ("posts", POST | {"at": ["D 09:00", "D-7 9.00"]}, "'D-7 9.00' does not match"),
        ("posts", POST | {"at": {"en": "D 09:00", "German": "D 10:00"}}, "'German' does not match"),
        ("posts", POST | {"text": "Come."}, "'Come.' is not of type 'object'"),
        ("posts", POST | {"draft": "perhaps"}, "'perhaps' does not match"),
        ("posts", POST | {"on": {"telegram": {"loud": "true"}}}, "'loud' was unexpected"),
        ("posts", POST | {"on": {"mastodon": {"visibility": "hidden"}}}, "'hidden' is not one of"),
        ("posts", POST | {"on": {"telegram-en": {"loud": "true"}}}, "'loud' was unexpected"),
        ("posts", POST | {"media": [{"file": "lamp.png"}]}, "'alt' is a required property"),
        ("posts", POST | {"repeat": {"every": "monday 09:00"}}, "'from' is a required property"),
        ("figures", {"lamps": FIGURE | {"value": "4.649"}}, "'4.649' does not match"),
        ("figures", {"lamps": FIGURE | {"value": 4.649}}, "4.649 is not of type"),
        ("figures", {"lamps": FIGURE | {"qualifier": "over"}}, "'over' is not one of"),
        ("figures", {"lamps": {key: FIGURE[key] for key in FIGURE if key != "source"}}, "'source' is a required"),
        ("figures", {"lamps": FIGURE | {"as_of": "21.05.23"}}, "'21.05.23' does not match"),
        ("figures", {"political prisoners": FIGURE}, "'political prisoners' does not match"),
        ("campaign", CAMPAIGN | {"hashtags": {"core": ["#Lamp"]}}, "'#Lamp' does not match"),
        ("campaign", CAMPAIGN | {"rules": {"late": "45"}}, "'45' does not match"),
        ("campaign", CAMPAIGN | {"rules": {"tags": {"mastadon": "4"}}}, "'mastadon' is not one of"),
        ("campaign", CAMPAIGN | {"links": {"petition": {"url": "https://x.example"}}}, "'label' is a required"),
        ("channels", {"mastodon-en": CHANNEL | {"network": "mastadon"}}, "'mastadon' is not one of"),
        ("channels", {"mastodon-en": CHANNEL | {"token": "0123456789abcdef"}}, "does not match"),
        ("channels", {"mastodon-en": CHANNEL | {"handle": "me.example"}}, "'handle' was unexpected"),
        ("channels", {"telegram-en": CHANNEL | {"network": "telegram"}}, "'chat' is a required property"),
        ("excerpts", {"E1": EXCERPT | {"valid_on": "May 21"}}, "'May 21' does not match"),
        ("excerpts", {"E1": EXCERPT | {"risk": "none"}}, "'none' is not one of"),
        ("events", {"vienna": {key: EVENT[key] for key in EVENT if key != "source"}}, "'source' is a required"),
        ("events", {"vienna": EVENT | {"place": "at the river"}}, "'at the river' is not of type 'object'"),
    ],
)
def test_an_editor_underlines_what_is_wrong(name: str, entry: object, complaint: str):
    assert any(complaint in one for one in told(name, entry)), told(name, entry)

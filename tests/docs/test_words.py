"""What pages name exists, and what exists is on a page."""

import re
from collections.abc import Iterator
from dataclasses import fields
from functools import cache
from pathlib import Path

import click
import pytest

from amplify.cli.main import COMMANDS, amplify
from amplify.documents.record.values import Deed, Happened, Number, Picture, Record, Went
from docs.pages import PAGES, ROOT, anchors, blocks, code, links, name

NAMES = [command for group in COMMANDS.values() for command in group]
README = ROOT / "README.md"
#: Decisions are of their day: they name what was not there yet, or is there no more.
OF_TODAY = [page for page in PAGES if page.parent.name != "decisions"]
#: Words that others have for ours: docs/glossary.md has the word to use.
NOT_OURS = {"toot": "post", "tweet": "post", "skeet": "post", "timeslot": "slot", "data base": "ledger"}


@cache
def options(command: str) -> frozenset[str]:
    found = amplify.get_command(click.Context(amplify), command)
    assert found is not None
    params = [*found.params]
    if isinstance(found, click.Group):
        inside = click.Context(found)
        for word in found.list_commands(inside):
            inner = found.get_command(inside, word)
            params += inner.params if inner is not None else []
    return frozenset(option for param in params for option in (*param.opts, *param.secondary_opts)) | {"--help"}


def typed(page: Path) -> Iterator[tuple[str, str]]:
    """Command and the words behind it, wherever a page shows one."""
    lines = [line for block in blocks(page, "sh", "console") for line in block.text.splitlines()]
    for words in (*code(page), *(line.split(" #")[0] for line in lines)):
        for found in re.finditer(r"(?:^|[$&|;] |bin/)amplify (\w+)([^&|;]*)", words):
            yield found[1], found[2]


@pytest.mark.parametrize("page", OF_TODAY, ids=name)
def test_every_command_and_option_that_a_page_names_exists(page: Path) -> None:
    assert [command for command, _ in typed(page) if command not in NAMES] == []
    unknown = [
        f"{command} {option}"
        for command, behind in typed(page)
        for option in re.findall(r"--[a-z-]+", behind)
        if option not in options(command)
    ]
    assert unknown == []


@pytest.mark.parametrize("page", OF_TODAY, ids=name)
def test_an_option_that_stands_alone_belongs_to_some_command(page: Path) -> None:
    known = {option for command in NAMES for option in options(command)}
    alone = [word.split()[0] for word in code(page) if word.startswith("--")]
    assert [word for word in alone if word not in known] == []


def test_every_command_has_its_line_in_the_readme_and_a_page_that_shows_it() -> None:
    table = "\n".join(line for line in README.read_text().splitlines() if line.startswith("| "))
    assert [command for command in NAMES if f"`amplify {command}" not in table] == []
    shown = {command for page in OF_TODAY if page != README for command, _ in typed(page)}
    assert [command for command in NAMES if command not in shown] == []


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_every_link_leads_somewhere(page: Path) -> None:
    astray = []
    for line, target in links(page):
        if "://" in target:
            continue
        path, _, anchor = target.partition("#")
        file = (page.parent / path).resolve() if path else page
        if not file.exists() or (anchor and anchor not in anchors(file)):
            astray.append(f"{name(page)}:{line}: {target}")
    assert astray == []


def test_every_page_is_in_the_index() -> None:
    index = ROOT / "docs" / "README.md"
    named = {(index.parent / target.partition("#")[0]).resolve() for _, target in links(index) if "://" not in target}
    listed = {page for page in PAGES if page.parent == index.parent}
    assert sorted(name(page) for page in listed - named - {index}) == []


def test_every_decision_is_in_its_index() -> None:
    index = ROOT / "docs" / "decisions" / "README.md"
    assert {target for _, target in links(index)} == {page.name for page in index.parent.glob("0*.md")}


def test_the_words_of_the_glossary_are_used_and_no_others() -> None:
    glossary = ROOT / "docs" / "glossary.md"
    terms = re.findall(r"(?m)^- \*\*([\w ]+)\*\*", glossary.read_text())
    told = {page: page.read_text().lower() for page in PAGES if page != glossary}
    assert len(terms) > 20
    assert [term for term in terms if not any(term.lower() in text for text in told.values())] == []
    foreign = [f"{name(page)}: {word}" for page, text in told.items() for word in NOT_OURS if word in text]
    assert foreign == []


def test_the_page_of_the_record_has_every_key_of_an_export() -> None:
    told = {word for words in code(ROOT / "docs" / "record.md") for word in words.split()}
    kinds = (Record, Went, Number, Picture, Deed, Happened)
    keys = {field.name for kind in kinds for field in fields(kind)} - {"deliveries"}
    assert sorted(keys - told) == []

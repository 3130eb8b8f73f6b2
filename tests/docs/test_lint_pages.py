"""Every code of lint has a page, and what the page says fails and passes does, in the campaign that `amplify init` makes."""

import re
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from amplify.authoring.linting.always import ALWAYS
from amplify.authoring.linting.explained import codes, explained, pages
from amplify.authoring.linting.rules import CODES, RULES
from amplify.bootstrap import App, open_app
from amplify.domain.problem import Problem
from amplify.ports.publisher import Network
from amplify.services.check import check
from amplify.testing.pictures import sample
from docs.pages import ROOT

DAY = "2027-05-21"
#: A server that takes less than the pages' longest alt text.
LONGEST_ALT = 500

Checked = Callable[[Mapping[str, str]], list[Problem]]


class Stern:
    """A network whose server takes short alt texts only."""

    def __init__(self, network: Network) -> None:
        self.network = network

    def __getattr__(self, name: str) -> object:
        if name == "defaults":
            limits = self.network.defaults
            pictures = replace(limits.pictures, alt=LONGEST_ALT) if limits.pictures else None
            return replace(limits, pictures=pictures)
        return getattr(self.network, name)


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    folder = tmp_path_factory.mktemp("lint") / "campaign"
    words = ["init", str(folder), "--day", DAY]
    subprocess.run([sys.executable, "-m", "amplify", *words], check=True, capture_output=True)
    (folder / "posts" / "media").mkdir()
    (folder / "posts" / "media" / "card.png").write_bytes(sample(kind="PNG", notes=False))
    (folder / "posts" / "first.yaml").unlink()
    head = folder / "config" / "campaign.yaml"
    head.write_text(head.read_text().replace("languages: [en]", "languages: [en, de, be]"))
    with closing(open_app(folder, environ={})) as app:
        yield app


@pytest.fixture
def checked(fresh: App) -> Checked:
    """What `amplify check` says of the campaign with other files, or parts of files, in it."""
    known = dict(fresh.folder.files())
    networks = {name: Stern(network) for name, network in fresh.workshop.networks.items()}
    workshop = replace(fresh.workshop, networks=networks)

    def saying(changes: Mapping[str, str]) -> list[Problem]:
        files = {**known}
        for name, text in changes.items():
            files[name] = merged(files.get(name, b"").decode(), text).encode() if name in known else text.encode()
        return check(workshop.author.read(files), workshop, None, {})

    return saying


def merged(before: str, block: str) -> str:
    """The file with the top-level keys of the block in place of its own."""
    return "".join(f"{piece.rstrip()}\n" for piece in {**sections(before), **sections(block)}.values())


def sections(text: str) -> dict[str, str]:
    pieces = re.split(r"(?m)^(?=[A-Za-z_][\w-]*:)", text)
    return {piece.partition(":")[0]: piece for piece in pieces if not piece.startswith("#")}


def examples(code: str) -> dict[str, dict[str, str]]:
    """Under `beside`, `fails` and `passes`: file → text."""
    found: dict[str, dict[str, str]] = {"beside": {}, "fails": {}, "passes": {}}
    part = "beside"
    listed = MarkdownIt("commonmark").parse(explained(code))
    for token, following in zip(listed, [*listed[1:], None], strict=True):
        if token.type == "heading_open" and following is not None and following.content in ("Fails", "Passes"):
            part = following.content.lower()
        if token.type == "fence":
            file = token.info.partition(" ")[2] or "posts/example.yaml"
            found[part][file] = found[part].get(file, "") + token.content
    return found


@pytest.mark.parametrize("code", codes())
def test_what_fails_fails_and_what_passes_passes(code: str, checked: Checked) -> None:
    told = examples(code)
    assert told["fails"]
    assert told["passes"]
    failing = checked({**told["beside"], **told["fails"]})
    assert code in {problem.code for problem in failing}, failing
    assert [problem for problem in failing if problem.code != code and problem.is_error] == []
    passing = checked({**told["beside"], **told["passes"]})
    assert [problem for problem in passing if problem.is_error or problem.code == code] == []


def test_every_code_has_a_page() -> None:
    assert sorted({*CODES, *ALWAYS}) == codes()
    assert len({rule.code for rule in RULES}) == len(RULES)
    assert not CODES & ALWAYS.keys()


def test_the_pages_of_the_docs_are_those_of_the_program() -> None:
    folder: Path = ROOT / "docs" / "lint"
    there = {page.name: page.read_text(encoding="utf-8") for page in folder.glob("*.md")}
    assert there == pages(), "`python -m bench.lint_pages` brings them up to date"

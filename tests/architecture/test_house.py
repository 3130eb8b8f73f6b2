"""The shape of the house: small files, telling names, time as an argument, each library in its place."""

import ast
import re
import statistics
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "amplify"
FILES = sorted(path for path in SOURCE.rglob("*.py"))
CODE = [path for path in FILES if path.name != "__init__.py"]

FORBIDDEN_NAMES = {"utils", "util", "common", "helpers", "base", "core", "models", "manager", "misc"}

#: The promises that ship with the product are pytest classes.
CONTRACTS = [path.relative_to(SOURCE).as_posix() for path in CODE if path.name.endswith("_contract.py")]

#: Where a library may be imported at all, by room or file.
HOMES = {
    "apprise": ("notices/courier.py", "publishers/apprise_courier.py"),
    "babel": ("authoring/typesetting/cldr.py",),
    "apscheduler": ("clockwork/apscheduler_clock.py",),
    "av": ("imaging/", "testing/films.py"),
    "fontTools": ("imaging/cards/typeface.py",),
    "resvg_py": ("imaging/cards/press.py",),
    "jinja2": ("authoring/", "documents/"),
    "markupsafe": ("authoring/", "documents/"),
    "markdown_it": ("authoring/",),
    "yaml": ("authoring/",),
    "pydantic": ("authoring/",),
    "mastodon": ("publishers/mastodon",),
    "atproto": ("publishers/bluesky",),
    "atproto_client": ("publishers/bluesky",),
    "telegram": ("publishers/telegram",),
    "sqlalchemy": ("ledger/",),
    "aiohttp": ("testing/", "figure_sources/"),
    "aiohttp_socks": ("figure_sources/fetching.py",),
    "bs4": ("figure_sources/",),
    "icalendar": ("documents/calendar.py",),
    "PIL": ("imaging/", "testing/pictures.py"),
    "pytest": tuple(CONTRACTS),
    "rich": ("cli/",),
    "click": ("cli/", "worker/command.py", "worker/rehearsal.py", "__main__.py"),
}

#: The only places that may ask the machine what time it is: its clock, and servers and commands of their own.
WALL_CLOCKS = ("clockwork/clocks.py", "testing/", "cli/demo.py", "cli/stage.py")
CLOCK_CALLS = re.compile(r"datetime\.(now|utcnow|today)\(|date\.today\(|time\.(time|monotonic|sleep)\(")


def where(path: Path) -> str:
    return path.relative_to(SOURCE).as_posix()


def imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        if isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module.split(".")[0]


def test_no_file_is_long_and_most_are_short() -> None:
    lengths = {where(path): len(path.read_text().splitlines()) for path in CODE}
    assert {name: length for name, length in lengths.items() if length > 300} == {}
    assert statistics.median(lengths.values()) <= 90


@pytest.mark.parametrize("path", FILES, ids=where)
def test_names_say_what_a_file_is_for(path: Path) -> None:
    assert not FORBIDDEN_NAMES & {part.removesuffix(".py") for part in path.relative_to(SOURCE).parts}


@pytest.mark.parametrize("path", FILES, ids=where)
def test_every_module_says_what_it_is_for(path: Path) -> None:
    assert ast.get_docstring(ast.parse(path.read_text()))


@pytest.mark.parametrize("path", FILES, ids=where)
def test_a_library_stays_at_home(path: Path) -> None:
    for library in imports(path):
        homes = HOMES.get(library, ("",))
        assert where(path).startswith(homes), f"{library} belongs to {', '.join(homes)}"


@pytest.mark.parametrize("path", [path for path in CODE if not where(path).startswith(WALL_CLOCKS)], ids=where)
def test_time_comes_from_a_clock(path: Path) -> None:
    assert not CLOCK_CALLS.search(path.read_text())


def test_domain_and_ports_need_nothing_but_python() -> None:
    for path in FILES:
        if where(path).startswith(("domain/", "ports/")):
            assert set(imports(path)) <= {*__import__("sys").stdlib_module_names, "amplify"}


def test_nothing_is_mocked_or_patched() -> None:
    words = ("unittest" + ".mock", "Magic" + "Mock", "monkeypatch" + ".setattr")
    for path in [*FILES, *(ROOT / "tests").rglob("*.py")]:
        assert not any(word in path.read_text() for word in words), path


def test_the_tree_has_no_path_of_a_machine_and_no_token() -> None:
    paths = re.compile(r"/(work|root|home)/[a-z.]")
    for folder in ("src", "tests", "config", "posts", "docs", "bench", ".ci"):
        for path in (ROOT / folder).rglob("*"):
            if path.is_file() and "__pycache__" not in path.parts and path.suffix != ".png":
                assert not paths.search(path.read_text()), path

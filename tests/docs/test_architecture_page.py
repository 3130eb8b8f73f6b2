"""docs/architecture.md draws the rooms as import-linter checks them, and names files that exist."""

import re
import tomllib

from docs.pages import ROOT, code

PAGE = ROOT / "docs" / "architecture.md"
SOURCE = ROOT / "src" / "amplify"


def layers() -> list[list[str]]:
    """From the entrances down to the domain."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    return [layer.split(" | ") for layer in next(c["layers"] for c in contracts if c["type"] == "layers")]


def diagram() -> str:
    """One box for each layer; each may import what is below it."""
    lines = ["flowchart TD"]
    for number, layer in enumerate(layers(), start=1):
        lines.append(f'    l{number}["{" &nbsp;·&nbsp; ".join(layer)}"]')
    lines += [f"    l{number} --> l{number + 1}" for number in range(1, len(layers()))]
    return "\n".join(lines)


def test_the_diagram_is_the_one_that_import_linter_checks() -> None:
    assert f"```mermaid\n{diagram()}\n```" in PAGE.read_text()


def test_every_room_is_explained() -> None:
    rows = "\n".join(line for line in PAGE.read_text().splitlines() if line.startswith("| `"))
    assert [room for layer in layers() for room in layer if f"`{room}`" not in rows] == []


def test_every_file_that_it_names_exists() -> None:
    named = [word for word in code(PAGE) if re.fullmatch(r"[a-z_]+(/[a-z_*]+)+(\.py|/)", word)]
    assert len(named) > 20
    assert [word for word in named if not any(SOURCE.glob(word)) and not (ROOT / word).exists()] == []

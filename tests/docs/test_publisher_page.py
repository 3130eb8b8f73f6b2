"""docs/writing-a-publisher.md speaks of the port and of the contract as they are."""

import ast
from dataclasses import fields

from amplify.ports.publisher import Network, Publisher
from amplify.testing.publisher_site import Site
from docs.pages import ROOT, blocks

PAGE = ROOT / "docs" / "writing-a-publisher.md"


def members(port: type) -> set[str]:
    return {name for name in vars(port) if not name.startswith("_")}


def test_it_explains_everything_that_a_publisher_has() -> None:
    text = PAGE.read_text()
    own = members(Network) | members(Publisher) - {"identity", "limits"}
    assert [name for name in sorted(own) if f"`{name}`" not in text and f"`{name}(" not in text] == []


def test_its_example_stands_on_a_site_that_can_be_made() -> None:
    (example,) = blocks(PAGE, "python")
    calls = [node for node in ast.walk(ast.parse(example.text)) if isinstance(node, ast.Call)]
    (site,) = [call for call in calls if isinstance(call.func, ast.Name) and call.func.id == "Site"]
    known = {field.name for field in fields(Site)}
    assert {word.arg for word in site.keywords} <= known

"""A YAML file as a tree: every scalar a string, every node with its place and with what is wrong with it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeAlias

from amplify.domain.problem import Passage, Place, Problem


class CutText(str):
    """An unquoted text with a comment right behind it: harmless behind a name, not behind words."""

    __slots__ = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Scalar:
    """`words` is where the first line of a block of text stands, whose lines are lines of the file (`|`)."""

    value: str
    place: Place
    words: Place | None = None
    faults: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Items:
    items: tuple["Node", ...]
    place: Place
    faults: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """`repeated` are the keys that stand there more than once; the first of each is kept."""

    entries: Mapping[str, "Node"]
    keys: Mapping[str, Place] = field(default_factory=dict)
    place: Place
    faults: tuple[Problem, ...] = ()
    repeated: frozenset[str] = frozenset()

    def without(self, *names: str) -> "Table":
        """The same table with some entries left out."""
        left = {name: node for name, node in self.entries.items() if name not in names}
        return replace(self, entries=left)


Node: TypeAlias = Scalar | Items | Table
Path: TypeAlias = Sequence[str | int]


def faults_in(node: Node) -> Iterator[Problem]:
    """What is wrong with the writing of a node and of all below it."""
    yield from node.faults
    for child in _children(node):
        yield from faults_in(child)


def as_data(node: Node) -> object:
    """Plain strings, lists and dictionaries."""
    if isinstance(node, Table):
        return {name: as_data(child) for name, child in node.entries.items()}
    if isinstance(node, Items):
        return [as_data(child) for child in node.items]
    return node.value


def follow(node: Node, path: Path) -> Node:
    """The deepest node on `path`; steps that the tree does not have are passed over."""
    for step in path:
        if isinstance(node, Table) and isinstance(step, str):
            node = node.entries.get(step, node)
        elif isinstance(node, Items) and isinstance(step, int) and step < len(node.items):
            node = node.items[step]
    return node


def place_of(node: Node, *path: str | int) -> Place:
    """Where the node at the end of `path` stands."""
    return follow(node, path).place


def passages_at(node: Node, *path: str | int) -> dict[str, Passage]:
    """Where the texts of a table stand that is at the end of `path`, by their names."""
    parent, last = follow(node, path[:-1]), path[-1]
    table = parent.entries.get(last) if isinstance(parent, Table) and isinstance(last, str) else None
    texts = table.entries if isinstance(table, Table) else {}
    return {
        name: Passage(start=one.words or one.place, line_by_line=one.words is not None)
        for name, one in texts.items()
        if isinstance(one, Scalar)
    }


def key_place(node: Node, *path: str | int) -> Place:
    """Where the key stands that leads to the end of `path`."""
    parent = follow(node, path[:-1])
    last = path[-1] if path else None
    if isinstance(parent, Table) and isinstance(last, str) and last in parent.keys:
        return parent.keys[last]
    return place_of(node, *path)


def scalar_at(node: Node, name: str) -> str:
    """The text of an entry, or nothing: for telling what a wrong entry is called."""
    found = node.entries.get(name) if isinstance(node, Table) else None
    return str(found.value) if isinstance(found, Scalar) and not found.faults else ""


def _children(node: Node) -> Iterator[Node]:
    if isinstance(node, Table):
        yield from node.entries.values()
    elif isinstance(node, Items):
        yield from node.items

"""PyYAML's C parser, its events built into our tree: nothing is guessed, everything keeps its place.

YAML's own reading of `no`, `on`, `9:30` and dates never happens: every scalar stays a string.
"""

import re
from collections.abc import Iterator

import yaml

from amplify.authoring.reading.broken_yaml import Broken, explain
from amplify.authoring.reading.findings import error
from amplify.authoring.reading.letters import decode
from amplify.authoring.reading.nodes import CutText, Items, Node, Scalar, Table
from amplify.domain.problem import Place, Problem

_MAX_DEPTH = 20
_MAX_ALIASES = 10
_COMMENT = re.compile(r"[ ]+(#\S*)")
#: From the `|` to the first word below it.
_BLOCK_BEGINS = re.compile(r"[^\n]*\n(?: *\n)*(?P<indent> *)(?=\S)")
_BLOCK = "write `|` here, and the text on the next line, two spaces further in"


class Unreadable(Exception):
    """The file as a whole cannot be read; `problems` say why."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__("; ".join(map(str, problems)))
        self.problems = problems


def parse(file: str, content: bytes) -> Node | None:
    """The tree of a file, None when it is empty. Raises Unreadable."""
    text, problems = decode(file, content)
    if problems:
        raise Unreadable(*problems)
    try:
        return _Builder(file, text).document()
    except yaml.MarkedYAMLError as bad:
        raise Unreadable(explain(_broken(file, text, bad))) from bad
    except yaml.YAMLError as bad:
        raise Unreadable(error("not-readable", "this file cannot be read as YAML", Place(file=file))) from bad


class _Builder:
    def __init__(self, file: str, text: str) -> None:
        self._file = file
        self._text = text
        self._events: Iterator[yaml.Event] = yaml.parse(text, Loader=yaml.CBaseLoader)
        self._anchors: dict[str, Node] = {}
        self._aliases = 0
        self._unused: dict[str, Place] = {}
        self._brackets = 0

    def document(self) -> Node | None:
        node: Node | None = None
        for event in self._events:
            if isinstance(event, yaml.DocumentStartEvent) and node is not None:
                told = "a second document begins here (`---`)"
                raise Unreadable(error("not-readable", told, self._place(event), "remove the line, or use two files"))
            if isinstance(event, yaml.NodeEvent):
                node = self._node(event, 0)
        for name, place in self._unused.items():
            told = f"your text is cut here: `&{name}` is taken for a name, and nobody would read it"
            raise Unreadable(error("text-cut", told, place, _BLOCK))
        return node

    def _node(self, event: yaml.Event, depth: int) -> Node:
        if depth > _MAX_DEPTH:
            told = "this goes more than twenty levels deep"
            raise Unreadable(error("too-deep", told, self._place(event), "look for a bracket too many"))
        if isinstance(event, yaml.AliasEvent):
            return self._alias(event)
        brackets = isinstance(event, yaml.CollectionStartEvent) and bool(event.flow_style)
        self._brackets += brackets
        if isinstance(event, yaml.SequenceStartEvent):
            inner = self._until(yaml.SequenceEndEvent)
            node: Node = Items(items=tuple(self._node(one, depth + 1) for one in inner), place=self._place(event))
        elif isinstance(event, yaml.MappingStartEvent):
            node = self._table(event, depth)
        else:
            node = self._scalar(event)
        self._brackets -= brackets
        if isinstance(event, yaml.NodeEvent) and event.anchor:
            self._anchors[event.anchor] = node
            if isinstance(event, yaml.ScalarEvent) and not event.style:
                self._unused[event.anchor] = node.place
        return node

    def _scalar(self, event: yaml.Event) -> Scalar:
        place = self._place(event)
        if not isinstance(event, yaml.ScalarEvent):
            return Scalar(value="", place=place)
        if event.tag:
            return self._cut(place, event.tag[:1])
        if event.style == "|":
            return Scalar(value=event.value, place=place, words=self._words(event))
        if event.style in ("'", '"', ">"):
            return Scalar(value=event.value, place=place)
        comment = _COMMENT.match(self._text, event.end_mark.index if event.end_mark else 0)
        if event.value:
            return Scalar(value=CutText(event.value) if comment else event.value, place=place)
        return Scalar(value="", place=place, faults=(self._nothing(place, comment[1] if comment else ""),))

    def _nothing(self, place: Place, comment: str) -> Problem:
        if comment:
            told = f"your text is cut here: everything from `{comment}` on is read as a comment, and nothing is left"
            return error("text-cut", told, place, "put it in quotes; hashtags in `tags:` are written without `#`")
        if self._brackets:
            told = "there is nothing here: a name without a value, or a comma inside an unquoted text"
            hint = "write the value, or remove the name; a text with commas needs quotes or `|`"
            return error("text-cut", told, place, hint)
        told = "there is nothing behind this name"
        hint = "write it here, or on the next line, two spaces further in; `{}` where nothing is to be said"
        return error("text-cut", told, place, hint)

    def _words(self, event: yaml.ScalarEvent) -> Place:
        """Where the first line of a block stands that has words in it."""
        found = _BLOCK_BEGINS.match(self._text, event.start_mark.index) if event.start_mark else None
        if found is None or event.start_mark is None:
            return self._place(event)
        return Place(
            file=self._file, line=event.start_mark.line + 1 + found[0].count("\n"), column=len(found["indent"]) + 1
        )

    def _table(self, event: yaml.Event, depth: int) -> Node:
        entries: dict[str, Node] = {}
        keys: dict[str, Place] = {}
        faults: list[Problem] = []
        repeated: set[str] = set()
        cut = False
        for inner in self._until(yaml.MappingEndEvent):
            key = self._node(inner, depth + 1)
            value = self._node(next(self._events), depth + 1)
            if not isinstance(key, Scalar) or not key.value:
                cut = True
            elif key.value in entries:
                told = f"`{key.value}` stands here twice; the first is in line {keys[key.value].line}"
                repeated.add(key.value)
                faults.append(error("duplicate-key", told, key.place, "remove one of them"))
            else:
                faults += key.faults
                entries[key.value], keys[key.value] = value, key.place
        place = self._place(event)
        if cut:
            start = event.start_mark.index if event.start_mark else 0
            return self._cut(place, "{{" if self._text.startswith("{{", start) else self._text[start : start + 1])
        return Table(entries=entries, keys=keys, place=place, faults=tuple(faults), repeated=frozenset(repeated))

    def _alias(self, event: yaml.AliasEvent) -> Node:
        self._aliases += 1
        self._unused.pop(event.anchor or "", None)
        place = self._place(event)
        if self._aliases > _MAX_ALIASES:
            told = f"this file has more than {_MAX_ALIASES} references like `*{event.anchor}`"
            raise Unreadable(error("too-many-aliases", told, place, "write the words out, or put them in a template"))
        return self._anchors.get(event.anchor or "") or self._cut(place, "*")

    def _cut(self, place: Place, sign: str) -> Scalar:
        told = f"your text is cut here: it begins with `{sign}` and has no quotes"
        return Scalar(value="", place=place, faults=(error("text-cut", told, place, _BLOCK),))

    def _until(self, end: type[yaml.Event]) -> Iterator[yaml.Event]:
        for event in self._events:
            if isinstance(event, end):
                return
            yield event

    def _place(self, event: yaml.Event) -> Place:
        mark = event.start_mark
        return Place(file=self._file, line=mark.line + 1, column=mark.column + 1) if mark else Place(file=self._file)


def _broken(file: str, text: str, bad: yaml.MarkedYAMLError) -> Broken:
    mark = bad.problem_mark or bad.context_mark
    context = bad.context_mark or mark
    return Broken(
        file=file,
        lines=tuple(text.split("\n")),
        problem=bad.problem or "",
        line=mark.line if mark else 0,
        column=mark.column if mark else 0,
        context=bad.context or "",
        context_line=context.line if context else 0,
        context_column=context.column if context else 0,
    )

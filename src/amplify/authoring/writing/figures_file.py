"""config/figures.yaml on disk: a new number is written beside it, read back and compared, and only then put in its place."""

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import yaml

from amplify.authoring.reading.figures import FIGURES_FILE, as_written
from amplify.authoring.reading.nodes import Node, Table, as_data
from amplify.authoring.reading.tree import Unreadable, parse
from amplify.authoring.reading.words import Known
from amplify.authoring.writing.figure_lines import with_version
from amplify.domain.figure import Figure, Version
from amplify.ports.figures_file import CannotWrite

_BOM = "\ufeff"


@dataclass(frozen=True, slots=True)
class FiguresOnDisk:
    """Those of the campaign in `root`."""

    root: Path

    def put(self, figure: Figure, version: Version) -> None:
        """Raises CannotWrite, and then the file is as it was."""
        path = (self.root / FIGURES_FILE).resolve()
        try:
            content = path.read_bytes()
            made = rewritten(content, figure, version)
            fresh = path.with_name(f".{path.name}.new")
            with fresh.open("wb") as file:
                file.write(made)
                file.flush()
                os.fsync(file.fileno())
            shutil.copymode(path, fresh)
            if path.read_bytes() != content:
                fresh.unlink()
                raise CannotWrite(f"somebody has just changed {FIGURES_FILE}; say it again")
            fresh.replace(path)
        except OSError as error:
            raise CannotWrite(f"{FIGURES_FILE} cannot be written: {error.strerror}") from error


def rewritten(content: bytes, figure: Figure, version: Version) -> bytes:
    """The file with another number in force. Raises CannotWrite unless it says just that, and all else as before."""
    try:
        text = content.decode("utf-8")
        mark = _BOM if text.startswith(_BOM) else ""
        made = mark + with_version(FIGURES_FILE, text.removeprefix(_BOM), figure.id, version)
        _compare(text, made, figure, version)
    except (UnicodeDecodeError, Unreadable, yaml.YAMLError) as bad:
        raise CannotWrite(f"{FIGURES_FILE} cannot be read; `amplify check` says why") from bad
    return made.encode("utf-8")


def _compare(before: str, after: str, figure: Figure, version: Version) -> None:
    """Raises CannotWrite."""
    old, new = _entries(before), _entries(after)
    others_differ = [name for name in {*old, *new} - {figure.id} if as_data(old[name]) != as_data(new[name])]
    read, _ = as_written(
        Table(entries=new, keys={name: one.place for name, one in new.items()}, place=new[figure.id].place), Known()
    )
    found = read.get(figure.id)
    meant = figure.replaced(version)
    differs = found is None or _bare(found) != _bare(meant)
    left = iter(_comments(after))
    lost = any(comment not in left for comment in _comments(before))  # each in turn: one that is found is used up
    if others_differ or list(old) != list(new) or differs or lost:
        raise CannotWrite(
            f"{FIGURES_FILE} is written in a way that amplify cannot change safely, so it is as it was; move the lines "
            f"of {figure.id} by hand: docs/figures.md says how"
        )


def _entries(text: str) -> dict[str, Node]:
    node = parse(FIGURES_FILE, text.encode())
    if not isinstance(node, Table):
        raise CannotWrite(f"{FIGURES_FILE} is no table of figures; look at it")
    return dict(node.entries)


def _bare(figure: Figure) -> Figure:
    """Without what is judged and not written."""
    return replace(figure, held="", untrue_from=None, untrue="")


def _comments(text: str) -> list[str]:
    """The lines that are comments, in their order."""
    root = yaml.compose(text.removeprefix(_BOM), Loader=yaml.CBaseLoader)
    inside = list(_spans(root)) if root is not None else []
    found, at = [], 0
    for line in text.removeprefix(_BOM).splitlines(keepends=True):
        if line.lstrip().startswith("#") and not any(start <= at < end for start, end in inside):
            found.append(line.strip())
        at += len(line)
    return found


def _spans(node: yaml.Node) -> Iterator[tuple[int, int]]:
    """Where scalars stand: a `#` in a block of text begins no comment."""
    if isinstance(node, yaml.MappingNode):
        for pair in node.value:
            for one in pair:
                yield from _spans(one)
    elif isinstance(node, yaml.SequenceNode):
        for one in node.value:
            yield from _spans(one)
    else:
        yield node.start_mark.index, node.end_mark.index

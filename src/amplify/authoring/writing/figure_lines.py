"""A new number in the text of config/figures.yaml: only the lines of that number change.

The version that was in force becomes one line at the end of `history`, with everything that it said.
"""

from collections.abc import Mapping

import yaml

from amplify.authoring.reading.nodes import Table, as_data
from amplify.authoring.reading.tree import parse
from amplify.authoring.writing.flow import flow
from amplify.authoring.writing.layout import Draft, Lines, content_end, lines_of
from amplify.domain.figure import Status, Version
from amplify.ports.figures_file import CannotWrite

#: What a version says, in the order in which it is written; `as_of` is the one that every version has.
_KEYS = (
    "value",
    "range",
    "qualifier",
    "as_of",
    "period",
    "published_on",
    "retrieved_at",
    "source",
    "breakdown",
    "raw",
    "reason",
    "corrects",
    "entered_by",
    "confirmed_by",
    "confirmed_at",
    "note",
)


def with_version(file: str, text: str, figure: str, version: Version) -> str:
    """The text with another number in force. Raises CannotWrite."""
    root = yaml.compose(text, Loader=yaml.CBaseLoader)
    entries = root.value if isinstance(root, yaml.MappingNode) else []
    table = next((value for key, value in entries if key.value == figure), None)
    read = parse(file, text.encode())
    written = read.entries.get(figure) if isinstance(read, Table) else None
    if not isinstance(table, yaml.MappingNode) or written is None:
        raise CannotWrite(f"{file} has no lines for {figure}; look at it")
    old = as_data(written)
    if not isinstance(old, dict):
        raise CannotWrite(f"{figure} is no table in {file}; look at it")
    draft, new = Draft(text), said(version)
    if table.flow_style:
        draft.change(table.start_mark.index, table.end_mark.index, flow(_all_of(old, new)))
    else:
        _change(draft, lines_of(table, text), old, new)
    return draft.made()


def said(version: Version) -> dict[str, object]:
    """A version as its keys in the file."""
    source = {"name": version.source.name, "url": version.source.url, "archived_url": version.source.archived_url}
    ends = {"low": str(version.low), "high": str(version.high)}
    known: dict[str, object] = {
        "value": None if version.value is None else str(version.value),
        "range": ends if version.value is None else None,
        "qualifier": version.qualifier.value,
        "as_of": version.as_of.isoformat(),
        "period": version.period,
        "published_on": version.published_on.isoformat() if version.published_on else None,
        "retrieved_at": version.retrieved_at.isoformat(timespec="minutes") if version.retrieved_at else None,
        "source": {name: value for name, value in source.items() if value},
        "breakdown": [{"key": name, "value": str(part)} for name, part in version.breakdown.items()],
        "raw": version.raw,
        "reason": version.reason,
        "corrects": version.corrects,
        "entered_by": version.entered_by,
        "confirmed_by": version.confirmed_by,
        "confirmed_at": version.confirmed_at.isoformat(timespec="minutes") if version.confirmed_at else None,
        "note": version.note,
    }
    return {name: known[name] for name in _KEYS if known[name]}


def _was(old: Mapping[str, object]) -> dict[str, object]:
    """The version in force as a line of history, its day first, its words as they were typed."""
    return {name: old[name] for name in ("as_of", *(key for key in _KEYS if key != "as_of")) if name in old}


def _all_of(old: Mapping[str, object], new: Mapping[str, object]) -> dict[str, object]:
    """A figure that is written between brackets, as a whole."""
    kept = {name: value for name, value in old.items() if name not in (*_KEYS, "history", "status")}
    earlier = old.get("history", [])
    history = [*(earlier if isinstance(earlier, list) else []), _was(old)]
    return {**kept, **new, "history": history}


def _change(draft: Draft, found: Mapping[str, Lines], old: Mapping[str, object], new: Mapping[str, object]) -> None:
    _refuse_references(found)
    indent = " " * found["as_of"].key.start_mark.column
    behind = found["as_of"].end
    for name in ("value", "range"):
        if name in found:
            behind = found[name].end
            break
    for name in _KEYS:
        lines = found.get(name)
        if lines is None and name in new:
            draft.insert(behind, f"{indent}{name}: {flow(new[name])}")
        elif lines is not None and name not in new:
            draft.remove(lines)
        elif lines is not None and new[name] != old[name]:
            _replace(draft, lines, new[name])
        behind = lines.end if lines is not None else behind
    if "status" in found:
        _replace(draft, found["status"], Status.CONFIRMED.value)
    _remember(draft, found, _was(old), indent)


def _replace(draft: Draft, lines: Lines, new: object) -> None:
    """The value alone where it is short; a table line by line; everything else as a whole."""
    value, name = lines.value, str(lines.key.value)
    if isinstance(value, yaml.MappingNode) and not value.flow_style and isinstance(new, Mapping):
        inner = lines_of(value, draft.text)
        indent = " " * value.start_mark.column
        for key, one in inner.items():
            if key not in new:
                draft.remove(one)
            elif one.value.value != new[key]:
                _replace(draft, one, new[key])
        for key in [key for key in new if key not in inner]:
            draft.insert(lines.end, f"{indent}{key}: {flow(new[key])}")
    elif getattr(value, "style", None) in ("|", ">") or (
        isinstance(value, yaml.CollectionNode) and not value.flow_style
    ):
        indent = " " * lines.key.start_mark.column
        draft.change(lines.start, lines.end, f"{indent}{name}: {flow(new)}{draft.newline}")
    else:
        draft.change(value.start_mark.index, content_end(value, draft.text), flow(new))


def _remember(draft: Draft, found: Mapping[str, Lines], was: Mapping[str, object], indent: str) -> None:
    """The old version as the last item of `history`."""
    history = found.get("history")
    if history is None:
        end = max(lines.end for lines in found.values())
        draft.insert(end, f"{indent}history:{draft.newline}{indent}  - {flow(was)}")
        return
    value = history.value
    if isinstance(value, yaml.CollectionNode) and value.flow_style:
        bracket = value.end_mark.index - 1
        inside = draft.text[value.start_mark.index + 1 : bracket].rstrip()
        draft.change(bracket, bracket, f"{', ' if inside and not inside.endswith(',') else ''}{flow(was)}")
    else:
        draft.insert(history.end, f"{' ' * value.start_mark.column}- {flow(was)}")


def _refuse_references(found: Mapping[str, Lines]) -> None:
    """Raises CannotWrite where a value stands elsewhere: with it, more than one figure would change."""
    for name, lines in found.items():
        if not lines.start < lines.value.start_mark.index <= lines.end:
            raise CannotWrite(
                f"`{name}` is a reference (`*…`) to other lines; write its value there, then say it again"
            )

"""A node of a file as one of our schemas, and every error where it stands."""

from collections.abc import Iterator
from typing import Any, TypeVar, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from amplify.authoring.nearest import nearest
from amplify.authoring.reading.findings import error
from amplify.authoring.reading.nodes import Node, Path, Table, as_data, faults_in, follow, key_place, place_of
from amplify.authoring.reading.seen import as_written
from amplify.authoring.reading.strangers import two_alphabets
from amplify.authoring.reading.words import Known
from amplify.domain.problem import Problem

_M = TypeVar("_M", bound=BaseModel)
_SHAPES = {
    "dict_type": (
        "not-a-table",
        "`name: value` lines belong here",
        "write one on each line",
    ),
    "model_type": (
        "not-a-table",
        "`name: value` lines belong here",
        "write one on each line",
    ),
    "list_type": ("not-a-list", "a list belongs here", "write `[one, two]`, or each on its own line after `- `"),
    "too_short": ("empty", "nothing is listed here", "write at least one, or remove the line"),
}


def typed(model: type[_M], node: Node, known: Known) -> tuple[_M | None, list[Problem]]:
    """The value, or all that is wrong with it."""
    faults = list(faults_in(node))
    try:
        value = model.model_validate(as_data(node), context=known)
    except ValidationError as bad:
        told = [
            _told(model, node, one, known) for one in bad.errors(include_url=False) if not _known_already(node, one)
        ]
        return None, [*faults, *told]
    return (None, faults) if faults else (value, [])


def wrong_keys(model: type[BaseModel], node: Table, known: Known) -> frozenset[str]:
    """The keys of an entry that are missing, or with which anything is wrong."""
    faulty = {key for key, child in node.entries.items() if any(True for _ in faults_in(child))}
    try:
        model.model_validate(as_data(node), context=known)
    except ValidationError as bad:
        faulty |= {str(one["loc"][0]) for one in bad.errors(include_url=False) if one["loc"]}
    return frozenset(faulty)


def _known_already(node: Node, one: ErrorDetails) -> bool:
    return one["type"] != "missing" and bool(follow(node, one["loc"]).faults)


def _told(model: type[BaseModel], node: Node, one: ErrorDetails, known: Known) -> Problem:
    path, kind = one["loc"], one["type"]
    key = next((step for step in reversed(path) if isinstance(step, str) and step[0] not in "<["), "")
    if kind == "missing":
        field = next((m.model_fields[n] for m in _models_at(model, path[:-1]) if (n := _field(m, key))), None)
        hint = (field.description if field else "") or f"add a line `{key}: …`"
        return error("missing-key", f"`{key}` is missing", place_of(node, *path[:-1]), hint)
    if kind == "extra_forbidden":
        keys = [name for m in _models_at(model, path[:-1]) for name in _keys(m)]
        place = key_place(node, *path)
        hint = _misplaced(key, keys, known) or nearest(key, keys)
        return error("unknown-key", f"`{key}` is not a key that amplify knows here", place, hint)
    of_key = bool(path) and path[-1] == "[key]"
    place = key_place(node, *path[:-1]) if of_key else place_of(node, *path)
    if kind in _SHAPES:
        code, message, hint = _SHAPES[kind]
        return error(code, f"{message} (`{key}`)" if key else message, place, _example(model, path) or hint)
    if kind in ("enum", "literal_error"):
        expected = str(one["ctx"]["expected"]).replace(" or ", ", ").replace("'", "").split(", ")
        return error(
            "unknown-value", f"“{one['input']}” is not a value of `{key}`", place, nearest(str(one["input"]), expected)
        )
    context = one.get("ctx", {})
    return error(kind, str(context.get("message", one["msg"])), place, str(context.get("hint", "")))


def _misplaced(key: str, keys: list[str], known: Known) -> str:
    """A hint for a key that is right elsewhere, or that only looks right."""
    owner = next((one for one in ("text", "label") if one in keys), "")
    if owner and key in known.languages:
        return f"move it two spaces to the right, below `{owner}:`"
    bare = key.strip("“”„‟«»‘’\"'")
    if bare != key and bare in keys:
        return f"write `{bare}:` without quotes"
    mixed = two_alphabets(key)
    return f"it has letters of two alphabets ({mixed}): type it anew with one keyboard" if mixed else ""


def _example(model: type[BaseModel], path: Path) -> str:
    """How the key at `path` is written, where its schema gives an example."""
    key = next((step for step in reversed(path) if isinstance(step, str) and step[0] not in "<["), "")
    for owner in _models_at(model, path[: path.index(key)] if key in path else ()):
        field = owner.model_fields.get(_field(owner, key))
        if field is not None and field.examples:
            return f"write `{key}: {as_written(field.examples[0])}`"
    return ""


def _models_at(model: type[BaseModel], path: Path) -> list[type[BaseModel]]:
    """The schemas that describe what stands at `path`."""
    found = [model]
    for step in path:
        inner = [m.model_fields[name].annotation for m in found if (name := _field(m, step))]
        found = [m for annotation in inner for m in _models_in(annotation)] or found
    return found


def _models_in(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for inner in get_args(annotation):
        yield from _models_in(inner)


def _field(model: type[BaseModel], key: str | int) -> str:
    return next((name for name, field in model.model_fields.items() if (field.alias or name) == key), "")


def _keys(model: type[BaseModel]) -> list[str]:
    return [field.alias or name for name, field in model.model_fields.items()]

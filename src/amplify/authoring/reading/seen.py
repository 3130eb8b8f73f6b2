"""A value as an editor sees it: the JSON Schema of a type, kept beside the function that reads it.

An editor takes `1496` for a number and `true` for a yes; to our reader both are text. So both are allowed.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic_core import CoreSchema, core_schema

_T = TypeVar("_T")

#: A text that may look like a number.
SCALAR = {"type": ["string", "number", "boolean"]}
#: Stands for the names of the installed networks until a schema is written (see authoring/schemas).
NETWORK = {"type": "string", "format": "network"}


@dataclass(frozen=True, slots=True)
class Read(Generic[_T]):
    """A function that reads one scalar, and its JSON Schema. In `Annotated` it is all that pydantic needs."""

    read: Callable[[object], _T]
    schema: Mapping[str, Any] = field(hash=False)

    def __call__(self, value: object) -> _T:
        return self.read(value)

    def __get_pydantic_core_schema__(self, _: Any, __: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(self.read)

    def __get_pydantic_json_schema__(self, _: CoreSchema, __: GetJsonSchemaHandler) -> dict[str, Any]:
        return dict(self.schema)


def seen(**schema: Any) -> Callable[[Callable[[object], _T]], Read[_T]]:
    """Say how editors see what a function reads."""

    def told(read: Callable[[object], _T]) -> Read[_T]:
        return Read(read, schema)

    return told


def whole(pattern: str) -> str:
    """A Python pattern for a whole text as JSON Schema knows it: anchored, its groups without names."""
    unnamed = re.sub(r"\(\?P<\w+>", "(?:", pattern)
    return f"^(?:{unnamed})$"


def one_of(*keys: str) -> dict[str, Any]:
    """At least one of these keys belongs into a table; the reader has more to say about them."""
    return {"anyOf": [{"required": [key]} for key in keys]}


def as_written(example: object) -> str:
    """An example as people write it on one line of YAML."""
    if isinstance(example, Mapping):
        return f"{{{', '.join(f'{name}: {as_written(one)}' for name, one in example.items())}}}"
    if isinstance(example, list):
        return f"[{', '.join(map(as_written, example))}]"
    return f'"{example}"' if ":" in str(example) else str(example)

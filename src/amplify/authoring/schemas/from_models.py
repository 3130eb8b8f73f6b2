"""JSON Schema of one of the models that read a campaign's files.

Editors show a key's `description`; in the models that sentence is the `title` (see `words.Entry`). Defaults are left
out: pydantic would write them as Python has them, not as people write them.
"""

from collections.abc import Callable, Mapping
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

Schema = dict[str, Any]

_BY_NAME = ("properties", "patternProperties", "$defs")
_ONE = ("items", "additionalProperties", "propertyNames", "if", "then", "else")
_SEVERAL = ("anyOf", "oneOf", "allOf")


class _ForEditors(GenerateJsonSchema):
    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        return self.generate_inner(schema["schema"])

    def nullable_schema(self, schema: core_schema.NullableSchema) -> JsonSchemaValue:
        """Nothing in our files is null: a key is written, or left out."""
        return self.generate_inner(schema["schema"])

    def field_title_should_be_set(self, _: Any) -> bool:
        return False


def from_model(model: type[BaseModel], networks: Mapping[str, object]) -> Schema:
    """The schema, with the names of the networks that are installed."""
    schema = model.model_json_schema(by_alias=True, schema_generator=_ForEditors)
    return _tidied(schema, sorted(networks))


def changed(schema: Schema, change: Callable[[Schema], Schema]) -> Schema:
    """The same schema with every schema below it changed."""
    made: Schema = {}
    for key, value in schema.items():
        if key in _BY_NAME:
            made[key] = {name: change(one) for name, one in value.items()}
        elif key in _ONE and isinstance(value, dict):
            made[key] = change(value)
        elif key in _SEVERAL:
            made[key] = [change(one) for one in value]
        else:
            made[key] = value
    return made


def _tidied(schema: Schema, networks: list[str]) -> Schema:
    said = schema.get("title", "")
    made = changed(schema, lambda below: _tidied(below, networks))
    made.pop("title", None)
    made.pop("description", None)
    if said.endswith("."):  # a sentence, and not the name of a class
        made = {"description": said, **made}
    if made.get("format") == "network":
        made = {**made, "enum": networks}
        del made["format"]
    if "patternProperties" in made:
        made.setdefault("additionalProperties", False)
    return made

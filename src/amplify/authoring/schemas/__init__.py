"""JSON Schemas of a campaign's files, for editors: made from the very models that read them, so they never disagree."""

import json
import posixpath
from collections.abc import Mapping

from amplify.ports.publisher import Network

#: Where they lie in a campaign's folder.
FOLDER = "config/schema/"


def schemas(networks: Mapping[str, Network]) -> Mapping[str, str]:
    """Path in the campaign's folder → content."""
    from amplify.authoring.schemas.files import every_file

    return {f"{FOLDER}{name}.json": _text(schema) for name, schema in every_file(networks).items()}


def first_line(file: str) -> str:
    """What a YAML file of a campaign says in its first line, so that editors find its schema."""
    folder, name = posixpath.split(file)
    schema = "posts" if file.startswith("posts/") else name.removesuffix(".yaml")
    return f"# yaml-language-server: $schema={posixpath.relpath(f'{FOLDER}{schema}.json', folder)}"


def _text(schema: Mapping[str, object]) -> str:
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"

"""The export for programs: one JSON object a line, with the same keys on every line of a kind. docs/record.md has them."""

import json
from collections.abc import Iterator
from dataclasses import asdict
from datetime import date
from enum import Enum

from amplify.documents.record.values import Record, Went


def lines(record: Record) -> Iterator[str]:
    """First the record itself, then each delivery."""
    yield json.dumps({"type": "record", **head(record)}, ensure_ascii=False)
    for one in record.deliveries:
        yield json.dumps({"type": "delivery", **delivery(one)}, ensure_ascii=False)


def head(record: Record) -> dict[str, object]:
    """What is said of the record as a whole."""
    return {name: _plain(said) for name, said in asdict(record).items() if name != "deliveries"}


def delivery(one: Went) -> dict[str, object]:
    return {name: _plain(told) for name, told in asdict(one).items()}


def _plain(said: object) -> object:
    """Values as JSON has them. Empty words are null, so that nobody takes them for words."""
    if isinstance(said, Enum):
        said = said.value
    if isinstance(said, date):
        return said.isoformat()
    if isinstance(said, dict):
        return {name: _plain(told) for name, told in said.items()}
    if isinstance(said, list | tuple):
        return [_plain(told) for told in said]
    return None if said == "" else said

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
    """Empty words are null, so that nobody takes them for words."""
    said = {name: _plain(told) for name, told in asdict(one).items()}
    return {name: None if told == "" else told for name, told in said.items()}


def _plain(said: object) -> object:
    """Values as JSON has them."""
    if isinstance(said, Enum):
        return str(said.value)
    if isinstance(said, date):
        return said.isoformat()
    if isinstance(said, dict):
        return {name: _plain(told) for name, told in said.items()}
    return [_plain(told) for told in said] if isinstance(said, list | tuple) else said

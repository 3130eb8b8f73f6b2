"""What a ledger in memory forgets, and what its record says of that."""

import json
import secrets
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from amplify.domain.chain import words
from amplify.domain.delivery import Delivery
from amplify.domain.key import Key
from amplify.domain.witness import LINES, PURGE, numbers, spans
from amplify.ports.steps import blinded, erased
from amplify.testing.memory_shelf import Shelf


def erase(
    shelf: Shelf, keys: Collection[Key], files: Mapping[int, Mapping[str, bytes]], *, by: str, now: datetime
) -> Sequence[Delivery]:
    """Raises LedgerError, and then nothing is forgotten."""
    salt = secrets.token_hex(16)
    rows = [shelf.known(key) for key in keys]
    forgotten = [erased(row, salt=salt, by=by, now=now) for row in rows]
    for old, new in zip(rows, forgotten, strict=True):
        given = [[yes.by, yes.at.isoformat()] for yes in shelf.standing(new.key) if yes.digest == old.digest]
        detail = {"by": by, LINES: _empty(shelf, new.key), "approved": json.dumps(given)}
        shelf.yeses = [
            replace(yes, text="", note="", digest=blinded(yes.digest, salt)) if yes.key == new.key else yes
            for yes in shelf.yeses
        ]
        shelf.keep(PURGE, new, new, now, detail)
    for number, kept in files.items():
        gone = sorted(path for path, content in shelf.revisions[number - 1].files.items() if kept.get(path) != content)
        shelf.revisions[number - 1] = replace(shelf.revisions[number - 1], files=dict(kept))
        told = {"by": by, "revision": str(number), "files": ", ".join(gone), LINES: _empty_of(shelf, number)}
        shelf.enter(PURGE, now, told)
    return forgotten


def _empty_of(shelf: Shelf, number: int) -> str:
    """The lines that tell of a revision and have lost their words, now or before."""
    full = [line for line in shelf.lines if not line.key and line.event in ("apply", PURGE)]
    told = {line.seq: said for line in full if (said := words(line.content)).get("revision") == str(number)}
    for seq in told:
        shelf.lines[seq - 1] = replace(shelf.lines[seq - 1], content=None, salt=None)
    return spans({*told, *(seq for said in told.values() for seq in numbers(said.get(LINES, "")))})


def _empty(shelf: Shelf, key: Key) -> str:
    """The lines of a delivery that have lost their words."""
    full = [line for line in shelf.lines if line.key == str(key) and line.content is not None and line.event != PURGE]
    for line in full:
        shelf.lines[line.seq - 1] = replace(line, content=None, salt=None)
    return spans(line.seq for line in full)

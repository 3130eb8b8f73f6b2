"""The record's chain: the hash of a line covers the line before it and a salted digest of what it says.

The digest is hashed, not the words: words and salt can be purged together and the chain still holds.
The salt keeps short words from being guessed from their digest. Besides words, a line says what it has left of the
rows that it tells of (`witness.py`).
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256

from amplify.domain.witness import ROWS, Rows, Witness

#: The hash before the first line.
START = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One entry as stored. `content` is JSON; it and `salt` are None once purged. `at` is ISO 8601 in UTC."""

    seq: int
    key: str
    event: str
    before: str
    after: str
    at: str
    content: str | None
    salt: str | None
    digest: str
    previous: str
    hash: str


def seal(
    detail: Mapping[str, str],
    *,
    seq: int,
    key: str,
    event: str,
    before: str,
    after: str,
    at: str,
    salt: str,
    previous: str,
    rows: Rows | None = None,
) -> Line:
    """The next line of the record; empty details are left out."""
    said: dict[str, object] = {name: told for name, told in detail.items() if told}
    if rows:
        said[ROWS] = rows
    content = json.dumps(said, sort_keys=True, ensure_ascii=False)
    digest = _digest(salt, content)
    return Line(
        seq=seq,
        key=key,
        event=event,
        before=before,
        after=after,
        at=at,
        content=content,
        salt=salt,
        digest=digest,
        previous=previous,
        hash=_hash(previous, seq, key, event, before, after, at, digest),
    )


def words(content: str | None) -> Mapping[str, str]:
    """What a line says to people; nothing once it is purged."""
    said = json.loads(content) if content else {}
    return {name: told for name, told in said.items() if name != ROWS}


def fault(
    lines: Iterable[Line],
    *,
    last_seq: int,
    last_hash: str,
    states: Mapping[str, str],
    rows: Mapping[str, str] | None = None,
) -> str:
    """Empty, or the first thing that is wrong, in words.

    `last_seq` and `last_hash` are what was noted of the end, or nobody would miss the last lines; `states`
    are those that the deliveries show now, by key. `rows` are digests of the rows as they are now, by name; None
    where the lines say nothing of rows.
    """
    seq, previous = 0, START
    known: dict[str, str] = {}
    witness = Witness()
    for line in lines:
        wrong = _broken(line, seq + 1, previous) or witness.hear(_name(line), line.seq, line.event, line.content)
        if wrong:
            return wrong
        seq, previous = line.seq, line.hash
        if seq > last_seq:
            return f"{_name(line)} was inserted behind the end of the record"
        if line.after:
            known[line.key] = line.after
    if seq < last_seq:
        return f"line {seq + 1} of the record was removed, and all behind it: {last_seq} lines were written"
    if previous != last_hash:
        return f"line {seq} of the record was changed"
    return _disagreement(known, states) or witness.emptied() or ("" if rows is None else witness.disagreement(rows))


def _broken(line: Line, seq: int, previous: str) -> str:
    if line.seq != seq:
        return f"line {seq} of the record was removed; the next one is {_name(line)}"
    if line.previous != previous:
        return f"{_name(line)} was changed or inserted: it does not follow from the line before it"
    if line.hash != _hash(line.previous, line.seq, line.key, line.event, line.before, line.after, line.at, line.digest):
        return f"{_name(line)} was changed"
    if line.content is None and line.salt is None:
        return ""
    if line.content is None or line.salt is None or _digest(line.salt, line.content) != line.digest:
        return f"what {_name(line)} says was changed"
    return ""


def _disagreement(known: Mapping[str, str], states: Mapping[str, str]) -> str:
    for key in sorted(known.keys() | states.keys()):
        is_now, was = states.get(key, "missing"), known.get(key, "never made")
        if is_now != was:
            return f"the delivery {key} is {is_now}, but the record says {was}"
    return ""


def _name(line: Line) -> str:
    about = f" of {line.key}" if line.key else ""
    return f"line {line.seq} of the record ({line.event}{about}, {line.at})"


def _digest(salt: str, content: str) -> str:
    return sha256(f"{salt}\n{content}".encode()).hexdigest()


def _hash(previous: str, seq: int, key: str, event: str, before: str, after: str, at: str, digest: str) -> str:
    covered = json.dumps([previous, seq, key, event, before, after, at, digest], ensure_ascii=False)
    return sha256(covered.encode()).hexdigest()

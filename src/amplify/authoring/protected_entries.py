"""The two lists of the register, `do_not_name` and `consent`, each entry with its place and no word of it repeated."""

import re
from collections.abc import Iterator, Mapping
from datetime import date

from amplify.authoring.reading.nodes import Items, Node, Scalar, Table, faults_in
from amplify.domain.alphabets import words
from amplify.domain.name_finder import Finder, Name
from amplify.domain.protected import LONGEST_REVIEW, SCOPES, Consent, Register

_LISTS = ("do_not_name", "consent")
_YES, _NO = frozenset({"yes", "true", "on"}), frozenset({"no", "false", "off"})
_ENTRY = frozenset({"name", "also", "alone"})
_CONSENT = frozenset({"id", "name", "also", "profile", "basis", "given_by", "date", "review", "scope", "released"})
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_URL = re.compile(r"https://[^\s/]+\.[^\s/]+\S*")


class Misread(Exception):
    """The register cannot be used; the message says where and what to do, and repeats nothing of what it says."""


def read_register(node: Node | None, file: str) -> Register:
    """Raises Misread."""
    if node is None:
        return Register(there=True)
    for fault in faults_in(node):
        raise _at(node, file, "something is cut or missing there: put texts in quotes", line=fault.place.line)
    lists = _table(node, file, frozenset(_LISTS), "the register has two lists, `do_not_name:` and `consent:`")
    entries = list(_items(lists.get("do_not_name"), file))
    names = [name for number, entry in enumerate(entries, start=1) for name in _names(entry, number, file)]
    consents: dict[str, Consent] = {}
    finder = Finder.of(names)
    for entry in _items(lists.get("consent"), file):
        consent = _consent(entry, file)
        if consent.id in consents:
            raise _at(entry, file, "this id is there twice: give each consent its own")
        if finder.find(consent.id) or consent.finder.find(consent.id):
            raise _at(entry, file, "the id is a name, and posts show ids: write a number, such as `p-17`")
        consents[consent.id] = consent
    return Register(there=True, entries=len(entries), finder=finder, consents=consents)


def _names(entry: Node, number: int, file: str) -> list[Name]:
    """Those of one entry: a name alone, or a table."""
    if isinstance(entry, Scalar):
        return [_name(entry, number, file, alone=False)]
    table = _table(entry, file, _ENTRY, "an entry has `name:`, and perhaps `also:` and `alone:`")
    alone = _flag(table.get("alone"), file)
    return [_name(one, number, file, alone=alone) for one in _all_names(entry, table, file)]


def _all_names(entry: Node, table: Mapping[str, Node], file: str) -> Iterator[Node]:
    if "name" not in table:
        raise _at(entry, file, "`name:` is missing")
    yield table["name"]
    if "also" in table:
        yield from _items(table["also"], file)


def _name(node: Node, of: int, file: str, *, alone: bool) -> Name:
    """`First Last`, or `Last, First`."""
    last, comma, first = _text(node, file).partition(",")
    written = f"{first} {last}" if comma else last
    some = tuple(word for word in written.split() if words(word))
    if not some:
        raise _at(node, file, "a name belongs here")
    return Name(of=of, words=some, alone=alone)


def _consent(entry: Node, file: str) -> Consent:
    table = _table(
        entry, file, _CONSENT, "a consent has `id`, `name`, `profile`, `basis`, `given_by`, `date`, `review`"
    )
    for key in ("id", "profile", "basis", "given_by", "date", "review"):
        if key not in table:
            raise _at(entry, file, f"`{key}:` is missing")
    said = {key: _text(table[key], file) for key in ("id", "profile", "basis", "given_by")}
    if not _ID.fullmatch(said["id"]):
        raise _at(table["id"], file, "an id has small letters, digits and `-` only, such as `p-17`")
    if not _URL.fullmatch(said["profile"]):
        raise _at(table["profile"], file, "write the address of the public profile, beginning with `https://`")
    given, review = _day(table["date"], file), _day(table["review"], file)
    if not given <= review <= given + LONGEST_REVIEW:
        days = LONGEST_REVIEW.days
        raise _at(table["review"], file, f"the review is at most {days} days after `date:`, the day of the last look")
    scope = frozenset(_text(one, file) for one in _items(table.get("scope"), file))
    if not scope <= set(SCOPES):
        raise _at(table["scope"], file, f"`scope:` is a list of {' and '.join(f'`{one}`' for one in SCOPES)}")
    return Consent(
        **said,
        finder=Finder.of([_name(one, 0, file, alone=False) for one in _all_names(entry, table, file)]),
        given=given,
        review=review,
        scope=scope,
        released=_flag(table.get("released"), file),
    )


def _table(node: Node, file: str, keys: frozenset[str], hint: str) -> Mapping[str, Node]:
    if not isinstance(node, Table):
        raise _at(node, file, hint)
    for key, child in node.entries.items():
        if key not in keys:
            raise _at(child, file, f"a key stands there that the register does not know: {hint}")
    return node.entries


def _items(node: Node | None, file: str) -> tuple[Node, ...]:
    """Nothing and `{}` are an empty list."""
    if node is None or (isinstance(node, Table) and not node.entries):
        return ()
    if not isinstance(node, Items):
        raise _at(node, file, "a list belongs here: begin each line with `- `")
    return node.items


def _text(node: Node, file: str) -> str:
    if not isinstance(node, Scalar) or not node.value.strip():
        raise _at(node, file, "a text belongs here")
    return str(node.value).strip()


def _flag(node: Node | None, file: str) -> bool:
    word = _text(node, file).lower() if node is not None else "no"
    if word not in _YES | _NO:
        raise _at(node, file, "write `true` or `false`")
    return word in _YES


def _day(node: Node, file: str) -> date:
    try:
        return date.fromisoformat(_text(node, file))
    except ValueError:
        raise _at(node, file, "write a day, such as `2027-05-21`") from None


def _at(node: Node | None, file: str, told: str, *, line: int = 0) -> Misread:
    where = line or (node.place.line if node is not None else 1)
    return Misread(f"line {where} of the register {file}: {told}")

"""Secrets that nobody can mistake, and a search for them in every disguise in which they might lie about."""

import base64
import html
import io
import json
import os
import sqlite3
import zipfile
from collections.abc import Collection, Iterator, Mapping
from contextlib import closing
from pathlib import Path
from urllib.parse import quote, quote_plus

#: Halves shorter than this are anybody's.
_HALF = 12
_SQLITE, _ZIP = b"SQLite format 3\0", b"PK\3\4"


def disguises(secret: str) -> Mapping[str, bytes]:
    """Name → bytes, for each way in which a secret, or half of it, may be written down."""
    half = len(secret) // 2
    parts = {"": secret}
    if half >= _HALF:
        parts |= {" (first half)": secret[:half], " (second half)": secret[half:]}
    forms = {f"{name}{part}": form for part, words in parts.items() for name, form in _written(words)}
    return {**forms, **dict(_base64(secret.encode()))}


def _written(words: str) -> Iterator[tuple[str, bytes]]:
    escaped = json.dumps(words)[1:-1]
    yield "raw", words.encode()
    yield "UTF-16", words.encode("utf-16-le")
    yield "in an address", quote(words, safe="").encode()
    yield "in an address, small letters", quote(words, safe="").replace("%2F", "%2f").replace("%2B", "%2b").encode()
    yield "in a path", quote(words).encode()
    yield "in a form", quote_plus(words).encode()
    yield "in JSON", escaped.encode()
    yield "in JSON in JSON", json.dumps(escaped)[1:-1].encode()
    yield "in HTML", html.escape(words).encode()
    yield "in Python", repr(words)[1:-1].encode()
    yield "in hexadecimal", words.encode().hex().encode()


def _base64(secret: bytes) -> Iterator[tuple[str, bytes]]:
    """Wherever in the encoded bytes it begins: without the letters that its neighbours have a share in."""
    for shift in range(3):
        packed = base64.b64encode(b"\0" * shift + secret)
        inner = packed[-(-shift * 8 // 6) : (len(secret) + shift) * 8 // 6]
        yield f"base64, shifted by {shift}", inner
        yield f"base64 for addresses, shifted by {shift}", inner.translate(bytes.maketrans(b"+/", b"-_"))


def leaks(canaries: Mapping[str, str], where: Mapping[str, bytes]) -> list[str]:
    """`secret of, disguise, place` for each canary that is found in one of the places."""
    wanted = {(name, form): needle for name, secret in canaries.items() for form, needle in disguises(secret).items()}
    opened = {inner: content for place, outer in where.items() for inner, content in _opened(place, outer)}
    return sorted(
        f"{name}, {form}, in {place}"
        for (name, form), needle in wanted.items()
        for place, content in opened.items()
        if needle in content
    )


def on_disk(*folders: Path, but: Collection[Path] = ()) -> Mapping[str, bytes]:
    """Every file below these folders, and the names of all of them."""
    found = {}
    for folder in folders:
        for root, _, names in os.walk(folder):
            files = [Path(root, name) for name in names if Path(root, name) not in but]
            found |= {str(path): path.read_bytes() for path in files if path.is_file()}
    return {**found, "the names of files": "\n".join(found).encode()}


def _opened(place: str, content: bytes) -> Iterator[tuple[str, bytes]]:
    """The bytes, and what is packed in them: the cells of a database, which pages may tear apart, and archives."""
    yield place, content
    if content.startswith(_SQLITE):
        for number, cell in enumerate(_cells(content)):
            yield from _opened(f"{place}, cell {number}", cell)
    if content.startswith(_ZIP):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for name in archive.namelist():
                yield from _opened(f"{place}, {name}", archive.read(name))


def _cells(database: bytes) -> Iterator[bytes]:
    """Whatever a program would read; what is left between the rows is seen in the raw bytes."""
    with closing(sqlite3.connect(":memory:")) as opened:
        opened.text_factory = bytes
        # a copy of one file: without its journal it must not ask for one
        opened.deserialize(database[:18] + b"\1\1" + database[20:])
        tables = [row[0].decode() for row in opened.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        for table in tables:
            for row in opened.execute(f"SELECT * FROM {table}"):  # noqa: S608 - names of the file's own tables
                yield from (cell for cell in row if isinstance(cell, bytes))

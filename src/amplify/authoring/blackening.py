"""Secrets that were typed into a campaign's files by mistake: nobody behind the folder sees them.

Whatever is applied stays in the ledger, its copies and its exports, and cannot be taken back from there.
"""

import json
import re
from collections.abc import Collection, Iterator

#: Stands where a secret stood; the reader refuses a file that has it. No keyboard writes it by accident.
BLACKENED = "█secret█"
#: Stands where a secret stood as the value of a key that wants one: the reader says what to write there instead.
_INSTEAD = "taken-out"
#: Shorter ones are words that stand anywhere.
_SHORTEST = 8
_NAME = re.compile(r"""["']?\$\{?[A-Z][A-Z0-9_]*\}?["']?""")
_REFERENCE = re.compile(r"\$\{[A-Z0-9_]*\}")
#: What stands behind a key whose value stands on the lines below.
_BELOW = re.compile(r"([|>][-+0-9]*)?\s*(#.*)?\s*")


def blackened(content: bytes, secrets: Collection[str]) -> bytes:
    """The file without what is known to be a secret, on the same lines."""
    for form in sorted({form for secret in secrets for form in _typed(secret)}, key=len, reverse=True):
        content = content.replace(form.encode(), BLACKENED.encode())
    return content


def without_values(content: bytes, keys: Collection[str]) -> bytes:
    """config/channels.yaml with nothing but names of secrets behind these keys, on the same lines."""
    if not keys:
        return content
    names = "|".join(map(re.escape, sorted(keys)))
    key = re.compile(rf"""(?:^|(?<=[\s{{,]))["']?(?:{names})["']?[ \t]*:(?=[ \t\r\n])[ \t]*""")
    text = content.decode("utf-8", "surrogateescape")
    return "".join(_lines(text.splitlines(keepends=True), key)).encode("utf-8", "surrogateescape")


def _typed(secret: str) -> Iterator[str]:
    """As YAML's three ways of writing a text have it."""
    if len(secret) >= _SHORTEST:
        yield from (secret, json.dumps(secret, ensure_ascii=False)[1:-1], secret.replace("'", "''"))


def _lines(lines: list[str], key: re.Pattern[str]) -> Iterator[str]:
    below: int | None = None
    for line in lines:
        indent = len(line) - len(line.lstrip())
        if below is not None and (not line.strip() or indent > below):
            yield line.replace(line.strip(), _INSTEAD) if line.strip() else line
            continue
        below = None
        found = key.search(line)
        if found is not None and _BELOW.fullmatch(line, found.end()):
            below = indent
        yield _without(line, key)


def _without(line: str, key: re.Pattern[str]) -> str:
    kept, done = "", 0
    for found in key.finditer(line):
        if found.start() >= done:
            end = _end(line, found.end(), inside="{" in line[: found.start()])
            value = line[found.end() : end]
            is_name = not value.strip() or _NAME.fullmatch(value.strip()) or value.strip()[0] in "|>"
            kept, done = kept + line[done : found.end()] + (value if is_name else _INSTEAD), end
    return kept + line[done:]


def _end(line: str, start: int, *, inside: bool) -> int:
    """Where a value ends: behind its quotes, before a comma or bracket that it stands inside of, or with its line."""
    quote = line[start : start + 1]
    if quote in ('"', "'"):
        closed = re.compile(r'"(?:[^"\\\n]|\\.)*"' if quote == '"' else r"'(?:[^'\n]|'')*'").match(line, start)
        if closed is not None:
            return closed.end()
    reference = _REFERENCE.match(line, start)
    start = reference.end() if reference is not None else start
    stops = re.compile(r"[,}]|\s#|\s*$" if inside and quote not in ('"', "'") else r"\s#|\s*$").search(line, start)
    return stops.start() if stops is not None else len(line)

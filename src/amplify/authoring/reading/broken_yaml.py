"""What a YAML parser complains of, in the words of people who do not know YAML.

The parser stops at the first thing that it cannot read, mostly behind what caused it: so we look back.
"""

import re
from dataclasses import dataclass

from amplify.authoring.reading.findings import error
from amplify.domain.problem import Place, Problem

_QUOTE = "put the whole text in quotes, or use `|`: the text on the next line, two spaces further in"
_BRACES = re.compile(r"(?:[:\-,{]\s|^)\s*[^\"'|>#]*?(\{\{)")
_LOST_TAG = re.compile(r"(?<=[\s\[{,])#\S*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Broken:
    """What the parser said, and where; `context` is what it was reading. Lines and columns count from 0."""

    file: str
    lines: tuple[str, ...]
    problem: str
    line: int
    column: int
    context: str = ""
    context_line: int
    context_column: int

    def text(self, number: int) -> str:
        return self.lines[number] if number < len(self.lines) else ""

    def place(self, line: int, column: int) -> Place:
        return Place(file=self.file, line=line + 1, column=column + 1)

    @property
    def here(self) -> Place:
        return self.place(self.line, self.column)

    @property
    def opened(self) -> Place:
        return self.place(self.context_line, self.context_column)


def explain(broken: Broken) -> Problem:
    """The nearest thing to what the writer did."""
    for look in (_braces, _brackets, _colon, _first_sign, _quotes, _no_key, _goes_on):
        found = look(broken)
        if found is not None:
            return found
    told = "this line is not in one column with the lines that it belongs to"
    return error("not-readable", told, broken.here, "move it left or right until it stands below them")


def _braces(broken: Broken) -> Problem | None:
    for number in dict.fromkeys((broken.line, broken.context_line)):
        found = _BRACES.search(broken.text(number))
        if found:
            return _cut("`{{` needs quotes around the whole text", broken.place(number, found.start(1)))
    return None


def _brackets(broken: Broken) -> Problem | None:
    """Inside `[…]` or `{…}`: mostly a bracket that is lost in a comment, or never closed."""
    if "flow" not in broken.context:
        return None
    opened = _opened(broken)
    for number in range(opened.line - 1, broken.line + 1):
        found = _LOST_TAG.search(broken.text(number))
        if found:
            told = f"your list is cut here: everything from `{found[0].rstrip(',]}')}` on is read as a comment"
            return error("text-cut", told, broken.place(number, found.start()), "write tags without `#`")
    opening = broken.text(opened.line - 1)[opened.column - 1 : opened.column]
    closing = {"[": "]"}.get(opening, "}")
    inside = "".join(broken.lines[opened.line - 1 : broken.line + 1])[opened.column - 1 :]
    if closing not in inside:
        told = f"the `{opening}` that opens here is never closed"
        return error("not-readable", told, opened, f"add the `{closing}`")
    told = f"what stands here does not fit between `{opening}` and `{closing}`"
    hint = "put texts that have `:`, `,`, `{`, `}` or `[` in quotes, or begin each on its own line"
    return error("not-readable", told, broken.here, hint)


def _opened(broken: Broken) -> Place:
    """The last bracket before the problem that is still open; at the end of a file the parser has lost it."""
    open_: list[Place] = [broken.opened]
    for number in range(min(broken.line + 1, len(broken.lines))):
        line = _LOST_TAG.split(broken.text(number))[0]
        for column, sign in enumerate(line if number < broken.line else line[: broken.column]):
            if sign in "[{":
                open_.append(broken.place(number, column))
            elif sign in "]}" and len(open_) > 1:
                open_.pop()
    return open_[-1]


def _colon(broken: Broken) -> Problem | None:
    if "mapping values" not in broken.problem:
        return None
    if re.search(r"\S:\s+\S.*:(\s|$)", broken.text(broken.line)[: broken.column + 1]):
        return _cut("a colon and a space cannot stand in a text without quotes", broken.here)
    told = "this line stands too far to the right, or the line before it has no `: `"
    hint = "write `key: value`, and begin keys that belong together in one column"
    return error("not-readable", told, broken.here, hint)


def _first_sign(broken: Broken) -> Problem | None:
    """Texts that begin with a letter of YAML's own."""
    if "cannot start any token" in broken.problem:
        place = broken.here
    elif re.search(r"\b(alias|anchor|tag)\b", broken.context):
        place = broken.opened
    else:
        bracket = re.search(r":\s+(?=[\[{])", broken.text(broken.line))
        if bracket is None or broken.column <= bracket.end():
            return None
        place = broken.place(broken.line, bracket.end())
    sign = broken.text(place.line - 1)[place.column - 1 : place.column]
    return _cut(f"it begins with `{sign}` and has no quotes", place)


def _quotes(broken: Broken) -> Problem | None:
    if "block scalar" in broken.context:
        told = "a text after `|` or `>` begins on the next line"
        return error("not-readable", told, broken.here, "move the words one line down and two spaces in")
    if "quoted scalar" not in broken.context:
        return None
    if "escape" in broken.problem:
        told = "a backslash in double quotes means something else"
        return error("not-readable", told, broken.here, "write it twice (`\\\\`), or use single quotes")
    return error("not-readable", "the quote that opens here is never closed", broken.opened, "add the closing quote")


def _no_key(broken: Broken) -> Problem | None:
    if "expected ':'" not in broken.problem:
        return None
    hint = "write `key: value`; if the line goes on with a text, use `|` and move it two spaces in"
    return error("not-readable", "this line has no `key:`", broken.opened, hint)


def _goes_on(broken: Broken) -> Problem | None:
    if re.search(r"[\"'].*[\"']\s*$", broken.text(broken.line)[: broken.column]):
        return _cut("it goes on after its closing quote", broken.here)
    return None


def _cut(message: str, place: Place) -> Problem:
    return error("text-cut", f"your text is cut here: {message}", place, _QUOTE)

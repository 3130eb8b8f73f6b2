"""What a YAML parser complains of, in the words of people who do not know YAML.

The parser stops at the first thing that it cannot read, mostly behind what caused it: so we look back.
"""

import re
from dataclasses import dataclass

from amplify.authoring.reading.findings import error
from amplify.domain.problem import Place, Problem

_QUOTE = (
    'put the whole text in straight quotes ("…"), or write `|` and the text on the next line, two spaces further in'
)
_BRACES = re.compile(r"(?:[:\-,{]\s|^)\s*[^\"'|>#]*?(\{\{)")
_TAGS = "write `tags:` without `#`; put a text with `#` in quotes"
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
    for look in (_signs, _braces, _brackets, _dash, _colon, _first_sign, _quotes, _below_bar, _no_key, _goes_on):
        found = look(broken)
        if found is not None:
            return found
    told = "this line is not in one column with the lines that it belongs to"
    return error("not-readable", told, broken.here, "move it left or right until it stands below them")


def _signs(broken: Broken) -> Problem | None:
    """Signs that look like those of YAML and are others."""
    line = broken.text(broken.line)
    blank = re.match(r" *([^\S \n]+)", line)
    if blank:
        told = "this line begins with blanks of another kind, such as come along when text is copied"
        return error("not-readable", told, broken.place(broken.line, blank.start(1)), "delete them and type spaces")
    for number in dict.fromkeys((broken.context_line, broken.line)):
        found = re.match(r"\s*(?:- )?[\w-]+\s*([：﹕∶])", broken.text(number))
        if found:
            told = f"this `{found[1]}` is not a colon to a computer"
            return error("not-readable", told, broken.place(number, found.start(1)), "type `: ` with another keyboard")
    return None


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
            return error("text-cut", told, broken.place(number, found.start()), _TAGS)
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


def _dash(broken: Broken) -> Problem | None:
    """A list's dash that sticks to its word, up to a few lines before the parser stumbles."""
    for number in range(max(0, broken.line - 2), broken.line + 1):
        found = re.match(r"\s*-(?=[a-z]+:\s)", broken.text(number))
        if found:
            told = "a space is missing behind this `-`"
            return error("not-readable", told, broken.place(number, found.end() - 1), "write `- ` and then the word")
    return None


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
    if "cannot start any token" in broken.problem or "are not allowed in this context" in broken.problem:
        place = broken.here
    elif re.search(r"\b(alias|anchor|tag)\b", broken.context):
        place = broken.opened
    else:
        bracket = re.search(r":\s+(?=[\[{])", broken.text(broken.line))
        if bracket is None or broken.column <= bracket.end():
            return None
        place = broken.place(broken.line, bracket.end())
    sign = broken.text(place.line - 1)[place.column - 1 : place.column]
    return _cut(f"it begins with {'“`”' if sign == '`' else f'`{sign}`'} and has no quotes", place)


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


def _below_bar(broken: Broken) -> Problem | None:
    """A line of a text that stands no further in than its key."""
    place = broken.opened if "expected ':'" in broken.problem else broken.here
    indent = place.column - 1
    for number in range(place.line - 2, -1, -1):
        above = broken.text(number)
        depth = len(above) - len(above.lstrip())
        if re.search(r":\s+[|>][+-]?\s*(#.*)?$", above) and depth >= indent:
            told = f"this line belongs to the text of line {number + 1}, and stands too far to the left"
            return error("not-readable", told, place, f"move it {depth + 2 - indent} spaces to the right")
        if above.strip() and depth <= indent:
            return None
    return None


def _no_key(broken: Broken) -> Problem | None:
    if "expected ':'" not in broken.problem:
        return None
    found = re.match(r"\s*(?:- )?([a-z_]+)( +|:)(\S.*)$", broken.text(broken.context_line))
    if found and found[1] in _known_keys():
        lost = "a space is missing behind this colon" if found[2] == ":" else f"`{found[1]}` has no colon"
        return error("not-readable", lost, broken.opened, f"write `{found[1]}: {found[3]}`")
    hint = "write `key: value`; if it goes on with a text, write `|` behind the key and move the text two spaces in"
    return error("not-readable", "this line has no `key:`", broken.opened, hint)


def _goes_on(broken: Broken) -> Problem | None:
    if re.search(r"[\"'].*[\"']\s*$", broken.text(broken.line)[: broken.column]):
        return _cut("it goes on after its closing quote", broken.here)
    return None


def _cut(message: str, place: Place) -> Problem:
    return error("text-cut", f"your text is cut here: {message}", place, _QUOTE)


def _known_keys() -> frozenset[str]:
    from amplify.authoring.reading.campaign_schema import CampaignFile
    from amplify.authoring.reading.figures_schema import FigureEntry
    from amplify.authoring.reading.post_schema import PostEntry

    fields = [field for model in (PostEntry, CampaignFile, FigureEntry) for field in model.model_fields.items()]
    return frozenset(field.alias or name for name, field in fields) | {"network", "language", "server", "token"}

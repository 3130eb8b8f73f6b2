"""The smallest Markdown: `**bold**`, `_italic_`, `[label](link name or URL)`. Everything else stays as it is."""

import re
from dataclasses import dataclass, field
from functools import cache, lru_cache

from markdown_it import MarkdownIt
from markdown_it.token import Token

from amplify.authoring.typesetting.verbatim import shield, unshield
from amplify.authoring.urls import find_urls
from amplify.domain.richtext import RichText, Span, SpanKind

#: A backslash counts only before one of our own signs.
_BACKSLASH = re.compile(r"\\(?![\\*_\[\]()])")
#: A text without one of these is its own reading.
_MARKS = re.compile(r"[\\*_\[\]()\r\0]")
_KINDS = {("strong", "**"): SpanKind.BOLD, ("em", "_"): SpanKind.ITALIC}


class _Verbatim(MarkdownIt):
    """Takes addresses as they are written; they are judged elsewhere."""

    def normalizeLink(self, url: str) -> str:  # noqa: N802  markdown-it's name
        return url

    def validateLink(self, url: str) -> bool:  # noqa: ARG002, N802  markdown-it's name
        return True


@lru_cache(maxsize=1024)
def read_markup(source: str) -> RichText:
    """The text that readers see, with its spans; the value of a link is what stands in its brackets.

    Remembered: the same words go to several networks.
    """
    if not _MARKS.search(source):
        return RichText(text=unshield(source))
    tokens = _reader().parseInline(_BACKSLASH.sub(shield("\\"), _without_markup_in_urls(source)))
    reading = _Reading()
    for token in tokens[0].children or []:
        reading.take(token)
    return RichText(text=reading.text, spans=tuple(sorted(reading.spans)))


@cache
def _reader() -> MarkdownIt:
    return _Verbatim("zero").enable(["escape", "emphasis", "link"])


def _without_markup_in_urls(source: str) -> str:
    last, pieces = 0, []
    for start, end in find_urls(source):
        pieces += [source[last:start], shield(source[start:end])]
        last = end
    return "".join([*pieces, source[last:]])


@dataclass(slots=True)
class _Reading:
    text: str = ""
    spans: list[Span] = field(default_factory=list)
    open: list[tuple[int, SpanKind, str]] = field(default_factory=list)

    def take(self, token: Token) -> None:
        kind = _KINDS.get((token.tag, token.markup)) or (SpanKind.LINK if token.tag == "a" else None)
        if token.type == "hardbreak":
            self.text += "\n"
        elif kind is None:
            self.text += unshield(token.content or token.markup)
        elif token.nesting > 0:
            self.open.append((len(self.text), kind, unshield(str(token.attrGet("href") or ""))))
        else:
            start, opened, value = self.open.pop()
            if start < len(self.text):
                self.spans.append(Span(start=start, end=len(self.text), kind=opened, value=value))

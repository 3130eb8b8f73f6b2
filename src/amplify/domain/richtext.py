"""Text with meaning on stretches of it, before any network has shown it in its own manner."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum


class SpanKind(StrEnum):
    BOLD = "bold"
    ITALIC = "italic"
    LINK = "link"
    TAG = "tag"
    MENTION = "mention"


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Span:
    """`text[start:end]` in code points. `value`: the URL of a link, a tag without `#`, a mentioned handle."""

    start: int
    end: int
    kind: SpanKind
    value: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RichText:
    text: str = ""
    spans: tuple[Span, ...] = ()

    def __add__(self, other: "RichText") -> "RichText":
        moved = (replace(s, start=s.start + len(self.text), end=s.end + len(self.text)) for s in other.spans)
        return RichText(text=self.text + other.text, spans=(*self.spans, *moved))

    def keep(self, wanted: Callable[[Span], bool]) -> "RichText":
        """The same text with only the spans that `wanted` accepts."""
        return replace(self, spans=tuple(span for span in self.spans if wanted(span)))


def plain(text: str) -> RichText:
    return RichText(text=text)


def marked(text: str, kind: SpanKind, value: str) -> RichText:
    """`text` as one span of `kind`."""
    return RichText(text=text, spans=(Span(start=0, end=len(text), kind=kind, value=value),))


def paragraphs(*blocks: RichText) -> RichText:
    """The blocks that are not empty, a blank line between them."""
    joined = RichText()
    for block in blocks:
        if block.text:
            joined = joined + (plain("\n\n") if joined.text else RichText()) + block
    return joined

"""Text with meaning on stretches of it, before any network has shown it in its own manner."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

#: What stands between two paragraphs.
_BETWEEN = "\n\n"


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
        return RichText(text=self.text + other.text, spans=(*self.spans, *_moved(other.spans, len(self.text))))

    def keep(self, wanted: Callable[[Span], bool]) -> "RichText":
        """The same text with only the spans that `wanted` accepts."""
        return replace(self, spans=tuple(span for span in self.spans if wanted(span)))


def _moved(spans: Iterable[Span], by: int) -> Iterator[Span]:
    return (Span(start=s.start + by, end=s.end + by, kind=s.kind, value=s.value) for s in spans)


def plain(text: str) -> RichText:
    return RichText(text=text)


def marked(text: str, kind: SpanKind, value: str) -> RichText:
    """`text` as one span of `kind`."""
    return RichText(text=text, spans=(Span(start=0, end=len(text), kind=kind, value=value),))


def paragraphs(*blocks: RichText) -> RichText:
    """The blocks that are not empty, a blank line between them."""
    said = [block for block in blocks if block.text]
    if len(said) <= 1:
        return said[0] if said else RichText()
    spans, start = list(said[0].spans), len(said[0].text)
    for block in said[1:]:
        spans += _moved(block.spans, start + len(_BETWEEN))
        start += len(_BETWEEN) + len(block.text)
    return RichText(text=_BETWEEN.join(block.text for block in said), spans=tuple(spans))

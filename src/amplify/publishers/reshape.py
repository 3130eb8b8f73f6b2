"""Changing stretches of a marked text without losing the marks: every span moves along with its words."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from amplify.domain.rendition import Entity
from amplify.domain.richtext import RichText, Span, SpanKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """`text[start:end]` becomes `text`; an insertion where both are equal."""

    start: int
    end: int
    text: str

    @property
    def growth(self) -> int:
        return len(self.text) - (self.end - self.start)


def reshaped(body: RichText, edits: Iterable[Edit]) -> RichText:
    """Apply edits that do not overlap. A span may hold whole edits, or lie beside them, never cross one."""
    ordered = sorted(edits, key=lambda edit: edit.start)
    pieces, done = [], 0
    for edit in ordered:
        pieces += [body.text[done : edit.start], edit.text]
        done = edit.end
    pieces.append(body.text[done:])

    def moved(span: Span) -> Span:
        before = sum(edit.growth for edit in ordered if edit.end <= span.start)
        inside = sum(edit.growth for edit in ordered if span.start < edit.end <= span.end and edit.start < span.end)
        return replace(span, start=span.start + before, end=span.end + before + inside)

    return RichText(text="".join(pieces), spans=tuple(moved(span) for span in body.spans))


def links(body: RichText) -> tuple[Span, ...]:
    return tuple(sorted(span for span in body.spans if span.kind is SpanKind.LINK))


def is_bare(body: RichText, link: Span) -> bool:
    """Whether a link is written as its own URL."""
    return body.text[link.start : link.end] == link.value


def spelled_out(body: RichText) -> RichText:
    """For a network that links only what begins with `https://`: `www.example.org` with it, `example.org` as words."""
    names = [link for link in links(body) if f"https://{body.text[link.start : link.end]}" == link.value]
    meant = [link for link in names if body.text[link.start :].lower().startswith("www.")]
    words = frozenset(names).difference(meant)
    edits = (Edit(start=link.start, end=link.end, text=link.value) for link in meant)
    return reshaped(body.keep(lambda span: span not in words), edits)


def entities(body: RichText, unit: Callable[[str], int]) -> tuple[Entity, ...]:
    """The spans as entities, offsets counted by `unit`, in reading order."""
    return tuple(
        Entity(
            kind=span.kind.value,
            start=unit(body.text[: span.start]),
            end=unit(body.text[: span.end]),
            value=span.value,
        )
        for span in sorted(body.spans)
    )

"""A name in Hebrew or Arabic letters inside a text that runs from left to right is shut off from what follows.

Without that a number or a bracket behind such a name is shown before it. Nobody has to write the two signs that do it
(U+2068 and U+2069), and nobody may: what cannot be seen is refused in texts. They count in lengths, as servers count them.
"""

import re
from dataclasses import replace

from amplify.domain.languages import base_of
from amplify.domain.richtext import RichText, Span, SpanKind

FIRST, LAST = "\u2068", "\u2069"
_RIGHT_TO_LEFT = frozenset({"ar", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"})
_LETTER = "[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]"
_RUN = rf"{_LETTER}+(?:[ \u00a0'’-]{{1,2}}{_LETTER}+)*"
_RUNS = re.compile(_RUN)
_OURS = re.compile(rf"{FIRST}({_RUN}){LAST}")
_SIGNS = frozenset({SpanKind.TAG, SpanKind.MENTION})


def set_apart(rich: RichText, language: str) -> RichText:
    """The text with every such name shut off; those of a language that is itself written so, as they are."""
    if base_of(language) in _RIGHT_TO_LEFT or not _RUNS.search(rich.text):
        return rich
    whole = [span for span in rich.spans if span.kind in _SIGNS or _is_address(span, rich.text)]
    runs = [
        (found.start(), found.end())
        for found in _RUNS.finditer(rich.text)
        if not any(span.start < found.end() and found.start() < span.end for span in whole)
    ]
    pieces, done = [], 0
    for start, end in runs:
        pieces += [rich.text[done:start], FIRST, rich.text[start:end], LAST]
        done = end
    text = "".join([*pieces, rich.text[done:]])
    return RichText(text=text, spans=tuple(_moved(span, runs) for span in rich.spans))


def as_written(text: str) -> str:
    """The text without the signs that were set here; those that somebody brought along stay in it."""
    return _OURS.sub(r"\1", text)


def _is_address(span: Span, text: str) -> bool:
    return span.kind is SpanKind.LINK and span.value.endswith(text[span.start : span.end])


def _moved(span: Span, runs: list[tuple[int, int]]) -> Span:
    """The signs around the words of a span belong to it."""
    before = sum((first < span.start) + (last <= span.start) for first, last in runs)
    until = sum((first < span.end) + (last <= span.end) for first, last in runs)
    return replace(span, start=span.start + before, end=span.end + until)

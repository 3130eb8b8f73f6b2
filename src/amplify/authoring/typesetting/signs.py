"""Hashtags, mentions and bare addresses: networks find them in any text, so they are judged in any text."""

import re
import unicodedata
from collections.abc import Iterable, Iterator

from amplify.authoring.nearest import nearest
from amplify.authoring.urls import find_urls
from amplify.domain.richtext import RichText, Span, SpanKind
from amplify.ports.author import UnusableText

_TAG = re.compile(r"(?<![\w&/])[#＃](\w+)")
_MENTION = re.compile(r"(?<![\w./+-])@(\w[\w.-]*(?:@[\w.-]+)?)")
_MOST_MENTIONS = 2
#: Asks for the colourful form of the sign before it.
_EMOJI = "\ufe0f"


def with_signs(rich: RichText, tags: frozenset[str], handles: frozenset[str]) -> RichText:
    """The text with spans for what networks will find in it. Raises UnusableText."""
    urls = [Span(start=start, end=end, kind=SpanKind.LINK) for start, end in find_urls(rich.text)]
    labels = [span for span in rich.spans if span.kind is SpanKind.LINK]
    bare = [_with_scheme(rich.text, url) for url in urls if not _inside(url, labels)]
    found = [*_tags(rich.text, tags, urls), *_mentions(rich.text, handles, urls)]
    signs = [sign for sign in found if not _inside(sign, labels)]
    return RichText(text=rich.text, spans=tuple(sorted([*rich.spans, *bare, *signs])))


def _with_scheme(text: str, url: Span) -> Span:
    written = text[url.start : url.end]
    value = written if "://" in written else f"https://{written}"
    return Span(start=url.start, end=url.end, kind=SpanKind.LINK, value=value)


def _tags(text: str, known: frozenset[str], urls: list[Span]) -> Iterator[Span]:
    for found in _TAG.finditer(text):
        span = Span(start=found.start(), end=found.end(), kind=SpanKind.TAG, value=found[1])
        if _inside(span, urls) or not any(letter.isalpha() for letter in found[1]):
            continue
        if found[1] not in known:
            told = f"the hashtag {found[0]} is not in config/campaign.yaml"
            raise UnusableText(told, code="unknown-tag", hint=nearest(found[1], known))
        before = text[: found.start()][-1:]
        if before and (unicodedata.category(before) in ("So", "Sk") or before == _EMOJI):
            told = f"the hashtag {found[0]} sticks to the sign before it, and some networks would not link it"
            raise UnusableText(told, code="stuck-tag", hint="put a space before the `#`")
        yield span


def _mentions(text: str, known: frozenset[str], urls: list[Span]) -> Iterator[Span]:
    by_folded = {handle.casefold(): handle for handle in known}
    count = 0
    for found in _MENTION.finditer(text):
        written = found[0].rstrip(".-")
        span = Span(start=found.start(), end=found.start() + len(written), kind=SpanKind.MENTION)
        if _inside(span, urls):
            continue
        handle = by_folded.get(written.casefold())
        if handle is None:
            told = f"{written} may not be mentioned: it is not among the `addressees` of config/campaign.yaml"
            hint = nearest(written, known) or "write the name without `@`"
            raise UnusableText(told, code="unknown-mention", hint=hint)
        count += 1
        if count > _MOST_MENTIONS:
            told = f"a post mentions at most {_MOST_MENTIONS} accounts, and {written} is one more"
            raise UnusableText(told, code="too-many-mentions", hint="write the name without `@`")
        yield Span(start=span.start, end=span.end, kind=SpanKind.MENTION, value=handle)


def _inside(span: Span, others: Iterable[Span]) -> bool:
    return any(span.start < other.end and other.start < span.end for other in others)

"""Hashtags, mentions and bare addresses: networks find them in any text, so they are judged in any text.

A hashtag that one network would link and another would not is refused, because the same text goes to all of them.
"""

from collections.abc import Iterable, Iterator

from amplify.authoring.nearest import nearest
from amplify.authoring.typesetting.finding import find_glued, find_mentions, find_tags
from amplify.authoring.urls import find_sites, find_urls
from amplify.domain.richtext import RichText, Span, SpanKind
from amplify.ports.author import UnusableText

MOST_MENTIONS = 2
#: What every network takes for a space before a hashtag.
_SPACE = " \n\t"


def with_signs(rich: RichText, tags: frozenset[str], handles: frozenset[str]) -> RichText:
    """The text with spans for what networks will find in it. Raises UnusableText."""
    found = sorted([*find_urls(rich.text), *find_sites(rich.text)])
    urls = [Span(start=start, end=end, kind=SpanKind.LINK) for start, end in found]
    labels = [span for span in rich.spans if span.kind is SpanKind.LINK]
    bare = [_with_scheme(rich.text, url) for url in urls if not _inside(url, labels)]
    signs = [*tags_in(rich.text, tags), *mentions_in(rich.text, handles)]
    for sign in signs:
        if _inside(sign, labels):
            told = f"{rich.text[sign.start : sign.end]} stands in the words of a link, and cannot lead to two places"
            raise UnusableText(told, code="stuck-tag", hint="write it outside of the square brackets")
    return RichText(text=rich.text, spans=tuple(sorted([*rich.spans, *bare, *signs])))


def tags_in(text: str, known: frozenset[str]) -> Iterator[Span]:
    """Raises UnusableText at one that is not among the `known`."""
    for start, end in find_glued(text, known):
        told = f"the hashtag {text[start:end]} sticks to the word before it, and no network would link it"
        raise UnusableText(told, code="stuck-tag", hint="put a space before the `#`")
    for start, end in find_tags(text):
        written, name = text[start:end], text[start + 1 : end]
        if name not in known or written.startswith("$"):
            told = f"the hashtag {written} is not in config/campaign.yaml"
            raise UnusableText(told, code="unknown-tag", hint=nearest(name, known))
        if start and text[start - 1] not in _SPACE:
            told = f"the hashtag {written} sticks to the sign before it, and some networks would not link it"
            raise UnusableText(told, code="stuck-tag", hint="put a space before the `#`")
        if text[end : end + 1] == "#":
            told = f"the hashtag {written} sticks to the `#` behind it, and some networks would not link it"
            raise UnusableText(told, code="stuck-tag", hint="put a space between them")
        yield Span(start=start, end=end, kind=SpanKind.TAG, value=name)


def mentions_in(text: str, known: frozenset[str]) -> Iterator[Span]:
    """Raises UnusableText at one that is not among the `known`, and at one too many."""
    by_folded = {handle.casefold(): handle for handle in known}
    for count, (start, end) in enumerate(find_mentions(text), start=1):
        written = text[start:end]
        handle = by_folded.get(written.casefold())
        if handle is None:
            told = f"{written} may not be mentioned: it is not among the `addressees` of config/campaign.yaml"
            hint = nearest(written, known) or "write the name without `@`"
            raise UnusableText(told, code="unknown-mention", hint=hint)
        if count > MOST_MENTIONS:
            raise one_too_many(written)
        yield Span(start=start, end=end, kind=SpanKind.MENTION, value=handle)


def one_too_many(handle: str) -> UnusableText:
    told = f"a post mentions at most {MOST_MENTIONS} accounts, and {handle} is one more"
    return UnusableText(told, code="too-many-mentions", hint="write the name without `@`")


def _with_scheme(text: str, url: Span) -> Span:
    written = text[url.start : url.end]
    value = written if "://" in written else f"https://{written}"
    return Span(start=url.start, end=url.end, kind=SpanKind.LINK, value=value)


def _inside(span: Span, others: Iterable[Span]) -> bool:
    return any(span.start < other.end and other.start < span.end for other in others)

"""Where links lead, whether a post may carry them, and what is left of them on channels that name sources only."""

from collections.abc import Mapping
from dataclasses import replace

from amplify.authoring.nearest import nearest
from amplify.authoring.urls import UnusableUrl, check_url, find_names, find_urls
from amplify.domain.campaign import Link
from amplify.domain.channel import Channel, LinkPolicy
from amplify.domain.richtext import RichText, Span, SpanKind
from amplify.ports.author import UnusableText


def resolved(rich: RichText, links: Mapping[str, Link]) -> RichText:
    """Names of links as their addresses. Raises UnusableText."""
    return replace(rich, spans=tuple(_resolved(span, links) for span in rich.spans))


def judged(rich: RichText, channel: Channel) -> RichText:
    """The links that this channel may show. Raises UnusableText."""
    for span in rich.spans:
        if span.kind is SpanKind.LINK:
            try:
                check_url(span.value)
            except UnusableUrl as bad:
                raise UnusableText(str(bad), code=bad.code, hint=bad.hint) from None
            _check_label(rich.text[span.start : span.end], span.value)
    if channel.links is LinkPolicy.FULL:
        return rich
    for start, end in (*find_urls(rich.text), *find_names(rich.text)):
        told = f"{channel.name} names sources in words, and “{rich.text[start:end]}” is a link that readers can be punished for"
        raise UnusableText(told, code="link-on-name-only", hint="name the source in words, or use [label](link name)")
    return rich.keep(lambda span: span.kind is not SpanKind.LINK)


def _check_label(label: str, url: str) -> None:
    for start, end in find_urls(label):
        if label[start:end] not in (url, url.removeprefix("https://")):
            told = f"“{label[start:end]}” is written here, and the link leads to {url}"
            raise UnusableText(told, code="misleading-link", hint="write words as its label, or the same address")


def _resolved(span: Span, links: Mapping[str, Link]) -> Span:
    if span.kind is not SpanKind.LINK or "://" in span.value:
        return span
    if span.value not in links:
        told = f"“{span.value}” is neither a web address nor a link of config/campaign.yaml"
        raise UnusableText(told, code="unknown-link", hint=nearest(span.value, links))
    return replace(span, value=links[span.value].url)
